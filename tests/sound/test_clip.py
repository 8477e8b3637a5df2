"""Clips: how long files last, and a person's own sounds."""

from __future__ import annotations

import io
import math
import os
import struct
import sys
import wave
from array import array
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import lameenc
import pytest
from listening import highest, samples_of

from guide.sound import clip as clip_module
from guide.sound import pcm
from guide.sound.clip import ASSUMED, Clip, measure, own_clip
from guide.sound.pcm import SoundError
from guide.sound.shelf import Shelf


@pytest.mark.parametrize("beyond", [40_000.0, -40_000.0])
def test_a_sample_beyond_the_range_is_clipped_to_it(beyond: float) -> None:
    values = array("h", pcm.sample_bytes([beyond, 0.6, -12.4]))
    assert list(values) == [math.copysign(pcm.PEAK, beyond), 0, -12]


def wav(path: Path, *, seconds: float = 0.5, rate: int = 44_100, channels: int = 2, width: int = 2) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        one = {1: b"\xc0", 2: b"\x00\x40", 3: b"\x00\x00\x40", 4: b"\x00\x00\x00\x40"}[width]  # half of full scale
        file.writeframes(one * channels * int(seconds * rate))
    return path


def flac(rate: int, samples: int) -> bytes:
    numbers = (rate << 44 | 1 << 41 | 15 << 36 | samples).to_bytes(8)
    return b"fLaC" + bytes([0x80, 0, 0, 34]) + bytes(10) + numbers + bytes(16)


def ogg(head: bytes, tags: bytes, position: int) -> bytes:
    def page(number: int, flags: int, body: bytes, at: int) -> bytes:
        numbers = struct.pack("<qIII", at, 7, number, 0)
        return b"OggS\0" + bytes([flags]) + numbers + bytes([1, len(body)]) + body

    nobody = struct.pack("<II", 0, 0) + b"\1"
    return page(0, 2, head, 0) + page(1, 0, tags + nobody, 0) + page(2, 4, bytes(200), position)


VORBIS = b"\x01vorbis" + struct.pack("<IBI", 0, 2, 44_100) + bytes(14)
COMMENT = b"\x03vorbis"
OPUS = b"OpusHead" + struct.pack("<BBHI", 1, 2, 312, 48_000) + bytes(3)
MP3_FRAME = b"\xff\xfb\x90\x00" + bytes(413)  # version 1, layer III, 128 kbit/s, 44,100 Hz
ID3 = b"ID3\x04\0\0" + bytes([0, 0, 2, 0]) + bytes(256)
XING = b"\xff\xfb\x90\x00" + bytes(32) + b"Xing" + struct.pack(">II", 1, 100) + bytes(373)


@pytest.mark.parametrize(
    ("data", "seconds"),
    [
        pytest.param(flac(48_000, 96_000), 2.0, id="flac"),
        pytest.param(ogg(VORBIS, b"\x03vorbis", 88_200), 2.0, id="vorbis"),
        pytest.param(ogg(OPUS, b"OpusTags", 96_312), 2.0, id="opus"),
        pytest.param(MP3_FRAME * 100, 41_700 * 8 / 128_000, id="mp3 by its size"),
        pytest.param(ID3 + MP3_FRAME * 100, 41_700 * 8 / 128_000, id="mp3 after a tag"),
        pytest.param(XING + MP3_FRAME * 100, 100 * 1_152 / 44_100, id="mp3 by its frames"),
    ],
)
def test_the_length_of_other_kinds_is_read_from_their_headers(tmp_path: Path, data: bytes, seconds: float) -> None:
    path = tmp_path / "sound"
    path.write_bytes(data)
    assert measure(path).total_seconds() == pytest.approx(seconds, abs=0.001)


