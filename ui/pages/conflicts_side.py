# SPDX-License-Identifier: Apache-2.0
"""One of the values of a difference: what it says, who wrote it, when and on which computer, and the key for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from resource_centre.i18n import _
from ui.kit.pieces import Card, button, label, row
from ui.pages.exchange_words import when_words

if TYPE_CHECKING:
    from resource_centre.services.conflicts import OpenConflict, Side


SHORT = 60
"""Letters up to which a value is shown large."""


class SideCard(Card):
    """The value large, below it where it comes from; the button names its key."""

    def __init__(self, conflict: OpenConflict, at: int, choose: Callable[[], object]) -> None:
        side = conflict.sides[at]
        super().__init__()
        # The key stands first: it is in sight however long the value is.
        self.choose = button(key_words(at), choose, name=f"{key_words(at)}: {side.words}")
        self.body.addLayout(row(self.choose, None))
        self.body.addWidget(label(_("Shown now") if side.stands else _("Not shown now"), "caption"))
        told = what_it_is(conflict, side)
        if told:
            self.body.addWidget(label(told, "muted", wrap=True))
        role = "heading" if len(side.words) <= SHORT else ""
        self.body.addWidget(label(side.words, role, wrap=True, selectable=True))
        self.body.addWidget(label(side.who, wrap=True))
        self.body.addWidget(label(f"{when_words(side.at)}\n{side.where}", "muted", wrap=True))
        self.body.addStretch(1)


def key_words(at: int) -> str:
    """What a side's button says, with its key."""
    if at == 0:
        return _("Keep (1, ←)")
    return _("Keep (2, →)") if at == 1 else _("Keep ({key})").format(key=at + 1)


def what_it_is(conflict: OpenConflict, side: Side) -> str:
    """Of a record that one marked as not valid while another changed it: which of both this was."""
    if side.edit:
        return _("Changed")
    return _("Marked as not valid") if any(one.edit for one in conflict.sides) else ""


def whose(conflict: OpenConflict) -> str:
    """Which record, and whose."""
    return " · ".join(part for part in (conflict.person, conflict.noun) if part)


def cards_of(conflict: OpenConflict, choose: Callable[[int], object]) -> list[SideCard]:
    """Every value of a difference, what stands first."""
    return [SideCard(conflict, at, lambda at=at: choose(at)) for at in range(len(conflict.sides))]  # type: ignore[misc]
