"""What is told of a damaged log until the message was closed here, whoever met the damage."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from guide.store.log.copies import keep_told, untold

if TYPE_CHECKING:
    from guide.kit.alert import Banner


def tell_of_damage(path: Path, notices: Sequence[str], banner: Banner) -> None:
    """`notices` are of this start."""
    for notice in notices:
        banner.tell(notice)
    new = untold(path)
    if new and not any(new[0].name in notice for notice in notices):
        from guide.store.log.rescue import told_later  # few logs are ever damaged

        banner.tell(told_later(path, new[0]))

    def closed(message: str) -> None:
        if any(one.name in message for one in untold(path)):
            keep_told(path)

    banner.closed.connect(closed)
