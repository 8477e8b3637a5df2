"""What kind of sound a file is, by its first bytes. Source of MPEG's: ISO/IEC 11172-3, 2.4.1.3, and 13818-3."""

from __future__ import annotations

from guide.core.soundfile import kind_of
from tables import each_row


@each_row(
    ("head", "kind"),
    [
        (b"RIFF\x24\0\0\0WAVEfmt ", ".wav"),
        (b"RIFF\x24\0\0\0AVI LIST", None),
        (b"JUNK\x24\0\0\0WAVEfmt ", None),
        (b"RIFF", None),
        (b"fLaC\0\0\0\x22", ".flac"),
        (b"OggS\0\2\0\0", ".ogg"),
        (b"ID3\4\0\0\0\0", ".mp3"),
        (b"oggs\0\2\0\0", None),
        (b"%PDF-1.7", None),
        (b"", None),
    ],
)
def test_a_container_is_known_by_its_mark(head: bytes, kind: str | None) -> None:
    assert kind_of(head) == kind


@each_row(
    ("head", "is_frame"),
    [
        ("ff fb 90 00", True),  # MPEG 1, layer III, 128 kbit/s, 44.1 kHz
        ("ff fa 90 0c", True),  # with a checksum
        ("ff fb 94 00", True),  # 48 kHz
        ("ff fb 98 00", True),  # 32 kHz
        ("ff f3 40 c0", True),  # MPEG 2
        ("ff e3 18 c4", True),  # MPEG 2.5
        ("ff fb 10 00", True),
        ("ff fb e0 00", True),
        ("ff eb 90 00", False),  # no version of MPEG
        ("ff fd 90 00", False),  # layer II
        ("ff ff 90 00", False),  # layer I
        ("ff f9 90 00", False),  # AAC
        ("ff fb 00 00", False),  # no bit rate told
        ("ff fb f0 00", False),  # no bit rate there is
        ("ff fb 9c 00", False),  # no sample rate there is
        ("fe fb 90 00", False),
        ("ff db 90 00", False),
        ("fb ff 90 00", False),
        ("ff fb 90", False),
    ],
)
def test_a_frame_of_mp3_is_known_by_a_rate_and_a_layer_that_there_are(head: str, is_frame: bool) -> None:
    assert kind_of(bytes.fromhex(head)) == (".mp3" if is_frame else None)
