from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guide.core.duration import (
    HOUR,
    LONGEST,
    MINUTE,
    DurationError,
    clock,
    in_full,
    parse,
    parse_length,
    rounded,
    short,
    span,
    spoken,
    spoken_ends,
    written,
)
from guide.core.routine import Fixed, Length, Range, Wait
from guide.language import words
from marked import Marked
from plans import TICK, ZERO, seconds
from tables import each_row


@each_row(
    ("text", "length"),
    [
        ("90 s", 90),
        ("90s", 90),
        ("2 min", 120),
        (" 2 Minutes ", 120),
        ("1 min 30 s", 90),
        ("1m30s", 90),
        ("1:30", 90),
        ("0:05", 5),
        ("90:00", 5400),
        ("1 h", 3600),
        ("1 h 5 min 2 sec", 3902),
        ("1.5 min", 90),
        ("0.25 s", 0.25),
        ("6 h", 21600),
        ("0 s", 0),
    ],
)
def test_a_length_of_time_is_read(text: str, length: float) -> None:
    assert parse(text) == seconds(length)


NOT_A_LENGTH = "is not a length of time; write for example '2 min', '90 s' or '1:30'"


@each_row(
    ("text", "message", "fix"),
    [
        ("", "a length of time is missing; write for example '2 min' or '90 s'", ""),
        ("5", "'5' has no unit; write '5 min' or '5 s'", "5 min"),
        ("012", "'012' has no unit; write '012 min' or '012 s'", "012 min"),
        ("1:75", f"'1:75' {NOT_A_LENGTH}", ""),
        ("5 parsecs", f"'5 parsecs' {NOT_A_LENGTH}", ""),
        ("30 s 1 min", f"'30 s 1 min' {NOT_A_LENGTH}", ""),
        ("1 min 1 min", f"'1 min 1 min' {NOT_A_LENGTH}", ""),
        ("1 min 30", f"'1 min 30' {NOT_A_LENGTH}", ""),
        ("soon 5 s", f"'soon 5 s' {NOT_A_LENGTH}", ""),
        ("-10 s", f"'-10 s' {NOT_A_LENGTH}", ""),
        ("no", f"'no' {NOT_A_LENGTH}", ""),
        ("2026-01-01", f"'2026-01-01' {NOT_A_LENGTH}", ""),
        (".inf", f"'.inf' {NOT_A_LENGTH}", ""),
        (" " * 50 + "x", f"'x' {NOT_A_LENGTH}", ""),
        ("x" * 40, f"'{'x' * 40}' {NOT_A_LENGTH}", ""),
        ("x" * 41, f"'{'x' * 37}…' {NOT_A_LENGTH}", ""),
        ("7 h", "'7 h' is longer than 6 hours, the longest a routine may last", ""),
        ("999999999 h", "'999999999 h' is longer than 6 hours, the longest a routine may last", ""),
        ("9999:59", "'9999:59' is longer than 6 hours, the longest a routine may last", ""),
    ],
)
def test_what_is_no_length_of_time_is_told_with_a_way_out(text: str, message: str, fix: str) -> None:
    with pytest.raises(DurationError) as caught:
        parse(text)
    assert (str(caught.value), caught.value.fix) == (message, fix)
    assert caught.value.said(Marked()) == f"«{message}»"


FIVE_TO_SEVEN = Range(5 * MINUTE, 7 * MINUTE)


@each_row(
    ("text", "length"),
    [
        ("2 min", Fixed(2 * MINUTE)),
        ("1:30", Fixed(seconds(90))),
        ("wait", Wait()),
        (" Wait", Wait()),
        ("5-7 min", FIVE_TO_SEVEN),
        ("5 - 7 min", FIVE_TO_SEVEN),
        ("5 min - 7 min", FIVE_TO_SEVEN),
        ("5 to 7 min", FIVE_TO_SEVEN),
        ("5 min to 7 min", FIVE_TO_SEVEN),
        ("5\u20137 min", FIVE_TO_SEVEN),
        ("5:00-7:00", FIVE_TO_SEVEN),
        ("30 s - 1 min", Range(seconds(30), MINUTE)),
        ("1.5-2 h", Range(1.5 * HOUR, 2 * HOUR)),
    ],
)
def test_a_step_s_duration_is_read(text: str, length: Length) -> None:
    assert parse_length(text) == length


@each_row(
    ("text", "message", "fix"),
    [
        ("0 s", "a step takes more than no time; write for example '30 s'", ""),
        ("5", "'5' has no unit; write '5 min' or '5 s'", "5 min"),
        ("5-7", "'5-7' has no unit; write '5-7 min' or '5-7 s'", "5-7 min"),
        ("5 min - 7", "'5 min - 7' has no unit; write '5 min - 7 min' or '5 min - 7 s'", "5 min - 7 min"),
        ("soon-7", f"'soon' {NOT_A_LENGTH}", ""),
        ("5-7 parsecs", f"'5 parsecs' {NOT_A_LENGTH}", ""),
        ("5-7:30", "'5' has no unit; write '5 min' or '5 s'", ""),
        ("0", "a step takes more than no time; write for example '30 s'", ""),
        ("-1", "a step takes more than no time; write for example '30 s'", ""),
        ("-5 min", "a step takes more than no time; write for example '30 s'", ""),
        ("0-5", "a range begins after its step's start; write for example '1-3 min'", ""),
        ("7-5", "the range's lower end, 7 min, is not below its upper end, 5 min; write the shorter one first", ""),
        ("500", "'500' has no unit; write '500 min' or '500 s'", "500 s"),
        ("-", "'-' is not a range; write for example '5-7 min'", ""),
        ("5-", "'5-' is not a range; write for example '5-7 min'", ""),
        ("5-6-7 min", "'5-6-7 min' is not a range; write for example '5-7 min'", ""),
        ("0-3 min", "a range begins after its step's start; write for example '1-3 min'", ""),
        (
            "7-5 min",
            "the range's lower end, 7 min, is not below its upper end, 5 min; write the shorter one first",
            "",
        ),
        (
            "5 min - 5 min",
            "the range's lower end, 5 min, is not below its upper end, 5 min; write the shorter one first",
            "",
        ),
    ],
)
def test_what_is_no_duration_is_told_with_a_way_out(text: str, message: str, fix: str) -> None:
    with pytest.raises(DurationError) as caught:
        parse_length(text)
    assert (str(caught.value), caught.value.fix) == (message, fix)
    assert caught.value.said(Marked()) == f"«{message}»"


