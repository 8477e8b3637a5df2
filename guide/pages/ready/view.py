"""What Get ready shows, as one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from types import MappingProxyType
from typing import Final

from PySide6.QtGui import QImage

from guide.core.check import Verdict, verdict
from guide.core.duration import SECOND
from guide.core.plan import Plan
from guide.core.routine import Group, Purpose, Routine, Side
from guide.kit.menu_button import MenuOption
from guide.kit.timeline import Bar
from guide.language import N_

SHORT_PURPOSES: Final[Mapping[Purpose, str]] = MappingProxyType(
    {Purpose.PROTECT: N_("Protect"), Purpose.PROMOTE: N_("Promote"), Purpose.TREAT: N_("Comfort")}
)


class Beyond(Enum):
    """What a menu in place offers beside its choices."""

    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class SoundsView:
    """What may play behind the session: `value` is the option chosen, `volume` is in percent."""

    options: tuple[MenuOption, ...]
    value: object = None
    volume: int = 35
    silent: bool = False


@dataclass(frozen=True, slots=True)
class PictureView:
    """The photos and videos there are; `thumbnail` shows the first, None for none; `turns` are all that are shown."""

    options: tuple[MenuOption, ...]
    value: object = None
    thumbnail: QImage | None = None
    turns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadyView:
    """
    What the page shows.

    `from_learn` says that Back leads to Learn; `done_by` is a time of day such as "03:38"; `unfinished` says that
    changes to it are kept and not saved; `hint` what her own sessions tell, `hint_action` what can be made of it;
    `sore` the answer to the check before hands-on work, None while it was not asked today, and `gentle` the name of
    the routine that is made for a sore breast, where this one is not. `yours` are the moments at which her milk usually
    comes or slows, by the place of the step; `usual` her last volumes, `pump` her pump and its flanges, in words.
    Without `voices` the name of the voice is a way to choose one elsewhere; `sounds`, `picture` and `word`, her word
    for Start, are left out where there are none.
    """

    id: str
    routine: Routine
    plan: Plan
    from_learn: bool = False
    done_by: str = ""
    purpose: Purpose | None = None
    voice_on: bool = True
    voice_name: str = ""
    voices: tuple[MenuOption, ...] = ()
    voice: object = None
    chimes_on: bool = True
    quiet: bool = False
    partner: bool = True
    number_free: bool = False
    unfinished: bool = False
    hint: str = ""
    hint_action: str = ""
    sore: bool | None = None
    gentle: str = ""
    warnings: Sequence[str] = ()
    yours: Mapping[tuple[int, ...], timedelta] = field(default_factory=dict)
    usual: str = ""
    pump: str = ""
    sounds: SoundsView | None = None
    picture: PictureView | None = None
    listens: bool = False
    word: str = ""
    along: bool = False

    @property
    def asks(self) -> bool:
        """Whether the check before hands-on work is still to be answered."""
        return verdict(self.routine, self.sore) is Verdict.ASK

    @property
    def caution(self) -> str:
        """Whom the routine is not for, or what to mind most: the first of its lines on safety."""
        return next(iter(self.routine.safety), "")

    @property
    def rests(self) -> bool:
        """Whether the answer of today speaks against this routine."""
        return verdict(self.routine, self.sore) is Verdict.RESTS


def begins_with_a_side(routine: Routine) -> bool:
    """Whether a side can be chosen to begin with: some step or group takes each in turn."""
    parts = list(routine.steps)
    while parts:
        part = parts.pop()
        if part.side is Side.EACH:
            return True
        if isinstance(part, Group):
            parts += part.steps
    return False


def bars_of(plan: Plan) -> list[Bar]:
    return [
        Bar(one.step.kind, one.shortest / SECOND, one.longest / SECOND if one.longest is not None else 0.0)
        for one in plan.segments
    ]
