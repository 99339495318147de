# SPDX-License-Identifier: Apache-2.0
"""What was sent or taken in, as a card each: who, which number, what is in it, and two words to read aloud."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.page import scrolling
from ui.kit.pieces import GAP, WIDE_GAP, Card, button, label, row
from ui.pages.exchange_words import (
    changes_words,
    conflict_words,
    duplicate_words,
    number_words,
    read_aloud,
    receipt_lines,
    records_words,
    refusal_lines,
    sent_lines,
    when_words,
)

if TYPE_CHECKING:
    from db.exchange.sending import Sent
    from ui.pages.exchange_handing import Taken
    from ui.pages.exchange_store import BundleRow

CARD_WIDTH = 720


class Sheet(QWidget):
    """A column of cards in place of the page, and below it, always in sight, what can be done: a way back."""

    def __init__(self, title: str, back: Callable[[], object], words: str = "") -> None:
        super().__init__()
        self.cards = QVBoxLayout()
        self.cards.setSpacing(12)
        self.back = button(words or _("&Done"), back, role="main", help="Esc")
        self.foot = row(self.back, None)
        column = QVBoxLayout()
        column.setSpacing(WIDE_GAP)
        column.addWidget(label(title, "heading", wrap=True))
        column.addLayout(self.cards)
        self.area = scrolling(column)
        column.setContentsMargins(0, 0, GAP, 0)
        # The foot follows the cards, and stays when they are higher than the window.
        self._column, inside = column, column.parentWidget()
        assert inside is not None
        inside.installEventFilter(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(WIDE_GAP)
        outer.addWidget(self.area, 1000)
        outer.addLayout(self.foot)
        outer.addStretch(1)

    def add_card(self, heading: str) -> Card:
        """A new card at the end."""
        card = Card(heading)
        card.setMaximumWidth(CARD_WIDTH)
        card.heading.setWordWrap(True)
        line = row(card, None)  # a card in a column would be as high as its words were at the full width
        line.setStretch(0, 1000)
        self.cards.addLayout(line)
        return card

    def first_field(self) -> QWidget:
        """What gets the keyboard."""
        return self.back

    def showEvent(self, event: QShowEvent) -> None:
        """Tab comes to the foot last, from its left to its right, whenever its buttons were made."""
        super().showEvent(event)
        places = [self.foot.itemAt(at) for at in range(self.foot.count())]
        foot = [made for place in places if place is not None and (made := place.widget()) is not None]
        before = [stop for stop in self._stops() if stop not in foot]
        for one, other in pairwise([*before[-1:], *foot]):
            QWidget.setTabOrder(one, other)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The cards take no more room than they need."""
        inside = watched is self._column.parentWidget()
        if inside and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.area.setMaximumHeight(max(1, self._column.totalHeightForWidth(self.area.viewport().width())))
        return super().eventFilter(watched, event)

    def _stops(self) -> list[QWidget]:
        """What Tab stops at in here, in its present order."""
        stops: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            if self.isAncestorOf(widget) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                stops.append(widget)
            widget = widget.nextInFocusChain()
        return stops


def sent_sheet(sent: Sequence[Sent], name: str, back: Callable[[], object], *, again: bool = False) -> Sheet:
    """What was written for somebody; `again` when an earlier bundle is not confirmed and is in it too."""
    sheet = Sheet(_("Written for {name}").format(name=name), back)
    for one in sent:
        number = number_words(one.link_no, one.part, one.parts)
        card = sheet.add_card(f"{one.path.name}  ·  {number}  ·  {changes_words(one.changes)}")
        _say(card, [_("It lies in {folder}.").format(folder=one.path.parent), *sent_lines(one, again=again)])
        _aloud(card, one.digest, _("Read them out when it has arrived there: the receipt has the same two words."))
    if sent:
        open_folder = button(_("&Open the folder"), partial(_show_folder, sent[0].path.parent))
        sheet.foot.insertWidget(1, open_folder)
    return sheet


def taken_sheet(desk: Desk, taken: Sequence[Taken], back: Callable[[], object]) -> Sheet:
    """What became of the files that were chosen."""
    sheet = Sheet(_("Receipt"), back)
    for one in taken:
        if one.arrived is None:
            _refused(sheet, one)
        else:
            _arrived(sheet, desk, one)
    return sheet


def bundle_sheet(bundle: BundleRow, back: Callable[[], object]) -> Sheet:
    """The receipt of a bundle of the history, once more."""
    title = _("From {name}") if bundle.incoming else _("Written for {name}")
    sheet = Sheet(title.format(name=bundle.name), back)
    number = number_words(bundle.link_no, bundle.part, bundle.parts)
    card = sheet.add_card(f"{number}  ·  {changes_words(bundle.changes)}")
    who = _("{when}, by {name}") if bundle.account else "{when}"
    _say(card, [who.format(when=when_words(bundle.at), name=bundle.account), *_looked_back(bundle)])
    _aloud(card, bundle.digest, _("The other computer shows the same two words for this bundle."))
    return sheet


def _looked_back(bundle: BundleRow) -> list[str]:
    if not bundle.incoming:
        waiting = _("Not confirmed yet. What is in it goes out again until it is.")
        return [_("The other side has confirmed it.") if bundle.confirmed else waiting]
    lines = [_("{n} of them new").format(n=bundle.new_changes) + "."]
    return [*lines, *([_("In it: {records}.").format(records=records_words(bundle.counts))] if bundle.counts else [])]


def _arrived(sheet: Sheet, desk: Desk, taken: Taken) -> None:
    arrived = taken.arrived
    assert arrived is not None
    receipt = arrived.receipt
    card = sheet.add_card(_("From {name}, number {number}").format(name=arrived.name, number=receipt.link_no))
    _say(card, receipt_lines(taken))
    if receipt.conflicts:
        _lead(card, desk, conflict_words(receipt.conflicts), "conflicts", _("Decide them"))
    if arrived.alike:
        _lead(card, desk, duplicate_words(arrived.alike), "duplicates", _("Compare them"))
    _aloud(card, arrived.digest, _("Say them to whoever sent it: their computer shows the same two words."))


def _refused(sheet: Sheet, taken: Taken) -> None:
    assert taken.error is not None
    card = sheet.add_card(taken.file)
    said, *todo = refusal_lines(taken.error)
    stopped = getattr(taken.error, "code", "") == "stopped"
    card.body.addWidget(label(said, "" if stopped else "error", wrap=True))
    _say(card, todo)


def _lead(card: Card, desk: Desk, words: str, page: str, action: str) -> None:
    """A sentence, and the way to the page that settles it, when there is one."""
    from ui.shell_pages import NEEDS, PAGES

    card.body.addWidget(label(words, wrap=True))
    if page in PAGES and desk.may(NEEDS.get(page, "exchange")):
        go = button(action, partial(desk.go, page), role="link", name=f"{action}: {words}")
        card.body.addLayout(row(go, None))


def _say(card: Card, lines: Sequence[str]) -> None:
    for words in lines:
        card.body.addWidget(label(words, wrap=True))


def _aloud(card: Card, digest: str, help: str) -> None:  # noqa: A002
    if not digest:
        return
    card.body.addSpacing(GAP)
    card.body.addWidget(label(_("To read aloud"), "caption"))
    words = label(read_aloud(digest), "recovery", selectable=True)
    words.setAccessibleName(_("To read aloud: {words}").format(words=words.text()))
    card.body.addWidget(words)
    card.body.addWidget(label(help, "help", wrap=True))


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
