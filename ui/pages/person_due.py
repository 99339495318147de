# SPDX-License-Identifier: Apache-2.0
"""What was promised to a person and is still to be done; settled with a result and one press."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import FollowUp
from ui.kit.editors_codes import ComboBox, choices_of
from ui.kit.pieces import Card, button, empty, label
from ui.kit.typed_dates import show_date

Settle = Callable[[str, str | None], None]
"""``settle(follow_up_id, result code or None)``"""

Open = Callable[[str], None]
"""Open a follow-up where everything about it can be written down."""


class Due(Card):
    """Hidden while nothing is promised."""

    def __init__(self, settle: Settle, opens: Open | None = None) -> None:
        super().__init__(_("Still to do"))
        self._settle, self._opens = settle, opens
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.hide()

    def show_follow_ups(self, planned: Sequence[FollowUp]) -> None:
        """Show these."""
        empty(self._grid)
        self.setVisible(bool(planned))
        for line, one in enumerate(planned):
            self._add(line, one)

    def _add(self, line: int, one: FollowUp) -> None:
        from resource_centre.services.follow_ups import what_for

        late = one.due_on is not None and one.due_on < today()
        when = label(show_date(one.due_on), "warning" if late else "")
        words = what_for(one.purpose, one.interval, one.session_id)
        purpose = label(words, wrap=True, selectable=True)
        result = ComboBox()
        result.addItem(_("What came of it"), None)
        for code, words in choices_of("follow_up_result"):
            result.addItem(words, code)
        result.setAccessibleName(_("What came of the follow-up of {date}").format(date=show_date(one.due_on)))
        follow_up_id = one.id
        done = button(
            _("Done"),
            lambda: self._settle(follow_up_id, result.currentData()),
            name=_("Follow-up of {date} is done").format(date=show_date(one.due_on)),
        )
        for place, widget in enumerate((when, purpose, result, done)):
            self._grid.addWidget(widget, line, place, Qt.AlignmentFlag.AlignVCenter)
        if (opens := self._opens) is not None:
            name = _("More about the follow-up of {date}").format(date=show_date(one.due_on))
            self._grid.addWidget(button(_("More…"), lambda: opens(follow_up_id), role="link", name=name), line, 4)
