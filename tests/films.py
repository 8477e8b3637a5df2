"""Films as phones make them, drawn here: something in them always moves, and one end is light."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any, Final

import pytest

OPTIONS: Final = {
    "libx264": {"preset": "veryfast"},
    "libx265": {"preset": "ultrafast", "x265-params": "log-level=error"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"},
}


def film(
    path: Path, size: tuple[int, int] = (64, 48), frames: int = 30, *, codec: str = "mpeg4", rough: bool = False
) -> Path:
    """Thirty frames a second, a key frame a second at the most; `rough` is as hard to decode as what a camera sees."""
    av = pytest.importorskip("av")
    numpy = pytest.importorskip("numpy")
    width, height = size
    across, down = numpy.meshgrid(numpy.arange(width), numpy.arange(height))
    grain = numpy.random.default_rng(0).integers(0, 24 if rough else 1, (height, width))
    light = numpy.linspace(60, 0, width)

    def image(number: int) -> Any:
        waves = 90 + 60 * numpy.sin((across + 9 * number) / 90) * numpy.cos((down - 5 * number) / 70)
        one = (waves + light + numpy.roll(grain, 7 * number, axis=1)).astype(numpy.uint8)
        return numpy.stack([one, one, numpy.roll(one, 9, axis=0)], axis=2)

    with av.open(str(path), "w") as held:
        stream = held.add_stream(codec, rate=30)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.bit_rate = 6 * width * height
        stream.codec_context.gop_size = 30
        stream.options = OPTIONS.get(stream.codec_context.name, {})
        for number in range(frames):
            held.mux(stream.encode(av.VideoFrame.from_ndarray(image(number), format="rgb24")))
        held.mux(stream.encode())
    return path


def turn(path: Path) -> Path:
    """Have an MP4 or MOV say that the phone was held upright: what it holds lies on its side."""
    data = bytearray(path.read_bytes())
    matrix = data.index(b"tkhd") + 44
    data[matrix : matrix + 36] = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)
    path.write_bytes(data)
    return path
