from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from guide.hear import reader as reading
from guide.hear.microphone import KEPT, RATE, Hearing, Microphone, RingBuffer
from guide.hear.reader import Reader
from microphones import ScriptedCapture
from tables import each_row

VOICE = b"\x01\x00\xff\x7f" * 80
ZEROS = bytes(320)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def state(microphone: Microphone) -> Hearing:
    return microphone.hearing


def test_off_means_that_the_device_is_closed() -> None:
    capture = ScriptedCapture()
    microphone = Microphone(capture)
    assert state(microphone) is Hearing.OFF
    assert capture.opened == 0
    microphone.open(seconds(0))
    assert capture.is_open
    microphone.close()
    assert state(microphone) is Hearing.OFF
    capture.say(VOICE)
    assert state(microphone) is Hearing.OFF
    assert microphone.read(seconds(60)) == b""
    assert capture.opened == 1, "off looks for nothing"


def test_what_is_said_is_read_once_and_in_order() -> None:
    capture = ScriptedCapture()
    microphone = Microphone(capture)
    microphone.open(seconds(0))
    capture.say(b"\x01\x00")
    capture.say(b"\x02\x00")
    assert microphone.read(seconds(0.1)) == b"\x01\x00\x02\x00"
    assert microphone.read(seconds(0.2)) == b""


@each_row("rate", [16_000, 44_100, 48_000])
def test_the_device_is_asked_for_the_rate_that_is_wanted(rate: int) -> None:
    capture = ScriptedCapture()
    Microphone(capture, rate=rate).open(seconds(0))
    assert capture.rate == rate


@pytest.mark.parametrize("given", [ZEROS, b""], ids=["zeros", "nothing"])
def test_a_device_without_sound_for_two_seconds_is_missing_and_closed(given: bytes) -> None:
    capture = ScriptedCapture()
    microphone = Microphone(capture)
    microphone.open(seconds(0))
    capture.say(VOICE)
    microphone.read(seconds(1))
    for tick in range(11, 30):
        capture.say(given)
        microphone.read(seconds(tick / 10))
    assert state(microphone) is Hearing.ON, "not yet"
    capture.say(given)
    microphone.read(seconds(3))
    assert state(microphone) is Hearing.MISSING
    assert not capture.is_open


def test_one_sample_that_is_not_zero_is_a_microphone() -> None:
    capture = ScriptedCapture()
    microphone = Microphone(capture)
    microphone.open(seconds(0))
    for tick in range(1, 200):
        capture.say(ZEROS if tick % 15 else ZEROS + b"\x01\x00")
        microphone.read(seconds(tick / 10))
        assert state(microphone) is Hearing.ON


def test_a_missing_microphone_is_looked_for_every_three_seconds_and_comes_back() -> None:
    capture = ScriptedCapture(plugged=False)
    microphone = Microphone(capture)
    assert microphone.open(seconds(0)) is Hearing.MISSING
    microphone.read(seconds(3))
    assert state(microphone) is Hearing.MISSING
    capture.plugged = True
    microphone.read(seconds(5.9))
    assert state(microphone) is Hearing.MISSING, "looked at 3, so again at 6"
    microphone.read(seconds(6))
    assert state(microphone) is Hearing.ON
    capture.say(VOICE)
    assert microphone.read(seconds(6.1)) == VOICE


def test_a_system_that_refuses_is_asked_again_every_three_seconds_and_may_think_better_of_it() -> None:
    capture = ScriptedCapture()
    capture.refuses = True
    microphone = Microphone(capture)
    assert microphone.open(seconds(0)) is Hearing.REFUSED
    assert microphone.read(seconds(3)) == b""
    capture.refuses = False
    microphone.read(seconds(6))
    assert state(microphone) is Hearing.ON


@each_row(
    ("said", "zeros_refuse", "expected"),
    [([], True, Hearing.REFUSED), ([VOICE], True, Hearing.MISSING), ([], False, Hearing.MISSING)],
    ids=["zeros on a Mac", "a Mac's that fell silent", "zeros elsewhere"],
)
def test_zeros_from_the_beginning_are_a_refusal_where_a_system_refuses_so(
    said: list[bytes], zeros_refuse: bool, expected: Hearing
) -> None:
    capture = ScriptedCapture()
    microphone = Microphone(capture, zeros_refuse=zeros_refuse)
    microphone.open(seconds(0))
    for sound in said:
        capture.say(sound)
        microphone.read(seconds(0.5))
    for tick in range(1, 40):
        capture.say(ZEROS)
        if microphone.hearing is Hearing.ON:
            microphone.read(seconds(0.5 + tick / 10))
    assert state(microphone) is expected


def test_a_device_that_comes_back_gets_its_two_seconds_anew() -> None:
    capture = ScriptedCapture()
    microphone = Microphone(capture)
    microphone.open(seconds(0))
    microphone.read(seconds(2))
    assert state(microphone) is Hearing.MISSING
    microphone.read(seconds(5))
    assert state(microphone) is Hearing.ON
    microphone.read(seconds(6.9))
    assert state(microphone) is Hearing.ON


def test_sound_that_nobody_reads_does_not_grow() -> None:
    capture = ScriptedCapture()
    microphone = Microphone(capture)
    microphone.open(seconds(0))
    most = round(RATE * KEPT.total_seconds()) * 2
    for _ in range(1000):
        capture.say(VOICE)
    capture.say(b"\x07\x00")
    sound = microphone.read(seconds(1))
    assert len(sound) <= most
    assert len(sound) % 2 == 0
    assert sound.endswith(b"\x07\x00"), "the newest is kept"


def test_a_reader_that_waits_is_woken_by_sound() -> None:
    ring = RingBuffer(100)
    woken: list[bytes] = []

    def reads() -> None:
        ring.wait(30)
        woken.append(ring.take())

    reader = threading.Thread(target=reads)
    reader.start()
    ring.put(b"ab")
    reader.join(10)
    assert woken == [b"ab"]


def test_what_nobody_foresaw_while_it_is_read_is_not_kept_quiet_and_closes_the_device(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "_be_modest", lambda: None)  # here it is the thread of all tests
    monkeypatch.setattr(reading, "A_READING", 0)
    capture = ScriptedCapture()
    told: list[object] = []

    def fail(_ear: object) -> None:
        raise RuntimeError("the network")

    reader = Reader(capture, tell=told.append, trouble=told.append, now=lambda: seconds(0))
    reader.ask(fail)
    with pytest.raises(RuntimeError, match="the network"):
        reader.run()
    assert (capture.opened, capture.is_open, told) == (1, False, [])
