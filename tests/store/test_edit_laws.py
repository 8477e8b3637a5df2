"""Whatever is edited, in whatever file: nothing else changes, and every way back leads back."""

from __future__ import annotations

import copy
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide.store.yaml import commit, edit, sheet
from guide.store.yaml.edit import EditError, Edits

BUILT_IN = sorted((Path(__file__).parents[2] / "routines").glob("*.yaml"))
MARK = re.compile(r"#c\d+\b")
MANY = int(os.environ.get("EDIT_EXAMPLES", "80"))
MODEST = settings(
    max_examples=MANY, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

WORDS = st.text(st.sampled_from("ab c'\"#:-{}[],&*!|>%@`\\?é☃😀\t"), max_size=12)
TEXTS = st.one_of(
    st.sampled_from(
        [
            "60 s",
            "no",
            "1:30",
            "~",
            "",
            "a: b",
            "x #y",
            "two\nlines",
            "end\n",
            "- dash",
            "? q",
            "long " * 40,
            " pad ",
            "...",
            "---",
            "\x85",
            "\u2028a",
            "x\n\ny",
        ]
    ),
    WORDS,
)
STEP_FIELDS = ("title", "duration", "say", "show", "partner", "linger", "suction", "side", "sound", "kind")
ROUTINE_FIELDS = ("name", "summary", "language", "evidence", "when_sore")


# Files, plain and odd


@st.composite
def scalars(draw: st.DrawFn, indent: int) -> str:
    pad = " " * indent
    return draw(
        st.sampled_from(
            [
                "plain words",
                "1:30",
                "no",
                "&name shared",
                "'it''s single'",
                '"a \\"double\\" \\u263a one"',
                f"|\n{pad}literal line\n\n{pad}  deeper",
                f">-\n{pad}folded words\n{pad}over lines",
                f"|+\n{pad}kept\n\n",
                f"plain over\n{pad}two lines",
                f'"quoted over\n{pad}two lines"',
                "",
            ]
        )
    ).removesuffix("\n")


@st.composite
def parts(draw: st.DrawFn, indent: int, depth: int = 0) -> str:
    pad = " " * indent
    if depth < 2 and draw(st.integers(0, 3)) == 0:
        inner = draw(st.lists(parts(indent + 4, depth + 1), min_size=1, max_size=3))
        side = draw(st.sampled_from(["", f"\n{pad}  side: each"]))
        return f"{pad}- repeat: 2{side}\n{pad}  steps:\n" + "".join(inner)
    if draw(st.integers(0, 3)) == 0:
        more = draw(st.sampled_from(["", ", say: 'Soft'", ", cues: [{at: 0:10, say: Soon}]"]))
        return f"{pad}- {{kind: rest, duration: 1 min{more}}}\n"
    gap = draw(st.sampled_from(["", "", "\n"]))
    lines = [f"{pad}- kind: massage", f"{pad}  duration: 60 s"]
    keys = draw(st.lists(st.sampled_from(("title", "say", "show", "partner")), max_size=3, unique=True))
    lines += [f"{pad}  {key}: {draw(scalars(indent + 4))}" for key in keys]
    if draw(st.booleans()):
        lines += [f"{pad}  cues:", f"{pad}  - at: 0:10", f"{pad}    say: Soon", f"{pad}  - {{at: 50%, say: Half}}"]
    if draw(st.integers(0, 3)) == 0:
        lines.append(f"{pad}  pace: {{beats: [one, two], every: 1 s}}")
    return gap + "\n".join(lines) + "\n"


@st.composite
def generated(draw: st.DrawFn) -> str:
    indent = draw(st.sampled_from([0, 2, 3]))
    head = draw(st.sampled_from(["", "format: 1\n", "# A file\n\n---\n"]))
    lists = draw(st.sampled_from(["", "purposes: [ promote, protect ]\n", "get_ready:\n- Water\n\n- A towel\n"]))
    tail = draw(st.sampled_from(["", "", "sources:\n  - title: A leaflet\n", "\nevidence: None yet\n"]))
    steps = "".join(draw(st.lists(parts(indent), min_size=1, max_size=5)))
    return f"{head}name: Any\n{lists}steps:\n{steps}{tail}"


@st.composite
def commented(draw: st.DrawFn, files: st.SearchStrategy[str]) -> str:
    """A file with comments wherever its lines can bear one, each comment another."""
    text = draw(files)
    means = data_of(text)
    lines = text.split("\n")
    for number, at in enumerate(draw(st.lists(st.integers(0, len(lines) - 1), max_size=8))):
        tried = list(lines)
        if draw(st.booleans()):
            tried[at] += f"  #c{number}"
        else:
            tried.insert(at, " " * draw(st.integers(0, 8)) + f"#c{number}")
        joined = "\n".join(tried)
        if joined.count("#c") == sum(1 for _ in comments(joined)) and data_of(joined) == means:
            lines = tried
    text = "\n".join(lines)
    if draw(st.integers(0, 4)) == 0:
        text = text.removesuffix("\n")
    if draw(st.integers(0, 3)) == 0:
        text = text.replace("\n", "\r\n")
    return "\ufeff" + text if draw(st.integers(0, 4)) == 0 else text


def data_of(text: str) -> Any:
    try:
        return plain(yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)))  # texts only
    except (yaml.YAMLError, TypeError):  # the latter for a key that is a list
        return None


