from __future__ import annotations

import itertools
import re
import textwrap
from datetime import timedelta
from pathlib import Path

import pytest

from guide import language
from guide.core.duration import SECOND, short
from guide.core.layout import lay_out
from guide.core.plan import Partner, Plan, Say, Segment, Show, closing, suction_runs
from guide.core.routine import Kind, Range, Routine
from guide.store.routines.reader import read_file
from tables import each_row

HOME = Path(__file__).parents[2]
LEARN = HOME / "guide" / "learn"
ROUTINES = {path.stem: path for path in sorted(HOME.glob("routines/*.yaml"))}
LET_DOWN = LEARN / "routines" / "let-down.yaml"
EVERY_ROUTINE = {**ROUTINES, "let-down": LET_DOWN}
PAGES = {path.stem.split("-", 1)[1]: path for path in sorted(LEARN.glob("*.md"))}

M_S_S = ["massage both 45 s (s)", "stroke both 30 s (s)", "shake both 15 s (s)"]
PUMP_OFF = "rest both 15 s (s)"

# Kind, side and length of each step as laid out; (s) where no source gives the length. Source: docs/evidence.md.
STEPS = {
    "hands-on-pumping": [
        "prepare both until you go on",
        "massage both 1:30 min (s)",
        "stroke both 30 s (s)",
        "pump both 5–7 min",
        PUMP_OFF,
        "massage both 1 min (s)",
        "stroke both 30 s (s)",
        "compress left 3–5 min",
        "compress right 3–5 min",
        PUMP_OFF,
        "express left 1–2 min (s)",
        "express right 1–2 min (s)",
    ],
    "hands-on-flow": [
        "massage both 1 min (s)",
        "stroke both 30 s (s)",
        "compress both 8–12 min (s)",
        PUMP_OFF,
        "massage both 1 min (s)",
        "compress left 2 min (s)",
        "compress right 2 min (s)",
        "compress left 2 min (s)",
        "compress right 2 min (s)",
        "rest both 2 min (s)",
    ],
    "massage-stroke-shake": [
        "pump both 5–7 min",
        PUMP_OFF,
        *M_S_S,
        "pump both 3–5 min",
        PUMP_OFF,
        *M_S_S,
        "pump both 2–3 min",
    ],
    "marmet-expression": [
        *M_S_S,
        "express left 5–7 min",
        "express right 5–7 min",
        *M_S_S,
        "express left 3–5 min",
        "express right 3–5 min",
        *M_S_S,
        "express left 2–3 min",
        "express right 2–3 min",
    ],
    "one-breast-knead": [
        "massage left 30 s (s)",
        "massage right 30 s (s)",
        "knead left 5 min (s)",
        "knead right 5 min (s)",
        "knead left 3 min (s)",
        "knead right 3 min (s)",
        PUMP_OFF,
        "express left 1 min (s)",
        "express right 1 min (s)",
    ],
    "power-pumping": [
        "pump both 20 min",
        "rest both 10 min",
        "pump both 10 min",
        "rest both 10 min",
        "pump both 10 min",
    ],
    "cluster-pumping": ["pump both 10 min (s)", "rest both 20 min (s)"] * 4,
    "first-days": [
        "prepare both 2 min (s)",
        "massage both 1 min (s)",
        "express left 3–5 min",
        "express right 3–5 min",
        "express left 1–2 min",
        "express right 1–2 min",
    ],
    "nicu-start": [
        "prepare both 1 min (s)",
        "pump both 15 min",
        PUMP_OFF,
        "express left 2 min (s)",
        "express right 2 min (s)",
    ],
    "last-drop": [
        "massage both 1 min (s)",
        "compress both 10–26 min",
        PUMP_OFF,
        "express left 1 min (s)",
        "express right 1 min (s)",
    ],
    "calm-let-down": [
        "rest both 2 min (s)",
        "prepare both 1 min (s)",
        "pump both 2 min",
        "pump both 10–15 min",
    ],
    "gentle-day": [
        "prepare both until you go on",
        "pump both 5–10 min (s)",
        "rest both 10 min",
        "stroke both 1 min (s)",
    ],
    "soften-then-pump": [
        "massage left 1 min",
        "massage left 1 min",
        "massage right 1 min",
        "massage right 1 min",
        "pump both 5–8 min (s)",
    ],
    "let-down": [
        "rest both 1:30 min (s)",
        "prepare both 1 min (s)",
        "massage both 1 min (s)",
        "stroke both 30 s (s)",
        "pump both 2 min (s)",
    ],
}

