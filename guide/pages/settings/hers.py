"""What is hers in Settings: pictures, and files that never leave the computer."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide.kit.buttons import Button, IconButton
from guide.kit.flow import FlowRow
from guide.kit.label import Label
from guide.kit.look import Look
from guide.kit.rows import Row, clear
from guide.kit.tips import tip
from guide.language import _
from guide.pages.settings.section import Section
from guide.store.settings import Settings


class PhotoSection(Section):
    """The pictures she chose; the files stay where they are."""

    asked = Signal()
    removed = Signal(str)

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Photo or video of your baby"), look=look, icon="photo", parent=parent)
        self.explain(_("Shown while you pump, if you like. The files stay where they are; nothing is copied."))
        self._list = QWidget(self)
        self._photo_rows = QVBoxLayout(self._list)
        self._photo_rows.setContentsMargins(0, 0, 0, 0)
        self._photo_rows.setSpacing(0)
        self.remove_buttons: dict[str, IconButton] = {}
        self.add_below(self._list)
        buttons = FlowRow(parent=self)
        self.button = Button(_("Choose…"), look=self._look, icon="photo", size="small", parent=self)
        self.button.setAccessibleName(_("Choose a photo or a video"))
        self.button.clicked.connect(self.asked)
        buttons.add(self.button)
        buttons.setContentsMargins(0, 10, 0, 6)
        self.add_below(buttons)

    def show_photos(self, settings: Settings) -> None:
        if tuple(self.remove_buttons) == settings.photos:
            return
        clear(self._photo_rows)
        self.remove_buttons = {}
        before: QWidget = self.button
        for photo in settings.photos:
            name = PurePath(photo).name
            remove = IconButton("x", _("No longer show {name}").format(name=name), look=self._look, icon_side=18)
            remove.clicked.connect(lambda _=False, photo=photo: self.removed.emit(photo))
            row = Row(name, remove, look=self._look, height=44, parent=self._list)
            row.setToolTip(tip(photo))
            self._photo_rows.addWidget(row)
            QWidget.setTabOrder(before, remove)
            before = remove
            self.remove_buttons[photo] = remove
        self._list.setVisible(bool(settings.photos))


class AloneSection(Section):
    """Her files: shown, taken along, brought back, erased."""

    files_asked = Signal()
    export_asked = Signal()
    import_asked = Signal()
    archive_asked = Signal()
    restore_asked = Signal()
    copy_asked = Signal()
    erase_asked = Signal()

    def __init__(self, *, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Yours alone"), look=look, icon="lock", parent=parent)
        self.explain(_("Nothing leaves this computer. No account, no network."))
        self.folder = Label("", look=look, role="small", tint="text3", wrap=True, parent=self)
        self.add_below(self.folder)
        buttons = FlowRow(gap=10, parent=self)
        self.files_button = Button(_("Show files"), look=look, icon="folder", size="small", parent=self)
        self.export_button = Button(_("Export"), look=look, icon="export", size="small", parent=self)
        self.import_button = Button(_("Import"), look=look, icon="import", size="small", parent=self)
        self.archive_button = Button(_("Take everything along"), look=look, icon="export", size="small", parent=self)
        self.restore_button = Button(_("Bring everything back"), look=look, icon="import", size="small", parent=self)
        self.copy_button = Button(_("Look through the copy"), look=look, icon="import", size="small", parent=self)
        self.erase_button = Button(_("Delete everything…"), look=look, role="quiet", size="small", parent=self)
        for button, asked in (
            (self.files_button, self.files_asked),
            (self.export_button, self.export_asked),
            (self.import_button, self.import_asked),
            (self.archive_button, self.archive_asked),
            (self.restore_button, self.restore_asked),
            (self.copy_button, self.copy_asked),
            (self.erase_button, self.erase_asked),
        ):
            button.clicked.connect(asked)
            buttons.add(button)
        buttons.setContentsMargins(0, 12, 0, 6)
        self.add_below(buttons)
        self.version = Label("", look=look, role="small", tint="text3", parent=self)
        self.add_below(self.version)

    def show_folder(self, folder: str, version: str, *, copy: bool = False) -> None:
        """`copy` of the log: one that may hold what a damaged one lost."""
        self.copy_button.setVisible(copy)
        self.folder.setText(folder)
        self.folder.setVisible(bool(folder))
        self.version.setText(_("Pumping Guide {version}").format(version=version) if version else "")
