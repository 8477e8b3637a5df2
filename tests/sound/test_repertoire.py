"""Everything a plan will sound like: her wishes heard, her own sounds found, and troubles told in sentences."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from guide.core.layout import lay_out
from guide.core.plan import Plan
from guide.sound.pcm import SoundError, read_wav, wav_bytes
from guide.sound.repertoire import Wishes, prepare, sound_of
from guide.store.routines.reader import read
from plans import fixed, plan_of

CHIMES = Wishes(voice_on=False)
PLAN = plan_of(fixed("1 min", say="One."), fixed("1 min", say="One."))


# A window's process: a prompt is spoken by the child and made softer, chimes are made, and a sound of hers as well.
PREPARING = """
import sys
from pathlib import Path
from guide.core.layout import lay_out
from guide.sound.repertoire import Wishes, prepare
from guide.store.routines.reader import read
steps = "steps:\\n  - {kind: massage, duration: 1 min, sound: bell.wav, say: One.}\\n"
here = Path(sys.argv[1])
plan = lay_out(read("name: Bell\\n" + steps).routine)
repertoire, _ = prepare(plan, Wishes(voice="embedded"), cache=here / "cache", beside=here)
print(len(repertoire.prompts) > 0, set(repertoire.sounds) == set(plan.sounds), "numpy" in sys.modules)
"""


def test_no_numpy_stays_in_the_window_when_everything_was_made_ready(tmp_path: Path) -> None:
    (tmp_path / "bell.wav").write_bytes(wav_bytes([400.0] * 4000))
    command = [sys.executable, "-c", PREPARING, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "False"]


def with_own_sound() -> Plan:
    routine = read("name: Bell\nsteps:\n  - {kind: massage, duration: 1 min, sound: bell.wav}\n").routine
    assert routine is not None
    return lay_out(routine)


def peak(path: Path) -> int:
    samples, _ = read_wav(path)
    return max(abs(sample) for sample in samples)


def test_every_sound_of_the_plan_is_there_and_the_end_chime_too(tmp_path: Path) -> None:
    repertoire, troubles = prepare(PLAN, CHIMES, cache=tmp_path)
    assert set(repertoire.sounds) == set(PLAN.sounds)
    assert "end" in repertoire.sounds
    assert repertoire.prompts == {}
    assert troubles == []


def test_with_chimes_off_nothing_chimes(tmp_path: Path) -> None:
    repertoire, _ = prepare(PLAN, replace(CHIMES, chimes_on=False), cache=tmp_path)
    assert repertoire.sounds == {}


def test_a_quiet_night_whispers_and_never_raises_what_is_softer_still(tmp_path: Path) -> None:
    def loud(wishes: Wishes) -> int:
        return peak(sound_of("massage", wishes, cache=tmp_path, beside=None).path)

    usual, quiet = loud(CHIMES), loud(replace(CHIMES, quiet=True))
    soft = replace(CHIMES, chime_volume=0.05)
    assert quiet < usual
    assert loud(replace(soft, quiet=True)) == loud(soft)


def test_her_own_sound_is_taken_from_beside_the_routine(tmp_path: Path) -> None:
    (tmp_path / "bell.wav").write_bytes(wav_bytes([0.4] * 4000))
    repertoire, troubles = prepare(with_own_sound(), CHIMES, cache=tmp_path / "cache", beside=tmp_path)
    assert troubles == []
    assert repertoire.sounds["bell.wav"].path.is_file()


def test_a_sound_that_is_missing_is_told_and_the_rest_is_there(tmp_path: Path) -> None:
    repertoire, troubles = prepare(with_own_sound(), CHIMES, cache=tmp_path / "cache", beside=tmp_path)
    assert troubles == ["The sound bell.wav cannot be read."]
    assert "end" in repertoire.sounds


def test_a_sound_of_a_routine_without_a_folder_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SoundError, match=r"The sound bell\.wav lies in no folder yet\."):
        sound_of("bell.wav", CHIMES, cache=tmp_path, beside=None)
