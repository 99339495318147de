# SPDX-License-Identifier: Apache-2.0
"""What is asked of a new attachment, and a look at one that is there: as pictures, inside the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from resource_centre.i18n import _
from resource_centre.records import Attachment, fields_of
from ui.kit.desk import Desk
from ui.kit.form import Form
from ui.kit.messages import ask
from ui.kit.pieces import WIDE_GAP, button, label, row
from ui.kit.saving_files import ask_where, save_whole
from ui.pages.report_preview import Preview

if TYPE_CHECKING:
    from reports.preview import PageImage
    from resource_centre.services.attachments import AttachedFile, AttachmentRow

WIDTH, HEIGHT = 760, 620
PAGE_WIDTH = 1320
THUMBNAIL = 320


class AttachDialog(QDialog):
    """Asks what a file is to be called. The file is checked already; Cancel forgets it."""

    named = Signal(object)
    """``{"title": ..., "document_type": ...}``, or as many of these as are asked"""

    def __init__(
        self, parent: QWidget, desk: Desk, preview: bytes, known: Mapping[str, Any], asked: Sequence[str]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Attachment"))
        self.form = Form(desk.places, asks_why=False, label_width=110)
        self.form.add_fields(fields_of(Attachment), *asked)
        self.form.set_values(known)
        picture = QLabel()
        picture.setPixmap(thumbnail(preview, THUMBNAIL))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        picture.setAccessibleName(_("What will be attached"))
        self.save_button = button(_("&Save"), self.save, role="main", help="Ctrl+S")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(WIDE_GAP)
        inside.addWidget(picture)
        inside.addWidget(self.form)
        inside.addLayout(row(None, button(_("Cancel"), self.reject, help="Esc"), self.save_button))
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        self.form.editor("title").setFocus()

    def save(self) -> None:
        """Give the answers on; without a title it says so."""
        from resource_centre.problems import Problem

        values = self.form.values()
        if not values["title"]:
            self.form.show_problems([Problem("title", "required")])
            return
        if not self.form.show_problems(self.form.not_understood()):
            self.accept()
            self.named.emit(values)


class LookDialog(QDialog):
    """One attachment, page by page; Page Down and Page Up turn the pages, Escape closes."""

    rename = Signal()
    take_back = Signal()

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        row_shown: AttachmentRow,
        content: Callable[[Any, str], AttachedFile],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Attachment"))
        self._desk, self._row = desk, row_shown
        self._file: AttachedFile | None = None
        self.page, self.pages = 0, 1
        self.preview = Preview()
        self.preview.setAccessibleName(_("The attachment"))
        self.preview.say(_("One moment…"))
        self.where = label("", "muted")
        self.back = button(_("Page before"), lambda: self.turn(-1), help="Page Up")
        self.forth = button(_("Next page"), lambda: self.turn(1), help="Page Down")
        self.copy = button(_("Save a copy…"), self.save_copy)
        self._lay_out()
        self.resize(WIDTH, HEIGHT)
        attachment_id = row_shown.id
        desk.worker.read(lambda session: content(session, attachment_id), self._show, owner=self)

    def turn(self, step: int) -> None:
        """Show another page, if there is one."""
        if self._file is not None and 0 <= self.page + step < self.pages:
            self.page += step
            self._read_page()

    def save_copy(self) -> None:
        """Write the file outside the centre, after saying what that means."""
        file = self._file
        question = _("A copy is not encrypted: whoever finds it can open it. Save it only where it is safe.")
        if file is None or not ask(self, question, _("Save a copy"), _("Do not save"), danger=True):
            return
        from resource_centre.services.attachments import ENDINGS

        ending = ENDINGS.get(file.media_type, "bin")
        path = ask_where(self, _("Save a copy"), f"{_('attachment')}.{ending}", f"*.{ending}")
        if path is not None:
            save_whole(self._desk, path, file.content)

    def _lay_out(self) -> None:
        turning = row(self.back, self.forth, self.where, None)
        others = row(
            self.copy, button(_("Rename"), self._rename), button(_("This is not right: take it back"), self._take_back,
            role="link"), None, button(_("Close"), self.accept, role="main"),
        )  # fmt: skip
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(WIDE_GAP)
        inside.addWidget(label(self._row.title, "heading", wrap=True))
        inside.addWidget(self.preview, 1)
        inside.addLayout(turning)
        inside.addLayout(others)
        for keys, step in (("PgUp", -1), ("PgDown", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self.turn(step))
        self._say_page()

    def _rename(self) -> None:
        self.accept()
        self.rename.emit()

    def _take_back(self) -> None:
        question = _("Take this entry back? It stays in the trail, marked as not valid.")
        if ask(self, question, _("Take it back"), _("Keep it"), danger=True):
            self.accept()
            self.take_back.emit()

    def _show(self, file: AttachedFile) -> None:
        self._file = file
        self._read_page()

    def _read_page(self) -> None:
        file, page = self._file, self.page
        if file is not None:
            self._desk.worker.run(lambda: page_of(file, page), self._show_page, owner=self)

    def _show_page(self, image: PageImage) -> None:
        self.pages = image.pages
        self.preview.show_pages([image])
        self._say_page()

    def _say_page(self) -> None:
        several = self.pages > 1
        self.where.setText(_("Page {n} of {pages}").format(n=self.page + 1, pages=self.pages) if several else "")
        for one, possible in ((self.back, self.page > 0), (self.forth, self.page + 1 < self.pages)):
            one.setVisible(several)
            one.setEnabled(possible)


def page_of(file: AttachedFile, page: int) -> PageImage:
    """A page of an attachment as pixels; a photo has one."""
    from reports.preview import PageImage, page_image

    if file.media_type == "application/pdf":
        return page_image(file.content, page, PAGE_WIDTH)
    whole = QImage.fromData(file.content)
    smaller = whole.scaledToWidth(min(PAGE_WIDTH, whole.width()), Qt.TransformationMode.SmoothTransformation)
    image = smaller.convertToFormat(QImage.Format.Format_RGBX8888)
    return PageImage(image.width(), image.height(), bytes(image.constBits()), 1)


def thumbnail(preview: bytes | None, side: int) -> QPixmap:
    """The small picture of an attachment, at most `side` points wide and high."""
    made = QPixmap()
    if preview and made.loadFromData(preview):
        return made.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return made
