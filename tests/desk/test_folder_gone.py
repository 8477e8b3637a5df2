"""Her folder deleted while the window is open: by hand, by a program that synchronizes, or with a drive taken out."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from evenings import SHORT, Evening

Start = Callable[..., Evening]


def test_what_she_writes_after_it_is_kept_and_told_of(evening: Start) -> None:
    night = evening()
    tools = night.made.tools
    tools.log.add_by_hand(note="before")
    shutil.rmtree(night.paths.log.parent)
    tools.log.add_by_hand(note="after")
    assert tools.window.banner.message.startswith("Your session log was no longer in ")
    later = night.again()
    assert sorted(one.note for one in later.made.tools.log.records()) == ["after", "before"]
    assert later.made.tools.window.banner.message == ""
    later.end()


def test_her_routines_that_went_with_it_are_named_once(evening: Start) -> None:
    night = evening()
    desk, banner = night.made.desk, night.made.tools.window.banner
    night.made.tools.library.rename(night.made.tools.library.new(SHORT), "Other")
    for number in range(3):
        night.made.tools.library.new(SHORT.replace("Short", f"Longer {number}"))
    desk.go_to("routines")
    shutil.rmtree(night.paths.own_routines.parent)
    for _ in range(2):
        desk.go_to("history")
        desk.go_to("routines")
    assert banner.message == (
        f"Your routines are no longer in {night.paths.own_routines}: Longer 0, Longer 1, Longer 2 and 2 more. If you "
        "took everything along before, “Bring everything back” in Settings has them."
    )
    banner.show_next()
    assert banner.message == ""


def test_routines_that_she_has_deleted_are_not_missed(evening: Start) -> None:
    night = evening()
    night.made.desk.go_to("settings")
    night.made.desk.settings._erase_all()
    assert not night.paths.own_routines.exists()
    assert (night.here, night.made.tools.window.banner.message) == ("routines", "")
