# SPDX-License-Identifier: Apache-2.0
"""A report leaves the centre: what was published is kept, every copy stands in the trail, a month may be closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _, language
from ui.kit.pieces import GAP, label

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from reports.monthly.handed_over import HandedOver
    from ui.pages.report_paper import Paper


class HandOver(QWidget):
    """Whether this copy is the one that is handed over; or when the month was."""

    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box = QCheckBox(_("This report is handed over"))
        self.what_it_means = label(
            _(
                "With saving or printing this copy the month is closed: its figures are kept as they are, and what "
                "changes in it later stands in the next report as a correction."
            ),
            "help",
            wrap=True,
        )
        self.known = label("", "help", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, GAP, 0, 0)
        inside.setSpacing(GAP)
        for shown in (self.box, self.what_it_means, self.known):
            inside.addWidget(shown)
        self.hide()

    def show_paper(self, paper: Paper) -> None:
        """Only a month that is over can be handed over, only once, and only by who sees the whole centre."""
        closed = paper.figures.closing if paper.chosen.month and not paper.chosen.public else None
        given = closed.handed_over if closed is not None else None
        over = paper.chosen.period < f"{today():%Y-%m}"
        offered = closed is not None and given is None and over
        self.box.setChecked(False)
        self.box.setVisible(offered)
        self.what_it_means.setVisible(offered)
        self.known.setText("" if given is None else _state(given))
        self.known.setVisible(given is not None)
        self.setVisible(offered or given is not None)

    def said(self) -> bool:
        """Whether this copy is said to be the one that is handed over."""
        return self.box.isVisibleTo(self) and self.box.isChecked()


def write_leaving(session: Session, paper: Paper, way: str, *, locked: bool) -> tuple[str, ...]:
    """Before a copy leaves: it stands in the trail, and of a publication it is kept what was hidden in it."""
    from ui.pages.report_trail import REPORT, write_copy

    chosen = paper.chosen
    if chosen.public:
        keep_published(session, paper)
    number = " ".join(part for part in (chosen.period, chosen.place, chosen.fund) if part)
    audience = "public" if chosen.public else "internal"
    return write_copy(session, REPORT, way, number=number, audience=audience, locked=locked)


def keep_published(session: Session, paper: Paper) -> None:
    """Before a publication leaves, write down what it hides; `NotPublished` when another left meanwhile."""
    from reports.disclosure.keeping import keep
    from resource_centre.services.accounts import own_account

    keep(session, paper.internal, paper.report, known=paper.published, by=own_account(session).name)


def write_down(session: Session, paper: Paper, *, handed_over: bool) -> bool:
    """A copy was saved or printed, and may be the one that is handed over.

    The figures that are kept of a month are those on the pages, counted with them.
    """
    from resource_centre.services.accounts import own_account
    from resource_centre.services.month_reports import report_month

    if handed_over:
        report_month(session, paper.chosen.period, by=own_account(session).name, figures=paper.figures.as_kept())
    return handed_over


def _state(given: HandedOver) -> str:
    from reports.monthly.sections_closing import differs_words, notice_words

    words = notice_words(given, language())
    return f"{words} {differs_words(unreadable=given.state == 'unreadable')}" if given.differs else words
