# SPDX-License-Identifier: Apache-2.0
"""Six words, big enough to be read out over the telephone, and the two answers there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from resource_centre.i18n import _
from ui.kit.pieces import button, label, row, steps
from ui.kit.six_words import SixWords
from ui.pages.exchange_receipts import Sheet


class WordsSheet(Sheet):
    """At a centre and on a laptop: compare, then say so."""

    def __init__(
        self,
        words: Sequence[str],
        name: str,
        same: Callable[[], object],
        other: Callable[[], object],
        back: Callable[[], object],
        *,
        confirmed: bool,
    ) -> None:
        super().__init__(_("Six words with {name}").format(name=name), back, _("&Later"))
        card = self.add_card("")
        why = _(
            "Read these words to each other, on the telephone or side by side. The other computer shows them too. If "
            "they are the same, nobody has come between."
        )
        card.body.addWidget(label(why, "muted", wrap=True))
        self.words = SixWords(words)
        card.body.addWidget(self.words)
        self.same = button(_("They are the &same"), same, role="main")
        self.other = button(_("They are &not the same…"), other, role="danger")
        if confirmed:
            card.body.addWidget(label(_("They were compared and are the same."), "understood", wrap=True))
            self.back.setText(_("&Done"))
            return
        card.body.addLayout(row(self.same, self.other, None))
        self.back.setProperty("role", "")

    def first_field(self) -> QWidget:
        """Nothing is confirmed by a careless Enter."""
        return self.back


def not_the_same_sheet(again: Callable[[], object], back: Callable[[], object]) -> Sheet:
    """On a laptop: why it may be so, what is to be done by whom, and the new card when it is there."""
    sheet = Sheet(_("The six words are not the same"), back, _("&Later"))
    card = sheet.add_card("")
    why = _(
        "Somebody may have changed the card or its answer on the way, or the coordinator took an older answer. Nothing "
        "has left this laptop, and nothing leaves it before the words are the same."
    )
    card.body.addWidget(label(why, wrap=True))
    card.body.addLayout(
        steps(
            (
                _("Read all six once more, to the coordinator alone, on a telephone number that you know."),
                _("If they still differ, the coordinator presses “They are not the same” too and makes a new card."),
                _("Bring the new card here yourself and press “Use the new card”. What you wrote here stays."),
                _("Bring the new answer to the centre yourself, and compare the six words again."),
            )
        )
    )
    sheet.foot.insertWidget(0, button(_("Use the new &card…"), again, role="main"))
    sheet.back.setProperty("role", "")
    return sheet