@pytest.mark.parametrize(
    "data",
    [b"", b"\0" * 5_000, b"fLaC", b"OggS", b"ID3", b"RIFF\0\0\0\0WAVE", b"RIFF", b"\xff\xfb", b"words " * 900,
     flac(0, 5), ogg(VORBIS, COMMENT, -1), ogg(VORBIS, COMMENT, 2**62), ogg(b"other", COMMENT, 5), b"\xff\xff" * 3_000],
)  # fmt: skip
def test_a_file_that_does_not_tell_counts_as_a_careful_guess(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "sound"
    path.write_bytes(data)
    assert measure(path) == ASSUMED


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2])
def test_her_wav_gets_the_volume_in_a_copy(tmp_path: Path, width: int, channels: int) -> None:
    path = wav(tmp_path / "bowl.wav", width=width, channels=channels)
    clip = own_clip(path, Shelf(tmp_path / "cache"), within=tmp_path, volume=0.5)
    assert clip.length == timedelta(seconds=0.5)
    with wave.open(str(clip.path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (channels, 2, 44_100)
        assert highest(array("h", file.readframes(9_999_999))) == pytest.approx(0x4000 / 4, rel=0.02)


def test_floating_and_extensible_wavs_are_read_too(tmp_path: Path) -> None:
    data = struct.pack("<4f", 0.5, float("nan"), -0.5, 7.0)
    fmt = struct.pack("<HHIIHH", 0xFFFE, 1, 8_000, 32_000, 4, 32) + struct.pack("<HHIH", 22, 32, 4, 3) + bytes(14)
    body = b"WAVEfmt " + struct.pack("<I", len(fmt)) + fmt + b"junk\x01\0\0\0x\0" + b"data" + struct.pack("<I", 16)
    path = tmp_path / "float.wav"
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body) + 16) + body + data)
    samples, rate = pcm.read_wav(path)
    assert (rate, list(samples)) == (8_000, [16_383, 0, -16_383, 32_767])


def test_the_copy_is_used_again_until_she_changes_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(tmp_path / "cache")
    path = wav(tmp_path / "bowl.wav")
    first = own_clip(path, shelf, within=tmp_path, volume=1)
    with monkeypatch.context() as nothing_is_decoded:
        nothing_is_decoded.setattr(clip_module, "_at_volume", None)
        assert own_clip(path, shelf, within=tmp_path, volume=1) == first
    wav(path, seconds=0.75)
    assert own_clip(path, shelf, within=tmp_path, volume=1).length == timedelta(seconds=0.75)


def test_what_cannot_be_decoded_or_is_long_plays_as_it_is_but_not_at_no_volume(tmp_path: Path) -> None:
    for name, data in (("bowl.flac", flac(48_000, 96_000)), ("long.flac", flac(48_000, 96_000 * 60))):
        path = tmp_path / name
        path.write_bytes(data)
        clip = own_clip(path, Shelf(tmp_path / "cache"), within=tmp_path, volume=0.5)
        assert clip == Clip(path.resolve(), measure(path))
        silent = own_clip(path, Shelf(tmp_path / "cache"), within=tmp_path, volume=0)
        assert highest(samples_of(silent.path)[0]) == 0


MP3 = lameenc.Encoder()
MP3.set_bit_rate(64)
MP3.set_in_sample_rate(44_100)
MP3.set_channels(1)
TONE = array("h", (int(12_000 * math.sin(at / 20)) for at in range(44_100)))
AN_MP3 = bytes(MP3.encode(TONE.tobytes()) + MP3.flush())


@pytest.mark.parametrize("name", ["bell.mp3", "bell.wav", "bell.ogg"])
def test_an_mp3_is_heard_as_loud_as_she_wishes_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(AN_MP3)

    def heard(volume: float) -> int:
        clip = own_clip(path, Shelf(tmp_path / "cache"), within=tmp_path, volume=volume)
        assert clip.path.suffix == ".wav"
        return highest(samples_of(clip.path)[0])

    assert heard(0) == 0
    assert heard(1) == pytest.approx(12_000, rel=0.15)
    assert heard(0.5) == pytest.approx(3_000, rel=0.15)


