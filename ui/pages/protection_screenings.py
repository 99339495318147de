# SPDX-License-Identifier: Apache-2.0
"""What was answered in a person's screenings, for the protection officer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

from resource_centre.i18n import _
from resource_centre.records import ExploitationScreening, fields_of
from ui.kit.form_row import WHY_NOT
from ui.kit.pieces import Card, label
from ui.kit.typed_dates import show_date

if TYPE_CHECKING:
    from resource_centre.records import Field


def screenings_card(found: Sequence[ExploitationScreening]) -> Card:
    """All screenings, the newest first; of each the answers that were given and why others were not."""
    card = Card(_("Screenings"))
    for one in reversed(found):
        who = _("by {name}").format(name=one.asked_by) if one.asked_by else ""
        card.body.addWidget(label(f"{show_date(one.asked_on)} {who}".strip(), "caption"))
        if one.agreed_to_talk is not True:
            card.body.addWidget(label(_("Did not want to be asked."), wrap=True))
        card.body.addLayout(_answers(one))
        if one.remarks:
            card.body.addWidget(label(one.remarks, wrap=True, selectable=True))
    return card


def _answers(one: ExploitationScreening) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    for line, (field, words) in enumerate(_told(one)):
        grid.addWidget(label(words, "warning" if words == _("Yes") else "muted"), line, 0)
        grid.addWidget(label(field.label, wrap=True), line, 1)
    return grid


def _told(one: ExploitationScreening) -> Iterator[tuple[Field, str]]:
    """Each question that has an answer or a reason for none, the yes first."""
    asked = [field for field in fields_of(ExploitationScreening) if field.format == "yes_no"][1:]
    answers = {field.name: getattr(one, field.name) for field in asked}
    for wanted, words in ((True, _("Yes")), (False, _("No"))):
        yield from ((field, words) for field in asked if answers[field.name] is wanted)
    for field in asked:
        reason = one.unanswered.get(field.name)
        if answers[field.name] is None and reason is not None:
            yield field, _(WHY_NOT.get(reason, reason))
