"""The language of the screen, as her settings and the system have it, and what Qt makes of it."""

from __future__ import annotations

import os
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication

from guide.compat import override
from guide.language import ENGLISH, N_, _, asked_by, known, right_to_left, speak, spoken
from guide.store.settings import Settings

NOT_QT_S: Final = (N_("&Look in:"), N_("Files of &type:"))  # Qt has them in German, not in Spanish


def system_language() -> str:
    """What a terminal would be told, else what the desktop says."""
    asked = asked_by(os.environ)
    return asked if asked != ENGLISH else QLocale.system().name().replace("_", "-")


def use_language(settings: Settings) -> bool:
    """
    Speak the language of the settings from now on; True where that is another one than before.

    Numbers and dates are those of her country, where the system names one that speaks it.
    """
    system = system_language()
    wanted = settings.language or system
    language = known(wanted)
    application = QGuiApplication.instance()
    if isinstance(application, QGuiApplication):
        translate_qt(application, language)
    if language == spoken():
        return False
    there = [tag for tag in (wanted, system) if tag.partition("-")[0] == language.partition("-")[0]]
    country = max(there, key=len, default=language)
    speak(language, country=country)
    QLocale.setDefault(QLocale(country))
    if isinstance(application, QGuiApplication):
        mirrored = right_to_left(language)
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    return True


class _QtWords(QTranslator):
    """Qt's catalogue of a language, and from the screen's what Qt has not translated of its file dialog."""

    @override
    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        by_qt = super().translate(context, source, disambiguation, n)
        return by_qt or (_(source) if source in NOT_QT_S else by_qt)


def translate_qt(application: QGuiApplication, language: str) -> None:
    """Qt's own words, as on file dialogs and the menus of fields, from its catalogue; English where there is none."""
    installed = application.findChild(QTranslator)
    if language == (installed.objectName() if installed else ENGLISH):
        return
    if installed:
        application.removeTranslator(installed)
        installed.setParent(None)
    if language == ENGLISH:
        return
    words = _QtWords(application)
    words.setObjectName(language)
    if words.load(QLocale(language), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)
