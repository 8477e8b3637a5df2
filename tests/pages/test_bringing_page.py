"""The sheet of what files would bring: its words in every language, and their room where they are large."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from guide.kit.look import Look
from guide.language import speak
from guide.pages.bringing.page import BringingPage, summary_of
from guide.store.bringing.archive_words import part_words
from guide.store.bringing.cells import Unit
from guide.store.bringing.columns import guess
from guide.store.bringing.look import matched
from guide.store.bringing.looked_at import FileKind, Inspection, LookedAt
from guide.store.bringing.sheet import cut
from guide.store.contents import ArchivePart
from guide.store.log.incoming import BadRow
from languages import COMPLETE

Show = Callable[[QWidget], object]

NOW = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)
NARROWEST = 640  # beside the edges of the sheet and its bar, in a window of 800


def test_the_parts_of_a_line_go_on_in_small_letters_in_every_language() -> None:
    one = LookedAt(Path("a.csv"), FileKind.SESSIONS, known=3, left_out=(BadRow(2, "soon"), BadRow(3, "soon")))
    for language in ("en", *COMPLETE):
        speak(language)
        for words in (summary_of(one), part_words(ArchivePart(2, 3))):
            first, *others = words.split(", ")
            assert first[0] == first[0].upper(), words
            assert not any(part[0].isupper() for part in others), words


def test_large_words_have_their_size_in_a_small_window_in_every_language(look: Look, show: Show) -> None:
    sheet = cut(
        "Datum;Uhrzeit;Abpumpdauer in Minuten;Linke Brust (ml);Rechte Brust (oz);Bemerkungen\n3.4.2025;6:35;20;60;7;a\n"
    )
    one = matched(Path("a.csv"), sheet, guess(sheet), ZoneInfo("Europe/Berlin"), Unit.ML)
    look.choose_scale(1.6)
    for language in ("en", *COMPLETE):
        speak(language)
        page = BringingPage(look=look)
        page.show_look(Inspection((LookedAt(one.path, one.kind, same_time=one.records, sheet=sheet, match=one.match,
                                            plain=one.plain),)), NOW, ounces=False)  # fmt: skip
        show(page)
        assert page.minimumSizeHint().width() <= NARROWEST, language  # wider, and all words are drawn smaller