@pytest.mark.parametrize(
    "data", [b"", b"RIFF", b"RIFF\0\0\0\0AVI LIST", b"%PDF-1.7 and more", bytes(400), b"\xff\xff\xff\xff"]
)
def test_what_is_no_sound_is_never_played(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bell.wav"
    path.write_bytes(data)
    for volume in (0, 0.5, 1):
        with pytest.raises(SoundError, match=r"^The sound bell\.wav cannot be used: it is no sound\.$"):
            own_clip(path, Shelf(tmp_path / "cache"), within=tmp_path, volume=volume)


@pytest.mark.parametrize("sound", ["../outside.wav", "link.wav", "/etc/hostname", "missing.wav", ".", "a\0b.wav"])
def test_a_sound_that_leads_out_of_the_folder_or_nowhere_is_one_sentence(tmp_path: Path, sound: str) -> None:
    inside = tmp_path / "mine"
    inside.mkdir()
    wav(tmp_path / "outside.wav")
    if hasattr(os, "symlink"):
        (inside / "link.wav").symlink_to(tmp_path / "outside.wav")
    with pytest.raises(SoundError, match="The sound"):
        own_clip(inside / sound, Shelf(tmp_path / "cache"), within=inside, volume=1)
    assert not (tmp_path / "cache").exists()


def test_a_wav_of_a_strange_kind_is_one_sentence(tmp_path: Path) -> None:
    path = wav(tmp_path / "law.wav")
    data = bytearray(path.read_bytes())
    data[20] = 7  # mu-law
    path.write_bytes(data)
    with pytest.raises(SoundError, match=r"law\.wav cannot be used: .*16-bit PCM"):
        own_clip(path, Shelf(tmp_path / "cache"), within=tmp_path, volume=1)


SILENT = pcm.wav_bytes([0.0] * 2_205)  # a tenth of a second


def test_at_no_volume_any_sound_is_a_moment_of_silence(tmp_path: Path) -> None:
    for name, data in (("bell.mp3", AN_MP3), ("bell.wav", pcm.wav_bytes([9_000.0] * 99)), ("x.flac", flac(48_000, 9))):
        (tmp_path / name).write_bytes(data)
        clip = own_clip(tmp_path / name, Shelf(tmp_path / "cache"), within=tmp_path, volume=0)
        assert (clip.path.read_bytes(), clip.length) == (SILENT, timedelta(milliseconds=100))


@pytest.mark.parametrize(
    ("name", "seconds", "most", "as_it_is"),
    [
        ("bell.wav", 60.0, 99_000_000, False),
        ("bell.wav", 60.1, 99_000_000, True),
        ("bell.WAV", 60.1, 99_000_000, True),
        ("bell.mp3", 60.1, 99_000_000, False),  # what plays it may go by its name
        ("bell.wav", 0.5, 44 + 8_000, False),
        ("bell.wav", 0.5, 44 + 7_999, True),
    ],
)
def test_a_long_or_large_sound_whose_name_says_what_it_is_plays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, seconds: float, most: int, as_it_is: bool
) -> None:
    monkeypatch.setattr(clip_module, "LARGEST", most)
    path = wav(tmp_path / name, seconds=seconds, rate=8_000, channels=1)
    clip = own_clip(path, Shelf(tmp_path / "cache"), within=tmp_path, volume=0.5)
    assert (clip.path == path.resolve()) is as_it_is
    assert clip.length == timedelta(seconds=seconds)


