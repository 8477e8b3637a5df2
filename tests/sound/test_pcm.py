"""Samples by numbers: what a WAV's header may say, what becomes of a sample, and tones that keep their pitch."""

from __future__ import annotations

import io
import math
import struct
import wave
from array import array
from datetime import timedelta

import pytest
from listening import strength

from guide.sound import pcm
from guide.sound.pcm import BLOCK, PEAK, SoundError
from tables import each_row

NO_WAV = "This is not a WAV file."
NO_SOUND = "This WAV file has no sound in it."
NOT_SAID = "This WAV file does not say what is in it."
STRANGE = "This WAV file is of a kind that cannot be read here; save it as 16-bit PCM."


def chunk(name: bytes, body: bytes, *, claimed: int | None = None) -> bytes:
    return name + struct.pack("<I", len(body) if claimed is None else claimed) + body + b"\0" * (len(body) % 2)


def fmt(*, tag: int = 1, channels: int = 1, rate: int = 8_000, bits: int = 16, more: bytes = b"") -> bytes:
    return chunk(b"fmt ", struct.pack("<HHIIHH", tag, channels, rate, 0, 0, bits) + more)


def riff(*chunks: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", 4 + sum(map(len, chunks))) + b"WAVE" + b"".join(chunks)


def extensible(kind: int, *, bits: int) -> bytes:
    return fmt(tag=0xFFFE, bits=bits, more=struct.pack("<HHIH", 22, bits, 4, kind) + bytes(14))


def heard(data: bytes) -> list[int]:
    file = io.BytesIO(data)
    form = pcm.wav_format(file)
    return [value for block in pcm.wav_samples(file, form) for value in block]


SAMPLES = chunk(b"data", struct.pack("<3h", 5, -6, 7))


@each_row(
    ("data", "sentence"),
    [
        (b"", NO_WAV),
        (b"RIFF\0\0\0\0WAV", NO_WAV),
        (b"RIFX" + riff(fmt(), SAMPLES)[4:], NO_WAV),
        (b"RIFF\0\0\0\0AVI " + fmt() + SAMPLES, NO_WAV),
        (b"RIFF\0\0\0\0WAVE", NO_SOUND),
        (riff(fmt()), NO_SOUND),
        (riff(fmt()) + b"data\6", NO_SOUND),
        (riff(fmt(), chunk(b"data", b"")), NO_SOUND),
        (riff(fmt(), chunk(b"data", b"\1")), NO_SOUND),
        (riff(fmt(channels=2), chunk(b"data", b"\1\0\2")), NO_SOUND),
        (riff(SAMPLES), NOT_SAID),
        (riff(SAMPLES, fmt()), NOT_SAID),
        (riff(chunk(b"fmt ", b"\1\0\1\0"), SAMPLES), NOT_SAID),
        (riff(fmt(tag=7), SAMPLES), STRANGE),
        (riff(fmt(tag=3), SAMPLES), STRANGE),
        (riff(extensible(7, bits=16), SAMPLES), STRANGE),
        (riff(fmt(tag=0xFFFE), SAMPLES), STRANGE),
        *((riff(fmt(bits=bits), SAMPLES), STRANGE) for bits in (0, 4, 12, 64)),
        *((riff(fmt(channels=channels), SAMPLES), STRANGE) for channels in (0, 9)),
        *((riff(fmt(rate=rate), SAMPLES), STRANGE) for rate in (0, 999, 384_001)),
    ],
)
def test_what_is_no_wav_of_plain_samples_is_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(SoundError) as told:
        pcm.wav_format(io.BytesIO(data))
    assert str(told.value) == sentence


@each_row(
    ("data", "samples"),
    [
        (riff(fmt(), SAMPLES), [5, -6, 7]),
        (riff(fmt(more=b"\0\0"), SAMPLES), [5, -6, 7]),
        (riff(fmt(more=b"\0\0\0"), SAMPLES), [5, -6, 7]),  # of odd length: a byte follows that is none of it
        (riff(fmt(more=bytes(44)), SAMPLES), [5, -6, 7]),  # longer than any known
        (riff(chunk(b"LIST", b"about"), fmt(), chunk(b"junk", b"even"), SAMPLES), [5, -6, 7]),
        (riff(fmt(), SAMPLES, chunk(b"LIST", b"hers")), [5, -6, 7]),
        (riff(fmt(), chunk(b"data", struct.pack("<3h", 5, -6, 7), claimed=0xFFFFFFFF)), [5, -6, 7]),  # never closed
        (riff(fmt(bits=8), chunk(b"data", bytes([0, 128]), claimed=0xFFFFFFFF)), [-32_768, 0]),
        (riff(fmt(), chunk(b"data", struct.pack("<3h", 5, -6, 7), claimed=4)), [5, -6]),
        (riff(fmt(), chunk(b"data", struct.pack("<2hb", 5, -6, 7))), [5, -6]),  # half a sample
        (riff(fmt(bits=8), chunk(b"data", bytes([0, 128, 255]))), [-32_768, 0, 32_512]),
        (riff(fmt(bits=24), chunk(b"data", b"\xff\5\0\0\xfa\xff")), [5, -6]),
        (riff(fmt(bits=32), chunk(b"data", b"\xff\xff\5\0\0\0\xfa\xff")), [5, -6]),
        (riff(fmt(tag=3, bits=32), chunk(b"data", struct.pack("<3f", 0.5, 7, -7))), [16_383, PEAK, -PEAK]),
        (riff(fmt(tag=3, bits=64), chunk(b"data", struct.pack("<2d", 0.25, math.nan))), [8_191, 0]),
        (riff(extensible(1, bits=16), SAMPLES), [5, -6, 7]),
        (riff(fmt(tag=0xFFFE, more=struct.pack("<HHIH", 22, 16, 4, 1)), SAMPLES), [5, -6, 7]),
        (riff(extensible(3, bits=32), chunk(b"data", struct.pack("<f", -1))), [-PEAK]),
        (riff(fmt(channels=8, rate=384_000), chunk(b"data", struct.pack("<8h", *range(8)))), [*range(8)]),
        (riff(fmt(rate=1_000), SAMPLES), [5, -6, 7]),
    ],
)  # fmt: skip
def test_samples_of_every_plain_kind_are_read_as_sixteen_bits(data: bytes, samples: list[int]) -> None:
    assert heard(data) == samples


def test_the_header_says_how_many_frames_there_are_and_how_long_they_last() -> None:
    data = struct.pack("<6h", *range(6))
    form = pcm.wav_format(io.BytesIO(riff(fmt(channels=2, rate=1_500), chunk(b"data", data))))
    assert (form.rate, form.channels, form.width, form.floating, form.frames) == (1_500, 2, 2, False, 3)
    assert form.length == timedelta(milliseconds=2)


@each_row("frames", [BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 5])
def test_a_long_file_is_read_whole_a_block_at_a_time(frames: int) -> None:
    values = array("h", (at % 1_000 for at in range(frames)))
    file = io.BytesIO(pcm.wav_bytes(values))
    blocks = list(pcm.wav_samples(file, pcm.wav_format(file)))
    assert max(map(len, blocks)) <= BLOCK
    assert sum(blocks, array("h")) == values


def test_a_file_that_became_shorter_while_it_was_read_ends_there() -> None:
    whole = pcm.wav_bytes(range(2 * BLOCK))
    form = pcm.wav_format(io.BytesIO(whole))
    shorter = io.BytesIO(whole[: 44 + 2 * BLOCK + 7])
    assert sum(map(len, pcm.wav_samples(shorter, form))) == BLOCK + 3


@each_row(
    ("channels", "samples", "one"),
    [(1, [3, -4], [3, -4]), (2, [10, 20, -10, -30], [15, -20]), (3, [3, 6, 9, PEAK, PEAK, PEAK], [6, PEAK])],
)
def test_channels_are_averaged(channels: int, samples: list[int], one: list[int]) -> None:
    assert list(pcm.mono(array("h", samples), channels)) == one


@pytest.mark.parametrize(("rate", "channels"), [(22_050, 1), (44_100, 2)])
def test_what_is_written_is_read_by_the_standard_library(rate: int, channels: int) -> None:
    data = pcm.wav_header(3, rate=rate, channels=channels) + pcm.sample_bytes([7.9] * 3 * channels)
    with wave.open(io.BytesIO(data)) as file:
        assert file.getparams()[:4] == (channels, 2, rate, 3)
        assert file.readframes(9) == struct.pack("<h", 7) * 3 * channels
    assert struct.unpack("<I", data[4:8])[0] == len(data) - 8
    assert struct.unpack("<IH", data[28:34]) == (rate * channels * 2, channels * 2)


@each_row(
    ("samples", "kept"),
    [
        ([], []),
        ([PEAK, -PEAK], [PEAK, -PEAK]),
        ([PEAK + 1, 1], [PEAK, 1]),
        ([-PEAK - 1, 1], [-PEAK, 1]),
    ],
)
def test_samples_are_cut_off_at_the_full_range_and_at_their_whole_number(samples: list[float], kept: list[int]) -> None:
    assert list(array("h", pcm.sample_bytes(samples))) == kept


def test_samples_may_come_one_by_one() -> None:
    assert list(array("h", pcm.sample_bytes(iter([0.9, -0.9, 1e9])))) == [0, 0, PEAK]


@each_row(("volume", "samples"), [(1, [-PEAK - 1, -5, 0, 5, PEAK]), (0.5, [-8_192, -1, 0, 1, 8_191]), (0, [0] * 5)])
def test_at_a_volume_each_sample_is_its_share_and_all_else_stays(volume: float, samples: list[int]) -> None:
    body = struct.pack("<10h", *(value for one in (-PEAK - 1, -5, 0, 5, PEAK) for value in (one, one)))
    softer = pcm.at_volume(riff(fmt(channels=2, rate=9_000), chunk(b"data", body)), volume)
    form = pcm.wav_format(io.BytesIO(softer))
    assert (form.rate, form.channels, form.frames) == (9_000, 2, 5)
    assert heard(softer)[::2] == heard(softer)[1::2] == samples


def sine(hertz: float, rate: int, seconds: float = 0.2) -> list[float]:
    return [10_000 * math.sin(2 * math.pi * hertz * at / rate) for at in range(int(rate * seconds))]


def height(samples: list[float]) -> float:
    """The highest of the middle half, where nothing begins or ends."""
    return max(map(abs, samples[len(samples) // 4 : -len(samples) // 4]))


@each_row(("rate", "to"), [(16_000, 22_050), (8_000, 22_050), (44_100, 22_050), (48_000, 24_000)])
def test_at_another_rate_a_tone_keeps_its_pitch_its_length_and_its_height(rate: int, to: int) -> None:
    moved = list(pcm.resampled(sine(440, rate), rate, to))
    assert len(moved) == pytest.approx(0.2 * to, abs=1)
    assert height(moved) == pytest.approx(10_000, rel=0.03)
    assert strength(moved, to, 440) > 100 * max(strength(moved, to, 440 * share) for share in (0.5, 0.9, 1.1, 2))


def test_between_two_samples_a_straight_line_is_drawn_and_the_last_is_held() -> None:
    assert list(pcm.resampled([0.0, 10.0, 30.0], 10, 20)) == [0, 5, 10, 20, 30, 30]


def test_at_the_same_rate_and_of_nothing_it_is_the_same() -> None:
    same = [1.0, 2.0]
    assert pcm.resampled(same, 22_050) is same
    assert list(pcm.resampled([], 8_000)) == []


def test_what_a_lower_rate_cannot_carry_comes_back_softer_than_it_was() -> None:
    assert height(list(pcm.resampled(sine(20_000, 48_000), 48_000))) < 5_500  # as another tone, at 2,050 Hz


@each_row(("octaves", "share"), [(-3, 0.99), (0, 0.708), (1, 0.38), (2, 0.13)])
def test_what_is_above_a_frequency_is_taken_away_gently(octaves: int, share: float) -> None:
    tone = pcm.softened(sine(400 * 2**octaves, 48_000), rate=48_000, above=400)
    assert height(tone) / 10_000 == pytest.approx(share, abs=0.02)


def test_a_steady_sample_stays_where_it_is_however_near_the_edge_is_to_the_rate() -> None:
    tone = pcm.softened([0.0] * 5 + [100.0] * 500, rate=1_000, above=5_000)
    assert [tone[4], tone[5], tone[-1]] == pytest.approx([0, 88.6, 100], abs=0.1)  # never all of it at once


def test_a_frame_that_is_not_whole_is_left_out() -> None:
    assert list(pcm.mono(array("h", [1, 3, 5]), 2)) == [2]


def test_the_header_of_half_a_day_of_sound_is_one_of_a_wav_file() -> None:
    assert struct.unpack_from("<I", pcm.wav_header(2**30 + 1), 40) == (2**31 + 2,)


def test_the_header_of_a_stream_that_was_never_closed_counts_what_is_there() -> None:
    data = riff(fmt(bits=8), chunk(b"data", bytes(6), claimed=0xFFFFFFFF))
    assert pcm.wav_format(io.BytesIO(data)).frames == 6
