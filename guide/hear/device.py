"""Recording devices of this machine, through miniaudio; it is imported when one is opened."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, Final

from guide.compat import override
from guide.hear.microphone import Capture, MicrophoneRefusedError, NoMicrophoneError

if TYPE_CHECKING:
    import miniaudio

PERIOD: Final = 40  # milliseconds that the device gathers before it hands them on
NO_BACKEND: Final = "Null"  # miniaudio's stand-in where there is no sound system: it hears zeros for ever


class Device(Capture):
    """The device of that name, or the system's own where the name is empty or not there any more."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self._device: miniaudio.CaptureDevice | None = None

    @override
    def open(self, rate: int, hear: Callable[[bytes], None]) -> None:
        try:
            import miniaudio  # nothing is imported until she wants to be heard
        except ImportError as error:
            raise NoMicrophoneError(str(error)) from error
        known = _ids()
        if not known:  # PulseAudio would give a monitor, and the program would hear itself
            raise NoMicrophoneError("there is none")
        try:
            device = miniaudio.CaptureDevice(
                input_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=rate,
                buffersize_msec=PERIOD,
                device_id=known.get(self.name),
                app_name="Pumping Guide",
            )
        except miniaudio.MiniaudioError as error:
            raise _reason(error, miniaudio.lib.MA_ACCESS_DENIED) from error
        if device.backend == NO_BACKEND:
            device.close()
            raise NoMicrophoneError("no sound system")
        try:
            device.start(_handing(hear))
        except miniaudio.MiniaudioError as error:
            device.close()
            raise _reason(error, miniaudio.lib.MA_ACCESS_DENIED) from error
        self._device = device

    @override
    def close(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            device.close()


def _reason(error: Exception, denied: int) -> NoMicrophoneError:
    """Windows says that it denies the microphone to a program; others have other reasons."""
    return MicrophoneRefusedError(str(error)) if denied in error.args else NoMicrophoneError(str(error))


def device_names() -> tuple[str, ...]:
    """Of all microphones there are now; may take a second."""
    return tuple(_ids())


def _ids() -> dict[str, Any]:
    """Names and what miniaudio knows the devices by; without monitors, which hear what the loudspeaker plays."""
    try:
        import miniaudio
    except ImportError:
        return {}
    found: dict[str, Any] = {}
    with contextlib.suppress(miniaudio.MiniaudioError):
        devices = miniaudio.Devices()
        if devices.backend == NO_BACKEND:
            return {}
        for each in devices.get_captures():
            if not (devices.backend == "PulseAudio" and _pulse_name(each["id"]).endswith(".monitor")):
                found[each["name"]] = each["id"]
    return found


def _pulse_name(identity: Any) -> str:
    import miniaudio

    whole, _, _ = bytes(miniaudio.ffi.buffer(identity)).partition(b"\0")  # a union that starts with this name
    return whole.decode(errors="replace")


def _handing(hear: Callable[[bytes], None]) -> Generator[None, bytearray, None]:
    """The callback as miniaudio wants it: a generator that has run to its first yield."""

    def hands() -> Generator[None, bytearray, None]:
        while True:
            hear(bytes((yield)))

    generator = hands()
    next(generator)
    return generator