def plain(node: yaml.Node | None) -> Any:
    """The same as its constructor makes of it, in half the time."""
    match node:
        case yaml.MappingNode(value=pairs):
            return {plain(key): plain(value) for key, value in pairs}
        case yaml.SequenceNode(value=parts):
            return [plain(part) for part in parts]
        case _:
            return None if node is None else node.value


def comments(text: str) -> Iterator[str]:
    return (match[0] for match in MARK.finditer(text))


# What a person does


def all_paths(data: Any, path: edit.Path = ()) -> Iterator[edit.Path]:
    for index, part in enumerate(data.get("steps") or []):
        yield (*path, index)
        yield from all_paths(part, (*path, index))


def dig(data: Any, path: edit.Path) -> Any:
    for index in path:
        data = data["steps"][index]
    return data


DEEDS = (
    *("set", "set", "set", "remove", "list", "routine", "insert", "duplicate", "delete", "move", "move"),
    *("group", "dissolve", "cue", "cue field", "no cue", "move cue", "pace", "source"),
)
Deed = tuple[str, Callable[[str], Edits], Callable[[Any], None], edit.Path | None]


@st.composite
def deeds(draw: st.DrawFn, data: Any) -> Deed:
    """One edit, and the same on the data; the path is that of a part of which comments may go, if any."""
    every = list(all_paths(data))
    path = draw(st.sampled_from(every))
    part = dig(data, path)
    name = draw(st.sampled_from(DEEDS))
    around, index = path[:-1], path[-1]
    match name:
        case "set":
            key, value = draw(st.sampled_from(STEP_FIELDS)), draw(TEXTS)
            return name, lambda t: edit.set_field(t, path, key, value), lambda d: put(dig(d, path), key, value), None
        case "remove":
            key = draw(st.sampled_from(STEP_FIELDS))
            return name, lambda t: edit.set_field(t, path, key, None), lambda d: put(dig(d, path), key, None), path
        case "list":
            key = draw(st.sampled_from(("purposes", "get_ready", "safety")))
            new = draw(st.lists(st.one_of(TEXTS, st.sampled_from(data.get(key) or ["Water"])), max_size=4))
            return name, lambda t: edit.set_field(t, (), key, new), lambda d: put(d, key, new or None), ()
        case "routine":
            key, value = draw(st.sampled_from(ROUTINE_FIELDS)), draw(TEXTS)
            return name, lambda t: edit.set_field(t, (), key, value), lambda d: put(d, key, value), None
        case "insert":
            fields = {"kind": "shake", "duration": draw(TEXTS), "say": draw(TEXTS)}
            return (
                name,
                lambda t: edit.insert_step(t, path, fields),
                lambda d: add(dig(d, around), "steps", index, fields),
                None,
            )
        case "duplicate":
            return (
                name,
                lambda t: edit.duplicate(t, path),
                lambda d: add(dig(d, around), "steps", index, copy.deepcopy(part)),
                path,
            )
        case "delete":
            return name, lambda t: edit.delete(t, path), lambda d: dig(d, around)["steps"].pop(index), path
        case "move":
            rest = copy.deepcopy(data)
            dig(rest, around)["steps"].pop(index)
            to = draw(st.sampled_from([*all_paths(rest), (len(rest["steps"]),)]))
            to = (*to[:-1], to[-1] + draw(st.integers(0, 1)))

            def moved(d: Any) -> None:
                taken = dig(d, around)["steps"].pop(index)
                add(dig(d, to[:-1]), "steps", to[-1], taken)

            return name, lambda t: edit.move(t, path, to), moved, None
        case "group":
            last = draw(st.integers(index, len(dig(data, around)["steps"]) - 1))
            paths = [(*around, i) for i in range(index, last + 1)]

            def grouped(d: Any) -> None:
                steps = dig(d, around)["steps"]
                steps[index : last + 1] = [{"repeat": "3", "steps": steps[index : last + 1]}]

            return name, lambda t: edit.make_group(t, paths, 3), grouped, None
        case "dissolve":

            def dissolved(d: Any) -> None:
                steps = dig(d, around)["steps"]
                steps[index : index + 1] = steps[index]["steps"]

            return name, lambda t: edit.dissolve(t, path), dissolved, path
        case "cue":
            at = draw(st.integers(0, len(part.get("cues") or [])))
            cue = {"at": "0:05", "say": draw(TEXTS)}
            return name, lambda t: edit.add_cue(t, path, cue, at), lambda d: add(dig(d, path), "cues", at, cue), None
        case "cue field":
            value = draw(TEXTS)

            def said(d: Any) -> None:
                dig(d, path)["cues"][0]["say"] = value

            return name, lambda t: edit.set_cue_field(t, path, 0, "say", value), said, None
        case "no cue":

            def unsaid(d: Any) -> None:
                dig(d, path)["cues"].pop(0)
                if not dig(d, path)["cues"]:
                    del dig(d, path)["cues"]

            return name, lambda t: edit.remove_cue(t, path, 0), unsaid, path
        case "move cue":

            def switched(d: Any) -> None:
                cues = dig(d, path)["cues"]
                cues.append(cues.pop(0))

            last = len(part.get("cues") or [0]) - 1
            return name, lambda t: edit.move_cue(t, path, 0, last), switched, None
        case "pace":
            beats = draw(st.lists(TEXTS, min_size=1, max_size=3))

            def paced(d: Any) -> None:
                dig(d, path)["pace"] = {"beats": beats, "every": "2 s"}

            return name, lambda t: edit.set_pace(t, path, beats, "2 s"), paced, None
        case _:
            source = {"title": draw(TEXTS), "url": "https://example.org/a#b"}
            return "source", lambda t: edit.add_source(t, source, 0), lambda d: add(d, "sources", 0, source), None


