"""The language of the screen, as her settings and the system have it, and what Qt makes of it."""

from __future__ import annotations

import os
from collections.abc import Callable

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtGui import QGuiApplication

from guide.language import ENGLISH, asked_by, known, right_to_left, speak, spoken
from guide.store.settings import Settings

Catalogue = Callable[[QObject], QTranslator]


def system_language() -> str:
    """What a terminal would be told, else what the desktop says."""
    asked = asked_by(os.environ)
    return asked if asked != ENGLISH else QLocale.system().name().replace("_", "-")


def use_language(settings: Settings, catalogue: Catalogue = QTranslator) -> bool:
    """
    Speak the language of the settings from now on; True where that is another one than before.

    Numbers and dates are those of her country, where the system names one that speaks it. `catalogue` makes what
    holds Qt's own words.
    """
    system = system_language()
    wanted = settings.language or system
    language = known(wanted)
    application = QGuiApplication.instance()
    if isinstance(application, QGuiApplication):
        translate_qt(application, language, catalogue)
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


def translate_qt(application: QGuiApplication, language: str, catalogue: Catalogue = QTranslator) -> None:
    """Qt's own words, as on file dialogs and the menus of fields, from its catalogue; English where there is none."""
    installed = application.findChild(QTranslator)
    if language == (installed.objectName() if installed else ENGLISH):
        return
    if installed:
        application.removeTranslator(installed)
        installed.setParent(None)
    if language == ENGLISH:
        return
    words = catalogue(application)
    words.setObjectName(language)
    if words.load(QLocale(language), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)