ADDRESSES = {
    "",
    "https://verywellfamily.com/how-to-increase-your-milk-supply-with-hands-on-pumping-2748592",
    "https://nature.com/articles/jp200987",
    "https://doi.org/10.1038/s41390-024-03577-7",
    "https://doi.org/10.1089/bfm.2022.29207.kbm",
    "https://doi.org/10.1007/s12098-023-04859-4",
    "https://healthdirect.gov.au/mastitis",
}

CARE = {
    "Emergency, now": [
        "thoughts of harming yourself or the baby",
        "chest pain",
        "trouble breathing",
        "fainting or confusion",
        "seizure",
        "severe headache or change of vision",
        "heavy bleeding",
    ],
    "Same day": [
        "fever of 38 °C / 100.4 °F or more with a red or painful breast",
        "feeling ill as with flu",
        "pus",
        "red streaks",
    ],
    "Soon": [
        "a lump that stays",
        "cracked or bleeding nipples",
        "pain at every session",
        "a sudden drop in supply",
        "low mood that stays",
    ],
}

CHECKLIST = [
    "seal and flange size",
    "tubing, valves and membrane",
    "suction level and mode",
    "warmth, shoulders, breathing",
    "photo, sound or cloth",
    "Massage and light strokes, then start again",
    "time of day, and of the last session",
    "Food, water, sleep, stress",
    "Medicines, hormones and thyroid, cycle, pregnancy",
    "first days have their own amounts",
]


def routine_of(path: Path) -> Routine:
    reading = read_file(path)
    assert reading.routine is not None, reading.problems
    return reading.routine


def plan_of(path: Path) -> Plan:
    return lay_out(routine_of(path))


def seconds_to_say(text: str) -> float:
    return len(text.split()) / 145 * 60


each_routine = pytest.mark.parametrize("path", EVERY_ROUTINE.values(), ids=EVERY_ROUTINE.keys())
each_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())


def test_there_are_thirteen_built_in_routines_and_the_let_down() -> None:
    assert set(EVERY_ROUTINE) == set(STEPS)
    assert len(ROUTINES) == 13


@each_routine
def test_every_routine_reads_without_a_problem_or_a_warning(path: Path) -> None:
    reading = read_file(path)
    assert (reading.problems, reading.warnings) == ((), ())


@each_routine
def test_every_routine_points_an_editor_to_the_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named
    assert (path.parent / named[1]).resolve() == HOME / "docs" / "routine.schema.json"


@each_row("name", STEPS)
def test_steps_and_times_are_those_of_the_evidence(name: str) -> None:
    assert [
        f"{segment.step.kind} {segment.side} {short(segment.step.length)}" + " (s)" * segment.step.suggested
        for segment in plan_of(EVERY_ROUTINE[name]).segments
    ] == STEPS[name]


@each_routine
def test_every_routine_is_complete(path: Path) -> None:
    routine = routine_of(path)
    assert routine.summary
    assert routine.purposes
    assert routine.get_ready
    assert routine.safety
    assert routine.evidence
    assert routine.sources
    assert {source.url for source in routine.sources} <= ADDRESSES


def test_a_range_ends_when_milk_slows_but_for_comfort_on_a_gentle_day() -> None:
    others = [
        segment.step.until_milk_slows
        for name, path in EVERY_ROUTINE.items()
        for segment in plan_of(path).segments
        if isinstance(segment.step.length, Range) and name != "gentle-day"
    ]
    assert all(others)
    assert not any(segment.step.until_milk_slows for segment in plan_of(ROUTINES["gentle-day"]).segments)


