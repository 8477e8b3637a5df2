"""Tooltips in plain letters, whatever a name of hers looks like."""

from __future__ import annotations


def tip(text: str) -> str:
    """
    The text for a tooltip; Qt reads one with a tag in its first line as rich text, and load the files it names.

    >>> tip("Slow evening"), tip("<img src=a.png>")
    ('Slow evening', '<p>&lt;img src=a.png&gt;</p>')
    """
    if "<" not in text and "&" not in text:
        return text
    from html import escape  # few names have such a letter

    return f"<p>{escape(text, quote=False)}</p>"
