"""Letters that look like YAML's own and are none: which matter, where they stand, and what was meant."""

from __future__ import annotations

from guide.store.yaml.odd import bullet_of, odd_in, odd_letter, without_odd
from tables import each_row

NO_DASH = "'{}' does not begin an entry; write '- '"
DASH = "Change to '- '"
PAGE = "'{}' belongs to the page that this was copied from; delete the line"
SPACES = "{} stands here; use plain spaces"
DELETE = "{} stands here; delete it"
NO_COLON = "'{0}' (U+{1:04X}) looks like a colon and is none; write ': '"
LINE_END = "this line ends with the character U+{}; end it with Enter"

# the letter stands after ⟨, which is taken out of the text before it is looked at
FOUND = [
    *((f"a: b⟨{chr(code)}c", LINE_END.format(f"{code:04X}"), "End the line here", "a: b\nc")
      for code in (0x85, 0x2028, 0x2029)),
    ("\u00a0a: b⟨\u2028c", LINE_END.format("2028"), "End the line here", "\u00a0a: b\nc"),
    *((f"- a\n  ⟨{bullet}  b", NO_DASH.format(bullet), DASH, "- a\n  - b") for bullet in "‐–―•‣⁃−·▪●◦"),
    ("- - ⟨•\u00a0\u2003 b", NO_DASH.format("•"), DASH, "- - - b"),
    ("⟨•b", NO_DASH.format("•"), DASH, "- b"),
    ("⟨* a", NO_DASH.format("*"), DASH, "- a"),
    ("\t⟨1. a: b", NO_DASH.format("1."), DASH, "\t- a: b"),
    ("- ⟨123)\t {a", NO_DASH.format("123)"), DASH, "- - {a"),
    (" \t-⟨a_Z: b", "a space is missing after '-'", "Put in a space", " \t- a_Z: b"),
    *((f"  - a1 ⟨{colon}  b", NO_COLON.format(colon, ord(colon)), "Change to ': '", "  - a1 : b")
      for colon in "\uff1a\ufe55\u2236\ua789"),
    ("a⟨\uff1a", NO_COLON.format("\uff1a", 0xFF1A), "Change to ': '", "a: "),
    ("  ⟨```yaml\r\na", PAGE.format("```"), "Delete the line", "a"),
    ("⟨``` y\na", PAGE.format("```"), "Delete the line", "a"),
    ("a: b\r\t⟨~~~ x\rb", PAGE.format("~~~"), "Delete the line", "a: b\rb"),
    ("⟨~~~", PAGE.format("~~~"), "Delete the line", ""),
    ("a: b\n⟨\u00a0\nc: d", DELETE.format("a no-break space (U+00A0)"), "Delete it", "a: b\n\nc: d"),
    ("a: b\r⟨\u200b \t\u00a0\rc: d", DELETE.format("a zero-width space (U+200B)"), "Delete it", "a: b\r\rc: d"),
    ("⟨\u00a0a: b", SPACES.format("a no-break space (U+00A0)"), "Change to spaces", " a: b"),
    (" ⟨\u202fa: b", SPACES.format("a narrow no-break space (U+202F)"), "Change to spaces", "  a: b"),
    ("-⟨\u2009a: b", SPACES.format("a thin space (U+2009)"), "Change to spaces", "- a: b"),
    ("a⟨\u3000: b", SPACES.format("an ideographic space (U+3000)"), "Change to spaces", "a : b"),
    ("a:⟨\u1680b", SPACES.format("an unusual space (U+1680)"), "Change to spaces", "a: b"),
    ("  ⟨\u00a0 \u205fa: b", SPACES.format("a no-break space (U+00A0)"), "Change to spaces", "     a: b"),
    ("⟨\u200e \u200fa: b", SPACES.format("a left-to-right mark (U+200E)"), "Change to spaces", " a: b"),
    ("- ⟨\u00a0- a: b", SPACES.format("a no-break space (U+00A0)"), "Change to spaces", "-  - a: b"),
    ("⟨\u00ada: b", DELETE.format("a soft hyphen (U+00AD)"), "Delete it", "a: b"),
    ("a⟨\u200b: b", DELETE.format("a zero-width space (U+200B)"), "Delete it", "a: b"),
    ("a⟨\u200c\u200db: c", DELETE.format("a zero-width non-joiner (U+200C)"), "Delete it", "ab: c"),
    ("⟨\u200d\u2060a: b", DELETE.format("a zero-width joiner (U+200D)"), "Delete it", "a: b"),
    ("a:⟨\u200fb", DELETE.format("a right-to-left mark (U+200F)"), "Delete it", "a:b"),
    ("a⟨\u2066: b", DELETE.format("a letter without width (U+2066)"), "Delete it", "a: b"),
    ("a: b\n⟨\ufeffc: d", DELETE.format("a byte-order mark (U+FEFF)"), "Delete it", "a: b\nc: d"),
    ("\ufeff⟨\ufeffa: b", DELETE.format("a byte-order mark (U+FEFF)"), "Delete it", "\ufeffa: b"),
    ("⟨\u00a0a: b\n \t\r\n\rc: d", SPACES.format("a no-break space (U+00A0)"), "Change to spaces",
     " a: b\n \t\r\n\rc: d"),
    ("\u00a0a: b\r⟨\u00a0c: d\re: f", SPACES.format("a no-break space (U+00A0)"), "Change to spaces",
     "\u00a0a: b\r c: d\re: f"),
]  # fmt: skip