def test_the_last_drop_has_its_two_minutes() -> None:
    pumping = plan_of(ROUTINES["last-drop"]).segments[1].step
    assert pumping.until_milk_slows
    assert pumping.linger == timedelta(minutes=2)


@each_row("tag", ["en", "es", "de"])
def test_a_step_that_goes_on_after_the_last_drop_names_the_button_it_has(tag: str) -> None:
    """There *Milk slowed* stands in the place of *Next*."""
    texts = []
    for path in (HOME / "routines" / ("" if tag == "en" else tag)).glob("*.yaml"):
        lingers = [segment for segment in plan_of(path).segments if segment.step.linger]
        actions = [moment.action for segment in lingers for moment in segment.moments]
        texts += [action.text for action in actions if isinstance(action, Say | Show)]
    words = language.words(tag)
    assert not [text for text in texts if re.search(rf"\b{words.gettext('Next')}\b(?!:)", text)]
    assert [text for text in texts if words.gettext("Milk slowed") in text]


def test_gentle_day_alone_is_offered_with_a_sore_breast() -> None:
    assert [name for name, path in EVERY_ROUTINE.items() if routine_of(path).suits_sore] == ["gentle-day"]


def test_a_gentle_day_has_no_circles_and_no_shake() -> None:
    kinds = {segment.step.kind for segment in plan_of(ROUTINES["gentle-day"]).segments}
    assert not kinds & {Kind.MASSAGE, Kind.SHAKE, Kind.KNEAD, Kind.COMPRESS}


@each_routine
def test_a_shake_says_that_it_is_left_out_where_tender(path: Path) -> None:
    for segment in plan_of(path).segments:
        if segment.step.kind is Kind.SHAKE:
            assert "If it is tender, leave this out." in segment.say


@each_routine
def test_suction_is_named_where_a_pump_pulls_and_nowhere_else(path: Path) -> None:
    pulling = {Kind.PUMP, Kind.COMPRESS, Kind.KNEAD}
    for segment in plan_of(path).segments:
        assert bool(segment.suction) == (segment.step.kind in pulling), segment.name


@each_routine
def test_no_routine_keeps_suction_up_for_more_than_thirty_minutes(path: Path) -> None:
    assert all(
        length <= timedelta(minutes=30) for _, _, length in suction_runs(one.step for one in plan_of(path).segments)
    )


@each_routine
def test_pump_off_is_said_wherever_suction_gives_way_to_hands_or_rest(path: Path) -> None:
    for before, after in itertools.pairwise(plan_of(path).segments):
        if before.step.under_suction and not after.step.under_suction:
            assert "Pump off" in after.say, after.name
            assert "Pump off" in after.show, after.name


def test_a_shake_is_spoken_over_for_no_more_than_half_of_it() -> None:
    for path in EVERY_ROUTINE.values():
        for segment in plan_of(path).segments:
            if segment.step.kind is Kind.SHAKE:
                assert seconds_to_say(segment.say) <= segment.shortest / SECOND / 2


@each_routine
def test_hand_expression_has_its_pace_and_calm_its_breath(path: Path) -> None:
    for segment in plan_of(path).segments:
        pace = segment.step.pace
        if segment.step.kind is Kind.EXPRESS:
            assert pace is not None
            assert (pace.beats, pace.every) == (("press back", "roll", "release"), SECOND)
            said = f"{segment.say} {segment.show}".casefold()
            assert all(beat in said for beat in pace.beats)  # the words of the beat are those of the text
        if segment.title == "Breathe":
            assert pace is not None
            assert (pace.beats, pace.every) == (("in",) * 4 + ("out",) * 6, SECOND)


def shown(segment: Segment) -> list[str]:
    actions = [moment.action for moment in segment.moments]
    return [segment.show, *(action.text for action in actions if isinstance(action, Show))]


@each_routine
def test_what_is_shown_fits_two_lines_of_thirty(path: Path) -> None:
    for segment in plan_of(path).segments:
        assert len(segment.title) <= 22
        for text in shown(segment):
            assert len(textwrap.wrap(text, 30)) <= 2, text