def test_a_copy_is_of_one_file_as_it_is_now_at_one_volume_and_old_copies_make_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(tmp_path / "cache")
    one, other = (wav(tmp_path / name, seconds=0.1) for name in ("one.wav", "other.wav"))
    copies = [own_clip(one, shelf, within=tmp_path, volume=1), own_clip(other, shelf, within=tmp_path, volume=1)]
    copies.append(own_clip(one, shelf, within=tmp_path, volume=0.5))
    os.utime(one, (5, 5))  # changed, and as large as before
    copies.append(own_clip(one, shelf, within=tmp_path, volume=1))
    assert len({copy.path for copy in copies}) == len(list((tmp_path / "cache").iterdir())) == 4
    monkeypatch.setattr(clip_module, "_LIMIT", 1)
    last = own_clip(other, shelf, within=tmp_path, volume=0.5)
    assert list((tmp_path / "cache").iterdir()) == [last.path]


DAMAGED = "it is damaged, or of a kind that cannot be played here."


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("none.wav", None, "The sound none.wav cannot be read."),
        ("a\0b.wav", None, "The sound a\0b.wav cannot be read."),
        ("x.wav", b"words", "The sound x.wav cannot be used: it is no sound."),
        ("x.wav", ID3[:10], f"The sound x.wav cannot be used: {DAMAGED}"),
        ("y.wav", flac(48_000, 9), f"The sound y.wav cannot be used: {DAMAGED}"),
        ("../out.wav", b"RIFF", "The sound out.wav cannot be used: it is not inside the routine’s own folder."),
        ("folder.wav", "folder", "The sound folder.wav cannot be used: it is not inside the routine’s own folder."),
    ],
)  # fmt: skip
def test_a_sound_that_cannot_be_used_is_told_with_its_name_and_why(
    tmp_path: Path, name: str, data: bytes | str | None, sentence: str
) -> None:
    inside = tmp_path / "mine"
    inside.mkdir()
    if isinstance(data, bytes):
        (inside / name).write_bytes(data)
    elif data is not None:
        (inside / name).mkdir()
    with pytest.raises(SoundError) as told:
        own_clip(inside / name, Shelf(tmp_path / "cache"), within=inside, volume=1)
    assert str(told.value) == sentence


def test_a_wav_that_was_never_closed_lasts_as_long_as_its_samples(tmp_path: Path) -> None:
    path = wav(tmp_path / "bowl.wav", rate=8_000, channels=1)
    data = bytearray(path.read_bytes())
    data[4:8] = data[40:44] = b"\xff" * 4
    path.write_bytes(data[: 44 + 8_000])
    assert measure(path) == timedelta(seconds=0.5)
    path.write_bytes(data[: 44 + 4_000])
    assert measure(path) == timedelta(seconds=0.25)


@pytest.mark.skipif(sys.platform != "linux", reason="names are letters there")
def test_a_sound_whose_name_is_no_text_is_heard(tmp_path: Path) -> None:
    path = wav(tmp_path / os.fsdecode(b"bell-\xff.wav"))
    assert own_clip(path, Shelf(tmp_path / "cache"), within=tmp_path, volume=1).length == timedelta(seconds=0.5)


@pytest.mark.parametrize(("seconds", "told"), [(0.5, True), (6 * 3_600 - 1, True), (6 * 3_600, False)])
def test_a_length_beyond_an_evening_counts_as_a_guess(tmp_path: Path, seconds: float, told: bool) -> None:
    path = tmp_path / "sound"
    path.write_bytes(flac(10_000, int(seconds * 10_000)))
    assert measure(path) == (timedelta(seconds=seconds) if told else ASSUMED)


def test_a_sound_that_is_decoded_becomes_one_channel_at_the_rate_it_was_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, dict[str, int]]] = []

    def decode(path: str, **how: int) -> SimpleNamespace:
        asked.append((path, how))
        return SimpleNamespace(samples=array("h", [1_000] * 441))

    monkeypatch.setattr("miniaudio.decode_file", decode)
    data = clip_module._at_volume(Path("hers.mp3"), ".mp3", 1.0)
    assert data is not None
    found = pcm.wav_format(io.BytesIO(data))
    assert (found.rate, found.channels, found.length) == (44_100, 1, timedelta(milliseconds=10))
    assert asked == [("hers.mp3", {"nchannels": 1, "sample_rate": 44_100})]
