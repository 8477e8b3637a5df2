"""What Qt says itself, on file dialogs and the menus of fields, in the language of the screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from guide.compat import override
from guide.kit.guard import Guarded
from guide.language import ENGLISH, N_, _

NOT_QT_S: Final = (N_("&Look in:"), N_("Files of &type:"))  # Qt has them in German, not in Spanish


class QtWords(Guarded, QTranslator):
    """Qt's catalogue of a language, and from the screen's what Qt has not translated of its file dialog."""

    @override
    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        by_qt = super().translate(context, source, disambiguation, n)
        return by_qt or (_(source) if source in NOT_QT_S else by_qt)


def translate_qt(language: str) -> None:
    """Have Qt speak a language from its own catalogue; English where there is none."""
    application = QCoreApplication.instance()
    if application is None:
        return
    if installed := application.findChild(QtWords):
        application.removeTranslator(installed)
        installed.setParent(None)
    if language == ENGLISH:
        return
    words = QtWords(application)
    if words.load(QLocale(language), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)
