"""Questions over the window: one at a time, each in its turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

if TYPE_CHECKING:
    from guide.kit.dialog import Dialog
    from guide.kit.look import Look


def close_menus() -> None:
    """Close a menu that is open: what it belongs to may be gone in a moment."""
    while (menu := QApplication.activePopupWidget()) is not None:
        menu.close()


class Asking:
    """A part of the window: `dialog` is the question that is open, others wait for its answer."""

    body: QWidget
    stack: QStackedWidget
    look: Look

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.dialog: Dialog | None = None
        self._dialogs: deque[Dialog] = deque()
        self._calls: deque[Callable[[], None]] = deque()

    @property
    def unsaved(self) -> str:
        """What is typed in what is asked and would be lost if the window closed, in a sentence."""
        asked = (self.dialog, *self._dialogs)
        return next((one.unsaved for one in asked if one is not None and one.unsaved), "")

    def ask(
        self,
        title: str,
        text: str,
        choices: Sequence[tuple[object, str] | tuple[object, str, str]],
        then: Callable[[object], None],
        *,
        content: QWidget | None = None,
        at_once: bool = False,
    ) -> Dialog:
        """
        Put a question over the page: values with their words, and the letters that choose them where there are any.

        The first choice is the safest, and Escape takes it. One that is asked `at_once` stands over another.
        """
        from guide.kit.dialog import Choice, Dialog

        dialog = Dialog(
            self.body,
            look=self.look,
            title=title,
            text=text,
            choices=[Choice(*choice) for choice in choices],
            content=content,
        )
        self.open_dialog(dialog, then, at_once=at_once)
        return dialog

    def ask_name(
        self, title: str, label: str, before: str, then: Callable[[str], None], *, refuse: Callable[[str], str]
    ) -> None:
        """Ask for a name in place of the one before; `refuse` tells why one is not taken, or nothing."""
        from guide.kit.naming import NameDialog

        dialog = NameDialog(
            self.body, look=self.look, title=title, label=label, before=before, keep=title, refuse=refuse
        )
        self.open_dialog(dialog, lambda name: then(str(name)))

    def open_dialog(self, dialog: Dialog, then: Callable[[object], None], *, at_once: bool = False) -> None:
        """
        Show a dialog of a kind of its own; it waits for the answer to one that is open, unless it is asked `at_once`.

        A question that is open already, or waits, is not asked a second time.
        """
        asked = [one for one in (self.dialog, *self._dialogs) if one is not None]
        if any(one.accessibleName() == dialog.accessibleName() for one in asked):
            dialog.deleteLater()
            return

        def answered(value: object) -> None:
            if dialog is self.dialog:
                self.dialog = None
            else:  # it waited, or lay beneath another, and is withdrawn: what is open stays so
                self._dialogs.remove(dialog)
            try:
                if value is not None:
                    then(value)
            finally:
                self._go_on_asking()
                self._keep_focus()

        dialog.hide()
        dialog.chosen.connect(answered)
        if at_once:
            if self.dialog is not None:
                self._dialogs.appendleft(self.dialog)
                self.dialog = None
            self._dialogs.appendleft(dialog)
        else:
            self._dialogs.append(dialog)
        self._go_on_asking()

    def _keep_focus(self) -> None:
        """Give the focus to the question, or to the page on show, where what has it has gone or is not to be seen."""
        from guide.kit.focus import focus_within

        within, place = focus_within(self.body), self.dialog or self.stack.currentWidget()
        if place is not None and place.isVisible() and (within is None or not within.isVisible()):
            place.setFocus()

    def when_free(self, call: Callable[[], None]) -> None:
        """Call now, or as soon as nothing is asked any more."""
        self._calls.append(call)
        self._go_on_asking()

    def _go_on_asking(self) -> None:
        while self.dialog is None and self._dialogs:
            self.dialog = self._dialogs.popleft()
            if not self.dialog.is_open:
                close_menus()
                self.dialog.open()
        while self.dialog is None and self._calls:
            self._calls.popleft()()
