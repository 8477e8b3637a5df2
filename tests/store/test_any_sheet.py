"""Sheets as people and programs keep them: whatever words head the columns, the same two sessions come of it."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from guide.store.bringing.look import Content, look
from guide.store.bringing.looked_at import FileKind, LookedAt
from guide.store.log.same import Known
from tables import each_row

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 26, 12, tzinfo=BERLIN)
BEGAN = (datetime(2026, 1, 5, 6, 35, tzinfo=BERLIN), datetime(2026, 1, 25, 18, 5, tzinfo=BERLIN))
LASTED = (timedelta(minutes=20), timedelta(minutes=25))
LEFT, RIGHT = (60.0, 72.5), (70.5, 80.0)

DAYS = ["Day", "Date", "DATE", "Datum", "Tag", "Fecha", "Día", "dia", "Session date"]
CLOCKS = ["Clock", "Time", "Start time", "Start", "Hour", "Time of day", "Uhrzeit", "Zeit", "Beginn", "Hora", "Inicio",
          "Hora de inicio", "startTime", "Start_Time", "Began at", "Startzeit"]  # fmt: skip
MOMENTS = [*CLOCKS, "When", "Date and time", "Date/Time", "timestamp", "Datum", "Datum/Uhrzeit", "Fecha y hora",
           "Zeitpunkt", "start", "Date", "Pump start"]  # fmt: skip
LENGTHS = ["How long", "Duration", "Length", "Dauer", "Duración", "duracion", "Lasted", "Pumpdauer", "Wie lange",
           "Session length", "Zeitdauer"]  # fmt: skip
LEFTS = ["Left", "L", "Left breast", "Left side", "Links", "Linke Brust", "Izquierda", "Izquierdo", "Pecho izquierdo",
         "Amount left", "left_amount", "leftAmount", "Izq."]  # fmt: skip
RIGHTS = ["Right", "R", "Right breast", "Right side", "Rechts", "Rechte Brust", "Derecha", "Derecho", "Pecho derecho",
          "Amount right", "right_amount", "rightAmount", "Der."]  # fmt: skip
TOTALS = ["Amount", "Total", "Volume", "Milk", "Menge", "Milchmenge", "Gesamt", "Cantidad", "Leche", "Total amount",
          "Volumen", "How much", "Wie viel", "Amount pumped", "Yield"]  # fmt: skip
ENDS = ["End", "End time", "Finished", "Ende", "Fin", "Hora de fin", "endTime", "Until", "Bis"]
OTHERS = ["Mood", "Pump model", "Suction", "Child", "Created at", "Temperatura"]

DAY_STYLES = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%Y/%m/%d", "%Y%m%d", "%d %B %Y", "%b %d, %Y"]
CLOCK_STYLES = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%H.%M Uhr", "%H:%M h", "%H%M"]
MOMENT_STYLES = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M", "%m/%d/%Y %I:%M %p", "%d/%m/%Y, %H:%M",
                 "%d.%m.%Y, %H:%M Uhr", "%b %d, %Y at %I:%M %p", "%Y-%m-%dT%H:%M:00.000+01:00"]  # fmt: skip


@dataclass(frozen=True)
class Column:
    name: str
    cells: tuple[str, str]


def milk(luck: random.Random, name: str, ml: tuple[float, float], *, ounces: bool, decimal: str, said: str) -> Column:
    unit = "oz" if ounces else "ml"
    texts = [f"{one / 29.5735 if ounces else one:.2f}".rstrip("0").rstrip(".").replace(".", decimal) for one in ml]
    if said == "cell":
        gap = luck.choice(["", " "])
        return Column(name, (texts[0] + gap + unit, texts[1] + gap + unit))
    return Column(
        name + luck.choice([f" ({unit})", f" [{unit.upper()}]", f" {unit}", f"_{unit}"]), (texts[0], texts[1])
    )


def began(luck: random.Random) -> list[Column]:
    if luck.random() < 0.4:
        style = luck.choice(MOMENT_STYLES)
        return [Column(luck.choice(MOMENTS), (BEGAN[0].strftime(style), BEGAN[1].strftime(style)))]
    day, clock = luck.choice(DAY_STYLES), luck.choice(CLOCK_STYLES)
    return [
        Column(luck.choice(DAYS), (BEGAN[0].strftime(day), BEGAN[1].strftime(day))),
        Column(luck.choice(CLOCKS), (BEGAN[0].strftime(clock), BEGAN[1].strftime(clock))),
    ]


def lasted(luck: random.Random) -> Column:
    name = luck.choice(LENGTHS)
    ended = [at + long for at, long in zip(BEGAN, LASTED, strict=True)]
    return luck.choice([
        Column(name, ("0:20", "0:25")),
        Column(name, ("00:20:00", "00:25:00")),
        Column(name, ("20:00", "25:00")),
        Column(name, ("20 min", "25 min")),
        Column(name, ("20 Min.", "25 Min.")),
        Column(name, ("20 minutos", "25 minutos")),
        Column(name, ("20", "25")),
        Column(name, ("1200", "1500")),
        Column(name + luck.choice([" (min)", " in Minuten", "_min"]), ("20", "25")),
        Column(luck.choice(["Minutes", "Minuten", "Minutos", "min", "Mins"]), ("20", "25")),
        Column(name + luck.choice([" (s)", " (sec)", " in Sekunden", "_seconds"]), ("1200", "1500")),
        Column(name, ("PT20M", "PT25M")),
        Column(luck.choice(ENDS), (f"{ended[0]:%H:%M}", f"{ended[1]:%H:%M}")),
        Column(luck.choice(ENDS), (f"{ended[0]:%Y-%m-%d %H:%M}", f"{ended[1]:%Y-%m-%d %H:%M}")),
    ])  # fmt: skip


def written(luck: random.Random, columns: list[Column]) -> bytes:
    decimal = any("," in cell for column in columns for cell in column.cells)
    separator = luck.choice(";\t" if decimal else ",;\t")
    out = io.StringIO()
    end = luck.choice(["\n", "\r\n"])
    writer = csv.writer(out, delimiter=separator, lineterminator=end)
    if luck.random() < 0.5:
        writer = csv.writer(out, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow([column.name for column in columns])
    for row in (0, 1):
        writer.writerow([column.cells[row] for column in columns])
    above = luck.choice(["", "", "", "My pumping log\n\n", f"sep={separator}\n"])
    return (above + out.getvalue()).encode(luck.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]))


def seen(data: bytes) -> LookedAt:
    content = Content(Path("her.csv"), data)
    (one,) = look([content], known=Known(), routines={}, now=NOW, zone=BERLIN, matches={}).files
    return one


def close(one: float | None, other: float) -> bool:
    return one is not None and abs(one - other) <= 0.2


@pytest.mark.parametrize("seed", range(6))
def test_whatever_heads_the_columns_the_same_sessions_come_of_it(seed: int) -> None:
    luck = random.Random(seed)
    for _ in range(6):
        ounces, decimal, said = luck.random() < 0.3, luck.choice(".,"), luck.choice(["cell", "header"])
        side = luck.randrange(len(LEFTS))
        both = tuple(left + right for left, right in zip(LEFT, RIGHT, strict=True))
        how = {"ounces": ounces, "decimal": decimal, "said": said}
        apart = luck.random() < 0.6
        if apart:
            volumes = [milk(luck, LEFTS[side], LEFT, **how), milk(luck, RIGHTS[side], RIGHT, **how)]  # type: ignore[arg-type]
        else:
            volumes = [milk(luck, luck.choice(TOTALS), (both[0], both[1]), **how)]  # type: ignore[arg-type]
        others = [Column(luck.choice(OTHERS), ("fine", ""))] if luck.random() < 0.3 else []
        columns = [*began(luck), lasted(luck), *volumes, *others]
        if luck.random() < 0.5:
            luck.shuffle(columns)
        data = written(luck, columns)
        one = seen(data)
        shown = (columns, one.match, one.left_out)
        assert [record.began for record in one.records] == list(BEGAN), shown
        assert [record.lasted for record in one.records] == list(LASTED), shown
        assert all(close(record.ml, total) for record, total in zip(one.records, both, strict=True)), shown
        if apart:
            assert all(close(record.left_ml, left) for record, left in zip(one.records, LEFT, strict=True)), shown
        told = [note for note in one.notes if "is not taken" in note]
        assert len(told) == len(others), shown


@each_row(
    ("text", "why"),
    [
        ("Day,Foo,Bar,Left\n2026-01-05,x,y,60\n",
         "no column tells the time of day when a session began; not understood: 'Foo', 'Bar'"),
        ("Foo,Clock,Left\n?,06:35,60\n", "no column tells the day when a session began; not understood: 'Foo'"),
        ("Foo,Left,Right\n?,60,60\n",
         "no column tells the day and the time when a session began; not understood: 'Foo'"),
        ("Date,Left\n2026-01-05,60\n", "no column tells the time of day when a session began"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_with_the_columns_that_were_not_understood(text: str, why: str) -> None:
    one = seen(text.encode())
    assert one.kind is FileKind.NEITHER
    assert [bad.message for bad in one.left_out] == [why]


def test_a_sheet_without_names_is_known_by_its_cells() -> None:
    one = seen(b"2026-01-05,06:35,20 min,60 ml\n2026-01-25,18:05,25 min,70 ml\n")
    assert [record.began for record in one.records] == list(BEGAN)
    assert [record.lasted for record in one.records] == list(LASTED)
    assert [record.ml for record in one.records] == [60, 70]


@each_row(
    ("header", "cells"),
    [("Left duration", "12"), ("Minutes right", "12"), ("Daily total", "600"), ("Start side", "left"),
     ("Created at", "2026-02-01 10:00"), ("Weekday", "Monday"), ("Pump type", "Spectra")],
)  # fmt: skip
def test_a_column_of_something_else_is_not_taken_for_milk_or_time(header: str, cells: str) -> None:
    one = seen(f"Date,Time,Amount,{header}\n2026-01-05,06:35,60,{cells}\n".encode())
    (record,) = one.records
    assert (record.began, record.ml, record.lasted) == (BEGAN[0], 60, timedelta(0))


def test_an_end_before_its_beginning_on_the_clock_is_the_next_day() -> None:
    (record,) = seen(b"Date,Start,End,ml\n2026-01-05,23:50,00:10,60\n").records
    assert record.lasted == timedelta(minutes=20)


def test_a_day_named_once_is_that_of_the_rows_beneath_it_and_that_is_told() -> None:
    one = seen(b"Date;Time;ml\n5.1.2026;6:35;60\n;12:00;70\n;;130\n25.1.2026;18:05;80\n")
    assert [record.began.strftime("%d %H:%M") for record in one.records] == ["05 06:35", "05 12:00", "25 18:05"]
    assert "Where a row names no day, it is of the day above." in one.notes
    assert [bad.line for bad in one.left_out] == [4]
    assert "Where a row names no day, it is of the day above." not in seen(b"Date,Time,ml\n2026-01-05,6:35,60\n").notes
