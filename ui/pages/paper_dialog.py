# SPDX-License-Identifier: Apache-2.0
"""The real pages of a paper, and what may be chosen about it before it is printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.editors import ChoiceEditor
from ui.kit.editors_codes import ComboBox
from ui.kit.pieces import GAP, WIDE_GAP, button, label, row
from ui.kit.printing import page_pictures, print_pages
from ui.kit.saving_files import ask_where, save_whole
from ui.pages.report_preview import SHARP, WIDTH, Preview

if TYPE_CHECKING:
    from reports.papers.copies import Leaving
    from reports.papers.kinds import MadePaper
    from reports.preview import PageImage
    from ui.pages.papers import Offer

SIZE = (980, 660)
SIDE = 250
MOST_COPIES = 9
MOST_SHOWN = 12
"""Pages that are shown; a class's sheets are printed and saved whole."""
SPARES = (0, 5, 10, 20, 30)


class PaperDialog(QDialog):
    """Pages at the left; language, options and the buttons at the right."""

    def __init__(self, parent: QWidget | None, desk: Desk, offer: Offer) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.offer = desk, offer
        self.paper: MadePaper | None = None
        self._copies: tuple[str, ...] = ()
        self._language: str | None = None
        self.setWindowTitle(offer.words())
        self.resize(*SIZE)
        self.preview = Preview()
        self.preview.setAccessibleName(_("Pages of the paper"))
        self.preview.say(_("The paper is being made…"))
        self.language = ChoiceEditor([("id", "Indonesia"), ("en", "English")])
        self.language.introduce(_("Language of the paper"), "")
        self.neutral = QCheckBox(_("Without the centre's name"))
        self.neutral.setChecked(offer.kind in ("appointment", "next_meeting"))
        self.named = QCheckBox(_("With the client's name"))
        self.copies = ComboBox()
        for count in range(1, MOST_COPIES + 1):
            self.copies.addItem(str(count), count)
        self.copies.setAccessibleName(_("Numbered copies"))
        self.spare = ComboBox()
        for count in SPARES:
            self.spare.addItem(str(count), count)
        self.spare.setAccessibleName(_("Further sheets without a name"))
        self.pdf_button = button(_("Save as PDF…"), self.save_pdf, help="Ctrl+S")
        self.print_button = button(_("Print…"), self.print, role="main", help="Ctrl+P")
        self._lay_out()
        self._listen()
        self._allow(allowed=False)

    def make(self) -> None:
        """Make the paper as chosen."""
        self._allow(allowed=False)
        offer, language, options = self.offer, self._language, self._options()
        if offer.blank and offer.record_id is None:
            centre = "" if self.neutral.isChecked() else self._centre_name()
            self.desk.worker.run(lambda: _blank(offer.kind, language, centre), self._show, self._failed, owner=self)
            return
        self.desk.worker.read(
            lambda session: _paper(session, offer, language, options),
            self._show,
            self._failed,
            what=_("The paper is being made…"),
            replaces="paper",
            owner=self,
        )

    def save_pdf(self) -> None:
        """Ask where, and save the pages."""
        if self.paper is None:
            return
        path = ask_where(self, _("Save the paper"), f"{self.paper.file_name}.pdf", _("PDF (*.pdf)"))
        if path is None:
            return

        def save(pdf: bytes) -> None:
            save_whole(self.desk, path, pdf, self.accept, owner=self, failed=self._not_made)

        self._write_down("saved", save)

    def print(self) -> None:
        """Print through the system's dialog."""
        if self.paper is not None:
            print_pages(
                self.desk, self, self.paper.pdf, self.paper.file_name, self._printed,
                before=lambda go_on: self._write_down("printed", go_on), failed=self._not_made,
            )  # fmt: skip

    # Inside

    def _write_down(self, way: str, go_on: Callable[[bytes], object]) -> None:
        """First the trail, then the paper: what could not be written down is not made."""
        paper, offer, options = self.paper, self.offer, self._options()
        if paper is None:
            return
        if paper.copy is None:
            go_on(paper.pdf)
            return

        def written(leaving: Leaving) -> None:
            self.paper, self._copies = leaving.paper, leaving.copies
            go_on(leaving.paper.pdf)

        self.desk.worker.change(lambda session: _written_down(session, paper, offer, options, way), written, owner=self)

    def _not_made(self, _error: Exception) -> None:
        """Say so in the trail, and show the number that comes next."""
        copies, self._copies = self._copies, ()
        if copies:
            self.desk.worker.change(
                lambda session: _copy_failed(session, copies), lambda _done: self.make(), owner=self, quiet=True
            )

    def _lay_out(self) -> None:
        from reports.papers.kinds import KINDS

        kind = KINDS[self.offer.kind]
        side = QVBoxLayout()
        side.setSpacing(GAP)
        side.addWidget(label(self.offer.words(), "heading", wrap=True))
        side.addWidget(label(_("Language of the paper"), "caption"))
        side.addWidget(self.language)
        side.addWidget(self.neutral)
        side.addWidget(self.named)
        copies = label(_("Numbered copies"), "caption")
        copies.setBuddy(self.copies)
        spare = label(_("Further sheets without a name"), "caption")
        spare.setBuddy(self.spare)
        for asked in (copies, self.copies, spare, self.spare):
            side.addWidget(asked)
        bare = self.offer.blank and self.offer.record_id is None
        unasked: list[QWidget] = [] if "neutral" in kind.options or bare else [self.neutral]
        unasked += [] if "named" in kind.options and not self.offer.blank else [self.named]
        unasked += [] if "copies" in kind.options else [copies, self.copies]
        unasked += [] if "spare" in kind.options else [spare, self.spare]
        for widget in unasked:
            widget.hide()
        side.addStretch(1)
        for made in (self.print_button, self.pdf_button, button(_("Close"), self.reject, help="Esc")):
            side.addWidget(made)
        holder = QWidget()
        holder.setLayout(side)
        holder.setFixedWidth(SIDE)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 18, 20, 18)
        both = row(self.preview, holder, gap=WIDE_GAP)
        both.setStretch(0, 1)
        inside.addLayout(both)

    def _listen(self) -> None:
        self.language.edited.connect(self._other_language)
        self.neutral.toggled.connect(lambda _on: self.make())
        self.named.toggled.connect(lambda _on: self.make())
        for chosen in (self.copies, self.spare):
            chosen.currentIndexChanged.connect(lambda _place: self.make())
        for keys, act in (("Ctrl+S", self.save_pdf), ("Ctrl+P", self.print)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _other_language(self) -> None:
        self._language = str(self.language.value()) if self.language.value() else self._language
        self.make()

    def _options(self) -> dict[str, Any]:
        from reports.papers.kinds import KINDS

        kind = KINDS[self.offer.kind]
        chosen = {
            "neutral": self.neutral.isChecked(),
            "named": self.named.isChecked(),
            "copies": self.copies.currentData(),
            "spare": self.spare.currentData(),
        }
        asked = {name: value for name, value in chosen.items() if name in kind.options}
        return dict(self.offer.options) | asked | ({"blank": True} if self.offer.blank else {})

    def _centre_name(self) -> str:
        centre = self.desk.worker.centre
        profile = centre.profile if centre is not None else None
        return str(getattr(profile, "name", "") or "")

    def _show(self, made: tuple[MadePaper, list[PageImage]]) -> None:
        self.paper, images = made
        self._language = self.paper.language
        self.language.set_value(self.paper.language)
        self.preview.show_pages(images)
        self._allow(allowed=True)
        self.print_button.setFocus()

    def _failed(self, error: Exception) -> None:
        self.preview.say(_("The paper could not be made."))
        self.desk.messages.show_error(error)

    def _allow(self, *, allowed: bool) -> None:
        for made in (self.pdf_button, self.print_button):
            made.setEnabled(allowed)

    def _printed(self) -> None:
        self.desk.messages.done(_("The paper was sent to the printer."))
        self.accept()


def _paper(session: Any, offer: Offer, language: str | None, options: dict[str, Any]) -> tuple[Any, list[PageImage]]:
    from reports.papers.kinds import make_paper

    paper = make_paper(session, offer.kind, offer.record_id, language=language, **options)
    return paper, page_pictures(paper.pdf, WIDTH * SHARP, most=MOST_SHOWN)


def _written_down(session: Any, paper: MadePaper, offer: Offer, options: dict[str, Any], way: str) -> Leaving:
    from reports.papers.copies import write_down
    from reports.papers.kinds import make_paper

    def again(copy: int) -> MadePaper:
        return make_paper(session, offer.kind, offer.record_id, language=paper.language, copy=copy, **options)

    return write_down(session, paper, way, again)


def _copy_failed(session: Any, copies: tuple[str, ...]) -> None:
    from resource_centre.services.paper_copies import copy_failed

    copy_failed(session, copies)


def _blank(kind: str, language: str | None, centre: str) -> tuple[Any, list[PageImage]]:
    from reports.papers.kinds import make_blank

    paper = make_blank(kind, language=language, centre=centre)
    return paper, page_pictures(paper.pdf, WIDTH * SHARP, most=MOST_SHOWN)
