"""What is the matter with the sound is told once, and taken back once something is heard."""

from __future__ import annotations

from guide.sound.trouble import Trouble, Troubles

DEVICE, STUCK, FILE = (each.sentence("linux") for each in (Trouble.NO_DEVICE, Trouble.STUCK, Trouble.FILE))


def made() -> tuple[Troubles, list[object]]:
    told: list[object] = []
    troubles = Troubles(
        on_trouble=lambda sentence: told.append(("trouble", sentence)),
        on_mended=lambda sentence: told.append(("mended", sentence)),
        on_heard=lambda: told.append("heard"),
        platform="linux",
    )
    return troubles, told


def test_at_first_nothing_is_the_matter_and_nothing_was_heard() -> None:
    troubles, told = made()
    assert (troubles.now, told) == (None, [])


def test_a_trouble_is_told_once_until_a_sound_is_heard_and_then_anew() -> None:
    troubles, told = made()
    for _ in range(2):
        troubles.tell(Trouble.NO_DEVICE)
        troubles.tell(Trouble.NO_DEVICE)
        assert troubles.now == DEVICE
        troubles.take_back()
        assert troubles.now is None
    assert told == [("trouble", DEVICE), ("mended", DEVICE), "heard"] * 2


def test_every_trouble_of_the_device_is_taken_back_by_its_own_sentence() -> None:
    troubles, told = made()
    troubles.tell(Trouble.NO_DEVICE)
    troubles.tell(Trouble.STUCK)
    troubles.take_back()
    assert set(told[2:4]) == {("mended", DEVICE), ("mended", STUCK)}


def test_a_file_that_cannot_be_played_is_told_once_a_run_and_the_device_stays_heard() -> None:
    troubles, told = made()
    for _ in range(3):
        troubles.take_back()
        troubles.tell(Trouble.FILE)
    assert told == ["heard", ("trouble", FILE)]


def test_that_it_is_heard_is_said_again_after_trouble_with_the_device() -> None:
    troubles, told = made()
    for trouble in (Trouble.FILE, Trouble.NO_DEVICE, Trouble.FILE):
        troubles.take_back()
        troubles.tell(trouble)
    troubles.take_back()
    assert told.count("heard") == 2