def put(fields: Any, key: str, value: Any) -> None:
    if value is None:
        fields.pop(key, None)
    else:
        fields[key] = value


def add(fields: Any, key: str, index: int, value: Any) -> None:
    fields[key] = list(fields.get(key) or [])
    fields[key].insert(index, value)


# Laws


def check_one_edit(text: str, deed: Deed) -> str:
    name, make, change, may_lose = deed
    try:
        edits = make(text)
    except EditError as refused:
        reason = str(refused)
    else:
        reason = ""
    if reason:
        assert reason != commit._MISFIT or not text.endswith("\n")  # a block text may end such a file
        return text
    edited = edit.apply(text, edits)

    meant = data_of(text)
    change(meant)
    assert data_of(edited) == meant
    assert edit.apply(edited, edit.inverse(text, edits)) == text
    assert edited.endswith("\n") == text.endswith("\n")
    assert "\r\n" not in text or edited.count("\n") == edited.count("\r\n")

    sheet._sheets.clear()
    assert make(text) == edits

    had, has = Counter(comments(text)), Counter(comments(edited))
    if name == "duplicate":
        assert set(has) == set(had)
        assert all(has[mark] >= had[mark] for mark in had)
    else:
        assert not has - had
        for mark in had - has:
            assert may_lose is not None
            check_its_own(text, may_lose, mark)
    return edited


