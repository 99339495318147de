# SPDX-License-Identifier: Apache-2.0
"""Which papers left the centre: what, which copy, when, by whom and how. The coordinator reads all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from resource_centre.i18n import N_, _
from ui.kit.desk import Desk
from ui.kit.editors_codes import ComboBox
from ui.kit.pieces import GAP, button, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.kit.typed_dates import show_date, show_time
from ui.pages.questionnaires_periods import Period
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.services.paper_copies import CopyRow

SIZE: Final = (1080, 560)
REPORTS: Final = {
    "report": N_("Report"),
    "report_book": N_("Report book"),
}
"""Papers that are no paper of a record."""


class CopiesList(QWidget):
    """What left the centre, the newest first; which papers and of which days is chosen above the list."""

    def __init__(self, desk: Desk, person_id: str | None = None) -> None:
        super().__init__()
        self._desk, self._person_id = desk, person_id
        self.kinds = ComboBox()
        self.kinds.setAccessibleName(_("Which papers"))
        self.kinds.addItem(_("All papers"), None)
        self.period = Period()
        self.count = label("", "muted")
        self.rows = Rows(desk.worker, _columns(desk))
        self.list = RowsView(self.rows, _("Copies made"), nothing=_("No paper was printed or saved."))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        inside.addLayout(row(self.kinds, self.period, None, self.count))
        inside.addWidget(self.list, 1)
        self.kinds.activated.connect(lambda _place: self.ask())
        self.period.chosen.connect(self.ask)
        self.rows.refresh_on("PaperCopy")

    def look(self) -> None:
        """Read which kinds of papers there are copies of, and the list."""
        self._desk.worker.read(_kinds, self._offer, quiet=True, owner=self)
        self.ask()

    def ask(self) -> None:
        """Ask for what is chosen."""
        kind, days, person_id = self.kinds.currentData(), self.period.days(), self._person_id
        self.rows.ask(lambda session, last, most: _copies(session, person_id, kind, days, last, most))
        self._desk.worker.read(
            lambda session: _count(session, person_id, kind, days), self._say, replaces="copies", quiet=True, owner=self
        )

    def _offer(self, kinds: tuple[str, ...]) -> None:
        chosen = self.kinds.currentData()
        self.kinds.clear()
        self.kinds.addItem(_("All papers"), None)
        for words, kind in sorted((paper_words(kind), kind) for kind in kinds):
            self.kinds.addItem(words, kind)
        self.kinds.setCurrentIndex(max(self.kinds.findData(chosen), 0))

    def _say(self, count: int) -> None:
        from resource_centre.i18n import ngettext
        from ui.pages.wording import whole_number

        self.count.setText(ngettext("{n} copy", "{n} copies", count).format(n=whole_number(count)))


class CopiesDialog(QDialog):
    """The copies of one person's papers."""

    def __init__(self, parent: QWidget | None, desk: Desk, person_id: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Copies made"))
        self.resize(*SIZE)
        self.copies = CopiesList(desk, person_id)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 18, 20, 18)
        inside.setSpacing(GAP)
        inside.addWidget(label(_("Copies made of this person's papers"), "heading"))
        inside.addWidget(label(whose_words(desk), "help", wrap=True))
        inside.addWidget(self.copies, 1)
        inside.addLayout(row(None, button(_("Close"), self.reject, help="Esc")))
        self.copies.look()
        self.copies.list.setFocus()


def whose_words(desk: Desk) -> str:
    """Whose copies this account reads."""
    if desk.may("accounts"):
        return _("Written down before a paper is printed or saved; whose name stands on it is not.")
    return _("Those that you printed or saved yourself. The coordinator reads those of everybody.")


def paper_words(kind: str) -> str:
    """What a paper is called."""
    from reports.papers.kinds import KINDS

    if kind in KINDS:
        return _(KINDS[kind].title)
    return _(REPORTS.get(kind, REPORTS["report"]))


def _columns(desk: Desk) -> tuple[Column, ...]:
    def failed(one: CopyRow) -> str:
        return desk.theme.colours.danger if one.way == "failed" else ""

    return (
        Column(_("When"), _when, 21),
        Column(_("Paper"), _what),
        Column(_("Number"), lambda one: one.number, 17),
        Column(_("Copy no."), lambda one: str(one.copy), 10, right=True),
        Column(_("By"), lambda one: one.made_by, 15),
        Column(_("How"), _how, 31, tone=failed),
    )


def _when(one: CopyRow) -> str:
    here = one.made_at.astimezone()
    return f"{show_date(here.date())}, {show_time(here.time())}"


def _what(one: CopyRow) -> str:
    audience = term("report_audience", one.audience) if one.audience else ""
    return " · ".join(words for words in (paper_words(one.kind), audience) if words)


def _how(one: CopyRow) -> str:
    words = term("paper_way", one.way)
    return _("{way}, with a password").format(way=words) if one.locked else words


def _copies(session: Any, person_id: str | None, kind: str | None, days: Any, last: Any, most: int) -> list[CopyRow]:
    from resource_centre.services.paper_copies import copies_of

    return copies_of(session, _asked(person_id, kind, days), after=last, most=most)


def _count(session: Any, person_id: str | None, kind: str | None, days: Any) -> int:
    from resource_centre.services.paper_copies import count_copies

    return count_copies(session, _asked(person_id, kind, days))


def _asked(person_id: str | None, kind: str | None, days: Any) -> Any:
    from resource_centre.services.paper_copies import Asked

    first, last = days or (None, None)
    return Asked(person_id=person_id, kind=kind, first=first, last=last)


def _kinds(session: Any) -> tuple[str, ...]:
    from resource_centre.services.paper_copies import kinds_made

    return kinds_made(session)