@each_routine
def test_prompts_take_four_to_nine_seconds_and_fit_their_step(path: Path) -> None:
    for segment in plan_of(path).segments:
        texts = [segment.say, *(cue.say for cue in segment.step.cues)]
        for text in texts:
            assert 3.7 <= seconds_to_say(text) <= 9, text
        if not segment.waits:
            assert seconds_to_say(segment.say) <= segment.shortest / SECOND - 2


@each_routine
def test_nothing_said_meets_anything_else_said(path: Path) -> None:
    for segment in plan_of(path).segments:
        spoken = [moment for moment in segment.moments if isinstance(moment.action, Say | Partner)]
        for first, second in itertools.pairwise(spoken):
            assert isinstance(first.action, Say | Partner)
            over = first.offset / SECOND + seconds_to_say(first.action.text) + 0.5
            assert over <= second.offset / SECOND, (segment.name, first, second)


@each_routine
def test_the_closing_words_say_pump_off_where_a_pump_is_on(path: Path) -> None:
    plan = plan_of(path)
    assert ("Pump off" in closing(plan)) == plan.segments[-1].step.under_suction


@each_routine
def test_every_routine_ends_with_permission_to_stop(path: Path) -> None:
    assert any("hat is enough for now" in text for text in shown(plan_of(path).segments[-1]))


def test_learn_has_its_pages_in_order() -> None:
    assert list(PAGES) == [
        "hands-on-pumping",
        "massage-stroke-shake",
        "hand-expression",
        "no-milk-coming",
        "first-days",
        "nicu",
        "sore-or-full",
        "power-pumping",
        "pump-and-flanges",
        "purposes",
        "partners",
        "milk-storage",
        "care-card",
        "evidence",
        "sources",
    ]


@each_page
def test_a_page_begins_with_a_title_and_one_sentence(path: Path) -> None:
    title, lead, *_ = path.read_text(encoding="utf-8").split("\n\n")
    assert re.fullmatch(r"# \S.{2,40}", title)
    assert len(re.findall(r"[.?](?=\s|$)", lead)) == 1
    assert lead.endswith(".")


@each_page
def test_a_page_keeps_a_measure_of_sixty_eight_characters(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > 68 and " " in line.strip()] == []


@each_page
def test_links_of_a_page_lead_somewhere_inside_the_program(path: Path) -> None:
    for target in re.findall(r"\]\(([^)]*)\)", path.read_text(encoding="utf-8")):
        place, _, name = target.partition(":")
        assert name in {"learn": PAGES, "routine": EVERY_ROUTINE}[place]


@each_page
def test_a_page_has_no_address_to_open(path: Path) -> None:
    assert "http" not in path.read_text(encoding="utf-8")


def test_not_medical_advice_stands_once() -> None:
    told = [name for name, path in PAGES.items() if "medical advice" in path.read_text(encoding="utf-8")]
    assert told == ["evidence"]


def test_the_care_card_has_its_signs_and_thresholds() -> None:
    page = PAGES["care-card"].read_text(encoding="utf-8")
    for heading, signs in CARE.items():
        section = re.split(rf"## {heading} {{[a-z]+}}\n", page)[1].split("\n## ")[0]
        assert re.findall(r"^- (.*)$", section, re.MULTILINE) == signs
    assert "30 to 90 s before let-down" in page


def test_the_checklist_keeps_its_order_and_each_has_a_thing_to_try_now() -> None:
    page = PAGES["no-milk-coming"].read_text(encoding="utf-8")
    items = [" ".join(item.split()) for item in re.findall(r"^- \[ \] \{[a-z]+\} (.*(?:\n  .*)*)", page, re.MULTILINE)]
    assert len(items) == len(CHECKLIST)
    for item, topic in zip(items, CHECKLIST, strict=True):
        assert re.match(r"\*\*[^*]*" + re.escape(topic), item)
        assert " **Now:** " in item
        assert " Ask " in item or "tell someone" in item
    assert "(routine:let-down)" in page


def test_the_let_down_of_the_checklist_lasts_six_minutes() -> None:
    plan = plan_of(LET_DOWN)
    assert plan.shortest == plan.longest == timedelta(minutes=6)