@each_row(("marked", "words", "label", "mended"), FOUND)
def test_a_letter_that_is_not_yamls_own_is_told_with_its_place_and_the_way(
    marked: str, words: str, label: str, mended: str
) -> None:
    text = marked.replace("⟨", "")
    found = odd_letter(text, len(text))
    assert found is not None
    start, said, fix = found
    assert fix is not None
    assert (start, said, fix.label) == (marked.index("⟨"), words, label)
    assert text[: fix.start] + fix.text + text[fix.end :] == mended


@each_row(
    "text",
    ["", "•", "• \n", "1234. a", "1.a", "1. ", "* *a*", "-a:b", "-1a: b", "a ``` b", "\ufeffa: b", "a: b\u00a0c\u200b",
     "a: 'b\u200b'", " \u00a0\nb: c", "\u00a0a", "a b\u00a0c: d", "a: b\uff1a c",
     "\u00a0a: b\nc: d\ne: f", "\u00a0a: b\nX\ne: f", "-a: b\nc: d\ne: f", "a\uff1a b\nc: d\ne: f"],
)  # fmt: skip
def test_a_letter_that_is_good_where_it_stands_is_not_told(text: str) -> None:
    assert odd_letter(text, len(text)) is None


def test_a_letter_counts_on_the_line_of_the_place_and_on_the_one_above() -> None:
    text = "\u00a0a: b\nc: d\n\u200be: f\ng: h"
    found = [odd_letter(text, until) for until in range(len(text) + 1)]
    assert [one and one[0] for one in found] == [0] * 11 + [11] * (len(text) - 10)


def test_a_line_that_begins_after_the_place_does_not_count() -> None:
    assert odd_letter("a: b\n\u00a0c: d", 4) is None


@each_row(
    ("word", "named", "meant"),
    [
        ("pump", "", "pump"),
        ("pu\u200bmp\u00a0", "a zero-width space (U+200B)", "pump"),
        ("\u2003a\u00a0b\ufeff", "an unusual space (U+2003)", "a b"),
        ("a\u202e", "a letter without width (U+202E)", "a"),
    ],
)
def test_a_word_with_letters_nobody_sees_is_named_and_its_meaning_known(word: str, named: str, meant: str) -> None:
    assert (odd_in(word), without_odd(word)) == (named, meant)


@each_row(("text", "bullet"), [("• a", "•"), ("\t- –b", "–"), ("◦\u00a0b", "◦"), ("a", ""), ("- a", ""), ("•", "")])
def test_a_bullet_is_known_where_a_word_follows_it(text: str, bullet: str) -> None:
    assert bullet_of(text) == bullet
