"""How long the prompts of the built-in routines really are, said by the default voice."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

import pytest

from guide.core.plan import Partner, Say, lay_out
from guide.core.routine import Side
from guide.sound.repertoire import Wishes, prepare
from guide.store.paths import builtin_folder
from guide.store.routines.reader import read_file

LEARN = Path(__file__).parents[2] / "guide" / "learn" / "routines"
ROUTINES = sorted([*builtin_folder().glob("*.yaml"), *LEARN.glob("*.yaml")])
LONGEST = timedelta(seconds=9)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("voices")


@pytest.mark.parametrize("path", ROUTINES, ids=lambda path: path.stem)
def test_no_prompt_outlasts_its_step_or_runs_into_the_next(path: Path, cache: Path) -> None:
    routine = read_file(path).routine
    assert routine is not None
    plan = lay_out(routine, Side.RIGHT)  # the longer word
    repertoire, problems = prepare(plan, Wishes(voice="embedded", chimes_on=False, partner_said=True), cache=cache)
    assert problems == []
    for segment in plan.segments:
        said = [
            (moment.offset, repertoire.prompts[moment.action.text].length, moment.action.text)
            for moment in segment.moments
            if isinstance(moment.action, Say | Partner)
        ]
        assert all(length <= LONGEST for _, length, _ in said), said
        if not segment.waits:
            assert said[0][0] + said[0][1] <= segment.shortest, said[0]
            assert said[-1][0] + said[-1][1] <= (segment.longest or segment.shortest), said[-1]
        for (offset, length, text), (following, _, _) in itertools.pairwise(said):
            assert offset + length <= following, text
