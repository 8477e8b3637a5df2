"""Her folder deleted while the window is open: by hand, by a program that synchronizes, or with a drive taken out."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from evenings import Evening

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
