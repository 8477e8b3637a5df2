"""The dialog that asks for one line of words, such as a name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide.compat import override
from guide.kit.dialog import Choice, Dialog
from guide.kit.fields import Field
from guide.kit.focus import announce
from guide.kit.label import Label
from guide.kit.look import Look
from guide.language import _


class NameDialog(Dialog):
    """
    Asks for words and is `chosen` with them, without spaces at their ends, or with None where she leaves it.

    `refuse` tells in a sentence why words are not taken, or an empty text; the dialog then stays, and says so.
    """

    def __init__(
        self,
        host: QWidget,
        *,
        look: Look,
        title: str,
        label: str,
        before: str,
        keep: str,
        refuse: Callable[[str], str] = lambda _: "",
    ) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.field = Field(label, look=look, text=before, parent=content)
        self.trouble = Label("", look=look, role="small", tint="accent_text", wrap=True, parent=content)
        self.trouble.hide()
        column.addWidget(self.field)
        column.addWidget(self.trouble)
        self._refuse = refuse
        super().__init__(
            host,
            look=look,
            title=title,
            choices=[Choice(None, _("Not now")), Choice(self, keep)],
            content=content,
        )
        leave, take = self.buttons
        leave.set_role("standard")
        take.set_role("primary")
        self.field.returnPressed.connect(take.click)

    @override
    def open(self) -> None:
        super().open()
        self.field.setFocus()
        self.field.selectAll()

    @override
    def choose(self, value: object) -> None:
        if value is not self:
            super().choose(value)
            return
        words = self.field.text().strip()
        why = self._refuse(words) if words else _("A name has at least one letter.")
        if not why:
            super().choose(words)
            return
        self.trouble.setText(why)
        self.trouble.show()
        self._place()
        self.field.setFocus()
        announce(self, why)
