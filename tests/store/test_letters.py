"""Files told by their first bytes: what is no text says what it is, and the way out."""

from __future__ import annotations

from guide.store.bringing.letters import looks_like_a_routine, no_text
from tables import each_row

SHEET = "it is a spreadsheet's own file; save it there as CSV, and import that"
ARCHIVE = "it is an archive of another program; take the files out of it first"
OURS = "it is an archive: bring everything back in Settings, or with 'pumping-guide restore'"
ZIP = b"PK\x03\x04"


@each_row(
    ("data", "why"),
    [
        (b"", ""), (b"began,left_ml", ""), (b"xl/work", ""), (b"pumping-guide.json", ""), (b" PK\x03\x04xl/work", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", SHEET), (ZIP + b"..xl/workbook", SHEET),
        (ZIP + b"opendocument.spreadsheet", SHEET), (ZIP + b"Index/Tables", SHEET),
        (ZIP + b"xl/work pumping-guide.json", SHEET),
        (ZIP, ARCHIVE), (ZIP + b"photos/1.jpg", ARCHIVE), (ZIP + b"pumping-guide.json", OURS),
    ],
)  # fmt: skip
def test_a_file_that_is_no_text_says_what_it_is(data: bytes, why: str) -> None:
    assert no_text(data) == why


@each_row(
    ("text", "like"),
    [("steps:", True), ("steps\t :", True), ("name: a\nsteps: []", True), ("# steps:", False), ("Steps:", False)],
)
def test_a_text_with_steps_at_the_beginning_of_a_line_looks_like_a_routine(text: str, like: bool) -> None:
    assert looks_like_a_routine(text) is like