@pytest.mark.timeout(10)
@pytest.mark.parametrize("filler", [" ", "5", "-", "5 ", "x", "to ", "1 s "])
def test_a_hostile_text_is_refused_at_once_in_a_short_sentence(filler: str) -> None:
    with pytest.raises(DurationError) as caught:
        parse_length("5" + filler * 100_000 + "x")
    assert len(str(caught.value)) < 200


@given(st.text(max_size=30) | st.from_regex(r"[0-9. :\-hmins]{1,14}", fullmatch=True))
@example("5 - 7")
@example("\u0665 min")
def test_any_text_is_a_duration_or_told(text: str) -> None:
    length, refused = told(text)
    assert (length is None) == (refused is not None)
    if length is not None:
        assert short(length)
    elif refused is not None and refused.fix:
        _, refused_again = told(refused.fix)
        assert refused_again is None or not refused_again.fix
        assert str(refused)


def told(text: str) -> tuple[Length | None, DurationError | None]:
    try:
        return parse_length(text), None
    except DurationError as error:
        return None, error


@given(st.timedeltas(ZERO, LONGEST))
def test_what_is_written_is_read_back(length: timedelta) -> None:
    assert parse(written(length)) == length


@each_row(
    ("length", "text"),
    [(ZERO, "0 s"), (HOUR + MINUTE + seconds(1.5), "1 h 1 min 1.5 s"), (TICK, "0.000001 s"), (seconds(10), "10 s")],
)
def test_a_length_is_written_in_the_shortest_way(length: timedelta, text: str) -> None:
    assert written(length) == text


@given(st.timedeltas(ZERO, LONGEST))
def test_a_clock_is_rounded_up_so_that_zero_means_over(length: timedelta) -> None:
    assert (clock(length) == "0:00") == (length == ZERO)


@each_row(
    ("length", "text"),
    [
        (Range(seconds(30), seconds(45)), "30\u201345 s"),
        (Range(seconds(30), 2 * MINUTE), "30 s\u20132 min"),
        (Range(seconds(90), 2 * MINUTE), "1:30\u20132 min"),
        (Fixed(HOUR), "60 min"),
        (Fixed(2 * HOUR), "2 h"),
        (Fixed(2 * HOUR + seconds(90)), "2 h 1 min 30 s"),
        (Range(2 * HOUR, 3 * HOUR), "2\u20133 h"),
        (Range(90 * MINUTE, 2 * HOUR), "90 min\u20132 h"),
        (Range(90 * MINUTE, 125 * MINUTE), "90 min\u20132 h 5 min"),
        (Fixed(2 * HOUR + seconds(0.5)), "2 h 1 s"),
        (Range(2 * HOUR + 5 * MINUTE, 3 * HOUR + 5 * MINUTE), "2 h 5 min\u20133 h 5 min"),
    ],
)
def test_a_length_stands_short_beside_its_step(length: Length, text: str) -> None:
    assert short(length) == text


@each_row(
    ("length", "text"),
    [(ZERO, "0 seconds"), (seconds(121), "2 minutes 1"), (2 * MINUTE, "2 minutes"), (seconds(59.1), "1 minute")],
)
def test_a_length_is_spoken(length: timedelta, text: str) -> None:
    assert spoken(length) == text


def test_a_routine_s_span_is_in_whole_minutes_from_five_on() -> None:
    assert span(seconds(30), seconds(61)) == "30 s\u20131:01 min"
    assert span(seconds(1), seconds(59.2)) == "1 s\u20131 min"
    assert span(seconds(270), seconds(421)) == "4:30\u20138 min"
    assert span(seconds(320), seconds(480)) == "6\u20138 min"
    assert span(110 * MINUTE, 2 * HOUR) == "1 h 50 min\u20132 h"


@each_row(("exact", "told"), [(0.4, 1), (64.4, 64), (64.5, 65), (299.4, 299), (329.9, 300), (330, 360), (360, 360)])
def test_what_is_over_is_told_to_the_nearest_second_and_from_five_minutes_on_to_the_nearest_minute(
    exact: float, told: int
) -> None:
    assert rounded(seconds(exact)) == seconds(told)


@each_row("language", ["en", "de", "es"])
def test_65_seconds_are_told_as_65_wherever_a_length_is_told(language: str) -> None:
    said = words(language)
    whole = {"en": "1 minute 5 seconds", "de": "1 Minute 5 Sekunden", "es": "1 minuto 5 segundos"}
    length = seconds(65)
    assert (span(length, length), written(rounded(length))) == ("1:05 min", "1 min 5 s")
    assert in_full(length, said) == whole[language]
    assert spoken_ends(length, length, said) == spoken(length, said)
