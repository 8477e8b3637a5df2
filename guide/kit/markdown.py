"""The Markdown of Learn's pages, read into blocks: paragraphs, lists, checklists, sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from guide.core.search import finds

_INLINE: Final = re.compile(r"\*\*(?P<strong>.+?)\*\*|\*(?P<soft>[^*]+)\*|\[(?P<label>[^\]]+)\]\((?P<target>[^)\s]+)\)")
_ITEM: Final = re.compile(r"(?:-|(?P<number>\d+)\.) +(?:\[(?P<box>[ xX])\] +)?(?:\{(?P<mark>[a-z]+)\} +)?(?P<text>.*)")
_HEADING: Final = re.compile(r"(?P<level>#{1,3}) +(?P<text>.+?)(?: +\{(?P<mark>[a-z]+)\})?")
_MARK: Final = re.compile(r" \{[a-z]+\}")
_ADDRESS: Final = re.compile(r"\b(?:[\w-]+\.)+[a-z]{2,}/\S*[^\s.,;]|\b10\.\d{4,}/\S*[^\s.,;]")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words; `target` is what a link leads to: `learn:ID` or `routine:ID`."""

    text: str
    strong: bool = False
    target: str = ""


Words = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A heading; `mark` tells what its section is, in any language: `## Emergency, now {emergency}`."""

    text: str
    level: int = 2
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    words: Words


@dataclass(frozen=True, slots=True)
class Items:
    items: tuple[Words, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to try: its name, and what it is; `mark` tells its glyph, in any language."""

    title: str
    words: Words
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Tasks:
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class RoutineOffer:
    """A paragraph that leads up to one routine and ends with it."""

    words: str
    label: str
    routine: str


Block = Title | Paragraph | Items | Tasks | RoutineOffer


@dataclass(frozen=True, slots=True)
class LearnText:
    """One page; `lead` is its first paragraph and `body` the rest, both Markdown."""

    id: str
    title: str
    lead: str
    body: str


def page_of(page_id: str, source: str) -> LearnText:
    r"""
    Part a page's file into title, lead and body.

    >>> page_of("first-days", "# First days\n\nDrops are normal.\n\n## How often\n")
    LearnText(id='first-days', title='First days', lead='Drops are normal.', body='## How often')
    """
    title, lead, *body = [*re.split(r"\n\s*\n", source.strip(), maxsplit=2), "", ""]
    return LearnText(page_id, title.removeprefix("# ").strip(), " ".join(lead.split()), body[0].strip())


def words_of(text: str) -> Words:
    """
    Find what is strong and what leads elsewhere.

    >>> words_of("See **this** and [that](learn:that).")[1:4]
    (Span(text='this', strong=True, target=''), Span(text=' and ', strong=False, target=''), \
Span(text='that', strong=False, target='learn:that'))
    """
    plain = " ".join(text.split())
    spans, at = [], 0
    for found in _INLINE.finditer(plain):
        if found.start() > at:
            spans.append(Span(plain[at : found.start()]))
        if found["target"]:
            spans.append(Span(found["label"], target=found["target"]))
        else:
            spans.append(Span(found["strong"] or found["soft"], strong=True))
        at = found.end()
    if at < len(plain):
        spans.append(Span(plain[at:]))
    return tuple(spans)


def plain(words: Words) -> str:
    return "".join(span.text for span in words)


def address_in(words: Words) -> str:
    """
    Find the web address or DOI a source ends with, if it has one.

    >>> address_in((Span("Morton 2009, nature.com/articles/jp200987"),)), address_in((Span("EXPRESS, doi 10.1038/s4"),))
    ('nature.com/articles/jp200987', '10.1038/s4')
    >>> address_in((Span("romper.com, the same"),))
    ''
    """
    found = _ADDRESS.search(plain(words))
    return found[0] if found else ""


def blocks_of(body: str) -> tuple[Block, ...]:
    r"""
    Read a page's body; a line that is indented or plain goes on with what stands before it.

    >>> blocks_of("## Soon\n\n- a lump\n  that stays\n- pain")[1].items[0][0].text
    'a lump that stays'
    """
    return tuple(_block(lines) for lines in _runs(body))


def search_text(text: LearnText) -> str:
    """Give all words of a page, without their marks."""
    everything = _MARK.sub("", f"{text.title} {text.lead} {text.body}")
    return " ".join(_INLINE.sub(lambda m: m["strong"] or m["soft"] or m["label"], everything).split())


def matches(text: LearnText, sought: str) -> bool:
    """Tell whether every sought word stands on the page."""
    return finds(sought, search_text(text))


def _runs(body: str) -> Iterator[list[str]]:
    """Lines that belong together: split at blank lines; list items each begin a line of their run."""
    run: list[str] = []
    for line in [*body.splitlines(), ""]:
        if not line.strip():
            if run:
                yield run
            run = []
        elif run and not _ITEM.match(line):
            run[-1] = f"{run[-1]} {line.strip()}"
        else:
            run.append(line.strip())


def _block(lines: Sequence[str]) -> Block:
    heading = _HEADING.fullmatch(lines[0])
    if heading:
        return Title(heading["text"].strip(), len(heading["level"]), heading["mark"] or "")
    items = [item for line in lines if (item := _ITEM.fullmatch(line))]
    if not items:
        return _paragraph(words_of(" ".join(lines)))
    if items[0]["box"]:
        return Tasks(tuple(_task(words_of(item["text"]), item["mark"] or "") for item in items))
    return Items(tuple(words_of(item["text"]) for item in items), numbered=bool(items[0]["number"]))


def _task(words: Words, mark: str) -> Task:
    first, *rest = words
    if not first.strong:
        return Task(plain(words), (), mark)
    head = rest[0] if rest else Span("")
    return Task(first.text.rstrip("."), (Span(head.text.lstrip(), head.strong, head.target), *rest[1:]), mark)


def _paragraph(words: Words) -> Paragraph | RoutineOffer:
    match words:
        case (Span(text, strong=False, target=""), Span(label, target=target), Span(".")) if text.rstrip().endswith(
            ":"
        ) and target.startswith("routine:"):
            return RoutineOffer(text.strip().rstrip(":"), label, target.removeprefix("routine:"))
        case _:
            return Paragraph(words)
