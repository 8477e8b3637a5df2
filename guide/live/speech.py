"""The language of the screen, as her settings and the system have it, and what Qt makes of it."""

from __future__ import annotations

import os

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication

from guide.language import ENGLISH, asked_by, known, right_to_left, speak, spoken
from guide.store.settings import Settings


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
    if language == spoken():
        return False
    there = [tag for tag in (wanted, system) if tag.partition("-")[0] == language.partition("-")[0]]
    country = max(there, key=len, default=language)
    speak(language, country=country)
    QLocale.setDefault(QLocale(country))
    application = QGuiApplication.instance()
    if isinstance(application, QGuiApplication):
        mirrored = right_to_left(language)
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    return True
