"""What the header says of the routine: its name, and whether what is written is kept."""

from __future__ import annotations

from collections.abc import Callable

from guide.pages.editor.document import RoutineText
from guide.pages.editor.header import EditorHeader
from guide.pages.editor.keeping import Keeping
from guide.store.yaml.cuts import EditError


class Standing:
    """
    Shows it when it is told to; `untaken` says whether a field shows what the text did not take.

    `builtin` is the name of a routine that is built in, as long as nothing of it is changed; `path_label` stands in
    place of a name that cannot be read.
    """

    def __init__(
        self, header: EditorHeader, text: RoutineText, keeping: Keeping, *, untaken: Callable[[], bool]
    ) -> None:
        self._header = header
        self._text = text
        self._keeping = keeping
        self._untaken = untaken
        self.builtin = ""
        self.path_label = ""

    def show(self) -> None:
        if self._text.is_read:  # while she types, the name is not looked for in a text nobody has read
            self._header.show_name(self._name())
        self._header.show_state(self._keeping.state(untaken=self._untaken()), trouble=self._keeping.trouble)

    def name_written(self) -> str:
        """The name as the text has it, of the last version that plays where this one cannot be read."""
        try:
            name = self._text.fields(()).get("name")
        except EditError:
            plan = self._text.plan
            return plan.routine.name if plan is not None else self.path_label
        return " ".join(name.split()) if isinstance(name, str) and name.strip() else self.path_label

    @property
    def untouched(self) -> bool:
        """Whether it is built in, and as it was."""
        return bool(self.builtin) and self._text.text_to_save() == self._keeping.saved_text

    def _name(self) -> str:
        return self.builtin if self.untouched else self.name_written()
