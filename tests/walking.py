"""Every text of a page, as it is drawn, told to a screen reader, or offered in a tooltip or a menu."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget


def texts_of(root: QWidget) -> Iterator[tuple[str, str]]:
    """Each text with the widget's class."""
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isHidden() or not widget.isVisibleTo(root):
            continue
        found = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QAbstractButton | QLabel):
            found.append(widget.text())
        elif callable(text := getattr(widget, "text", None)) and not isinstance(widget, QLineEdit):
            found.append(str(text()))
        if isinstance(widget, QLineEdit):
            found.append(widget.placeholderText())
        for text in found:
            if text:
                yield type(widget).__name__, text


def outside_brackets(text: str) -> str:
    """
    The letters that stand in no brackets: what was never marked for translation.

    >>> outside_brackets("[Ŕéšţ ~] · 5 min"), outside_brackets("[Ļéƒţ {name} ~]"), outside_brackets("Pump")
    ('', '', 'Pump')
    """
    plain = text
    while (shorter := re.sub(r"\[[^\[\]]*\]", "", plain)) != plain:
        plain = shorter
    plain = re.sub(r"\b(?:min|mL|fl oz|s|h|MB|Ctrl|Esc|F\d+|Pumping Guide|CSV|JSON|YAML|PDF)\b", "", plain)
    return plain.strip() if re.search(r"[A-Za-z]{2}", plain) else ""