def check_its_own(text: str, path: edit.Path, mark: str) -> None:
    """The comment stands after the part before it and before the part after it."""
    if not path:
        return
    places = [match.start() for match in re.finditer(rf"{mark}\b", text)]
    around, index = path[:-1], path[-1]
    low = edit.place_of(text, (*around, index - 1))[1] if index else 0
    try:
        high = edit.place_of(text, (*around, index + 1))[0]
    except EditError:
        high = len(text)
    assert any(low <= place < high for place in places)


@MODEST
@given(data=st.data(), text=commented(generated()))
def test_any_edits_of_any_file_change_what_they_say_and_nothing_else(data: st.DataObject, text: str) -> None:
    before = data_of(text)
    if before is None or any(part is None for part in before["steps"]):
        return
    for _ in range(4):
        text = check_one_edit(text, data.draw(deeds(data_of(text))))


@pytest.mark.skipif(not BUILT_IN, reason="no routines beside these tests")
@MODEST
@given(data=st.data(), text=commented(st.sampled_from(BUILT_IN).map(lambda path: path.read_text("utf-8"))))
def test_any_edits_of_the_built_in_routines_change_what_they_say_and_nothing_else(
    data: st.DataObject, text: str
) -> None:
    undo: list[tuple[str, Edits]] = []
    first = text
    for _ in range(4):
        deed = data.draw(deeds(data_of(text)))
        edited = check_one_edit(text, deed)
        if edited != text:
            undo.append((text, deed[1](text)))
        text = edited
    for before, edits in reversed(undo):
        text = edit.apply(text, edit.inverse(before, edits))
    assert text == first


@settings(MODEST, max_examples=MANY // 4)
@given(data=st.data(), text=commented(generated()), make=st.sampled_from([edit.delete, edit.duplicate]))
def test_several_steps_edited_at_once_become_what_one_after_another_become(
    data: st.DataObject, text: str, make: Callable[..., Edits]
) -> None:
    means = data_of(text)
    if means is None or any(part is None for part in means["steps"]):
        return
    every = [path for path in all_paths(means) if data.draw(st.booleans())]
    chosen = [path for path in every if not any(path[:i] in every for i in range(1, len(path)))]
    one_by_one: str | None = None
    with suppress(EditError):
        edited = text
        for path in sorted(chosen, reverse=True):
            edited = edit.apply(edited, make(edited, path))
        one_by_one = edited
    at_once: str | None = None
    with suppress(EditError):
        at_once = edit.apply(text, make(text, *chosen))
    assert at_once == one_by_one


@MODEST
@given(
    value=st.one_of(TEXTS, st.text(max_size=30)),
    style=st.sampled_from(["x", "'x'", '"x"', "|\n      x", ">-\n      x", ""]),
)
def test_any_text_fits_into_any_style(value: str, style: str) -> None:
    text = f"name: A\nsteps:\n  - kind: rest\n    say: {style}\n    # after\n    show: y # c\n"
    edited = edit.apply(text, edit.set_field(text, (0,), "say", value))
    assert data_of(edited)["steps"][0]["say"] == value
    assert edited.endswith("    # after\n    show: y # c\n")
