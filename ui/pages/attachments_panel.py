# SPDX-License-Identifier: Apache-2.0
"""A person's photos, scans and PDFs: added from a file, by dragging or by pasting, looked at inside the program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QIcon, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QListWidget, QListWidgetItem

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.pieces import Card, button, label, row
from ui.kit.typed_dates import show_date
from ui.pages.attachment_dialogs import AttachDialog, LookDialog, thumbnail
from ui.pages.attachments_store import FilesOf, OfAPerson
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.services.attachments import AttachedFile, AttachmentRow

PICTURE = 48
ROW = 60
AT_ONCE = 4
"""Rows in sight; further ones are scrolled to."""
KINDS = "*.jpg *.jpeg *.png *.webp *.tif *.tiff *.pdf"
"""What the file dialog shows first; what a file is is read from the file."""


class AttachmentList(QListWidget):
    """The attachments with their small pictures; Enter looks at one, Ctrl+V adds what was copied."""

    chosen = Signal(str)
    pasted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Attachments"))
        self.setIconSize(QSize(PICTURE, PICTURE))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and paste."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self._choose(self.currentItem())
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        else:
            super().keyPressEvent(event)

    def show_rows(self, rows: Sequence[AttachmentRow]) -> None:
        """Show these, the list as high as they need."""
        kept = self.currentRow()
        self.clear()
        for one in rows:
            facts = (term("document_type", one.document_type), show_date(one.attached_on))
            words = " · ".join(fact for fact in facts if fact)
            item = QListWidgetItem(_icon(one.preview), f"{one.title}\n{words}")
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.title}, {words}")
            item.setSizeHint(QSize(0, ROW))
            self.addItem(item)
        self.setFixedHeight(min(len(rows), AT_ONCE) * ROW + 2 * self.frameWidth() + 4)
        self.setVisible(bool(rows))
        self.setCurrentRow(min(max(kept, 0), len(rows) - 1))

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


def _icon(preview: bytes | None) -> QIcon:
    """The small picture, in its own colours also where it is chosen."""
    picture, made = thumbnail(preview, 2 * PICTURE), QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        made.addPixmap(picture, mode)
    return made


class AttachmentsPanel(Card):
    """A card with the attachments of a person, or of one of their records."""

    counted = Signal(int)

    def __init__(self, desk: Desk, heading: str = "") -> None:
        super().__init__(heading or _("Attachments"))
        self.desk = desk
        self.of: FilesOf | None = None
        self.rows: dict[str, AttachmentRow] = {}
        self.dialog: AttachDialog | LookDialog | None = None
        self._waiting: list[Path | bytes] = []
        self.list = AttachmentList()
        self.note = label("", "help", wrap=True)
        self.add_button = button(_("Add a file…"), self.choose_files, name=_("Add an attachment"))
        self.paste_button = button(_("Paste"), self.paste, help=_("What you copied (Ctrl+V)"))
        self.body.addWidget(self.list)
        self.body.addWidget(self.note)
        self.body.addLayout(row(self.add_button, self.paste_button, None))
        self.setAcceptDrops(True)
        self.list.chosen.connect(self.look)
        self.list.pasted.connect(self.paste)
        self.list.hide()
        desk.worker.changed.connect(self._changed)

    def show_person(self, person_id: str, *, about: str | None = None, about_id: str | None = None) -> None:
        """Show the attachments of a person, or those of one record of theirs."""
        self.show_files(OfAPerson(person_id, about, about_id))

    def show_files(self, of: FilesOf) -> None:
        """Show the files of whomever or whatever."""
        if of != self.of:
            self._waiting.clear()
        self.of = of
        self._read()

    @property
    def about(self) -> tuple[str | None, str | None]:
        """The record whose attachments these are, nothing for the person as such."""
        return (self.of.about, self.of.about_id) if isinstance(self.of, OfAPerson) else (None, None)

    def allow_adding(self, allowed: bool) -> None:
        """Let files be added, or only looked at."""
        self.add_button.setVisible(allowed)
        self.paste_button.setVisible(allowed)
        self.setAcceptDrops(allowed)

    def choose_files(self) -> None:
        """Ask for files."""
        kinds = _("Photos, scans and PDFs")
        paths, _filter = QFileDialog.getOpenFileNames(
            self, _("Add attachments"), "", f"{kinds} ({KINDS});;{_('All files')} (*)"
        )
        self.take([Path(path) for path in paths])

    def paste(self) -> None:
        """Add the picture or the files that were copied."""
        self._take_data(QGuiApplication.clipboard().mimeData())

    def take(self, files: Sequence[Path | bytes]) -> None:
        """Check these files one after the other, and ask what each is."""
        self._waiting += files
        self._say("")
        if self.dialog is None:
            self._next()

    def look(self, attachment_id: str) -> None:
        """Show one."""
        one, of = self.rows.get(attachment_id), self.of
        if one is None or of is None:
            return
        dialog = LookDialog(self, self.desk, one, of.content)
        dialog.rename.connect(lambda: self._rename(one))
        dialog.take_back.connect(lambda: self._take_back(one))
        self._open(dialog)

    def open_record(self, attachment_id: str) -> None:
        """Show one as soon as the list is there."""
        self._wanted = attachment_id
        if attachment_id in self.rows:
            self._look_at_wanted()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures are welcome."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        event.acceptProposedAction()
        self._take_data(event.mimeData())

    # Inside

    _wanted = ""

    def _take_data(self, data: QMimeData | None) -> None:
        if data is None:
            return
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self.take(list(files))
        elif data.hasImage():
            self.take([_as_png(QImage(data.imageData()))])
        else:
            self._say(_("Nothing was copied that can be attached."), "warning")

    def _next(self) -> None:
        if not self._waiting:
            return
        file = self._waiting.pop(0)
        self.desk.worker.run(
            lambda: _checked(file),
            lambda checked: self._ask_for(checked, file),
            lambda error: self._refused(error, file),
            what=_("Looking at the file…"),
            owner=self,
        )

    def _ask_for(self, checked: AttachedFile, file: Path | bytes) -> None:
        title = file.stem if isinstance(file, Path) else ""
        of = self.of
        if of is not None:
            dialog = AttachDialog(self, self.desk, checked.preview, {"title": title}, of.asked)
            dialog.named.connect(lambda values: self._attach(of, checked, values))
            self._open(dialog)

    def _open(self, dialog: AttachDialog | LookDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(lambda _result: self._over())
        dialog.open()

    def _over(self) -> None:
        self.dialog = None
        self._next()

    def _attach(self, of: FilesOf, checked: AttachedFile, values: dict[str, Any]) -> None:
        self.desk.worker.change(lambda session: of.attach(session, checked, values), self._saved)

    def _rename(self, one: AttachmentRow) -> None:
        of = self.of
        if of is None:
            return
        known = {"title": one.title, "document_type": one.document_type}
        dialog = AttachDialog(self, self.desk, one.preview or b"", known, of.asked)
        dialog.named.connect(
            lambda values: self.desk.worker.change(lambda session: of.rename(session, one, values), self._saved)
        )
        self._open(dialog)

    def _take_back(self, one: AttachmentRow) -> None:
        of, attachment_id, reason = self.of, one.id, _("Entered by mistake.")
        if of is not None:
            self.desk.worker.change(lambda session: of.take_back(session, attachment_id, reason), self._saved)

    def _saved(self, _id: object) -> None:
        self.desk.messages.done(_("Saved."))
        self._read()

    def _refused(self, error: Exception, file: Path | bytes) -> None:
        problems = getattr(error, "problems", ())
        if not problems:
            self.desk.messages.show_error(error)
        called = f"{file.name}: " if isinstance(file, Path) else ""
        said = [self.note.text()] if self.note.property("role") == "error" else []
        self._say("\n".join([*said, *(f"{called}{problem.words()}" for problem in problems)]), "error")
        self._next()

    def _say(self, words: str, tone: str = "help") -> None:
        from ui.kit.pieces import set_role

        set_role(self.note, "role", tone)
        self.note.setText(words or ("" if self.rows else _("Photos, scans and PDFs. Drag them here, or paste them.")))
        self.note.setVisible(bool(self.note.text()))

    def _read(self) -> None:
        of = self.of
        if of is not None:
            self.desk.worker.read(lambda session: (of, of.rows(session)), self._show, quiet=True, owner=self)

    def _show(self, found: tuple[FilesOf, list[AttachmentRow]]) -> None:
        of, rows = found
        if of != self.of:
            return
        self.rows = {one.id: one for one in rows}
        self.list.show_rows(rows)
        if self.note.property("role") == "help":
            self._say("")
        self.counted.emit(len(rows))
        self._look_at_wanted()

    def _look_at_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        if wanted in self.rows and self.dialog is None:
            self.look(wanted)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if self.of is not None and self.of.noun in changed and self.isVisible():
            self._read()


def _checked(file: Path | bytes) -> AttachedFile:
    from resource_centre.pdf_files import refusal
    from resource_centre.services.attachments import MEGABYTE, read_file
    from resource_centre.services.rules import rule

    if isinstance(file, bytes):
        return read_file(file)
    if not file.is_file():
        raise refusal("file_kind")
    if file.stat().st_size > rule("attachment_photo_megabytes") * MEGABYTE:
        raise refusal("file_too_big")
    return read_file(file.read_bytes())


def _as_png(image: QImage) -> bytes:
    made = QByteArray()
    buffer = QBuffer(made)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # Qt takes a device; its stubs know paths only
    return bytes(made.data())
