# SPDX-License-Identifier: Apache-2.0
"""What one questionnaire is: where it comes from, its versions and what each changed, the weights it is scored by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from resource_centre.i18n import _, language, ngettext
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, WIDE_GAP, Card, button, empty, label, line, row
from ui.kit.typed_dates import show_date
from ui.pages.questionnaires_ask import who_reads_words
from ui.pages.questionnaires_words import answered_sentence, occasion_words
from ui.pages.wording import decimal, term, whole_number

if TYPE_CHECKING:
    from resource_centre.services.weight_sets import WeightsRow
    from ui.pages.questionnaires_read import LookedAt, VersionLine

ROOM_FOR_BOTH = 820
CAPTION = 156
MOST_CHANGES = 12
Facts = Iterable[tuple[str, str]]


class About(QWidget):
    """Cards side by side. Emits the id of a weight set that is to be used or no longer, and that a file is wanted."""

    wants_weights = Signal()
    uses_weights = Signal(str)
    drops_weights = Signal(str)
    shows_bands = Signal(str, bool)
    """A weight set, and whether the names for stretches of its scale are to be shown from now on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._beside.setContentsMargins(0, 12, 0, 0)
        self._beside.setSpacing(WIDE_GAP)
        for column in (self.left, self.right):
            column.setSpacing(WIDE_GAP)
            self._beside.addLayout(column, 1)

    def show_looked(self, looked: LookedAt) -> None:
        """Draw it."""
        for column in (self.left, self.right):
            empty(column)
        self.left.addWidget(self._what_card(looked))
        self.left.addWidget(_source_card(looked))
        self.left.addStretch(1)
        self.right.addWidget(self._weights_card(looked))
        self.right.addWidget(_versions_card(looked))
        self.right.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window the cards stand below each other."""
        super().resizeEvent(event)
        narrow = event.size().width() < ROOM_FOR_BOTH
        self._beside.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    # Inside

    def _what_card(self, looked: LookedAt) -> Card:
        known = looked.line.known
        card = Card(_("What it is"))
        card.body.addLayout(_grid(_what(looked)))
        warning = who_reads_words(self.desk, known.sensitivity)
        if warning:
            card.body.addWidget(label(warning, "warning", wrap=True))
        if not warning or looked.line.answered is not None:
            card.body.addWidget(label(answered_sentence(looked.line), wrap=True))
        return card

    def _weights_card(self, looked: LookedAt) -> QWidget:
        card = Card(_("Scores"))
        for words in looked.cautions:
            card.body.addWidget(label(words, "warning", wrap=True))
        for place, one in enumerate(looked.weights):
            if place:
                card.body.addWidget(line())
            card.body.addLayout(self._weights_line(one))
        if not looked.weights:
            card.body.addWidget(label(_("There are no weights. What the form works out itself is shown."), wrap=True))
        card.body.addWidget(label(_("A score never decides a service."), "help", wrap=True))
        if self.desk.may("settings"):
            load = button(_("Load &weights from a file…"), self.wants_weights.emit)
            card.body.addLayout(row(load, None))
        return card

    def _weights_line(self, one: WeightsRow) -> QVBoxLayout:
        weights = one.weights
        made = QVBoxLayout()
        made.setSpacing(2)
        called = _("{name}, version {version}").format(name=weights.called(language()), version=weights.version)
        actions = list(self._weights_actions(one, called))
        head = row(label(called, "question", wrap=True), *actions)
        head.setStretch(0, 1)
        made.addLayout(head)
        made.addWidget(label(_weights_state(one), "agrees" if one.in_use else "muted", wrap=True))
        for words, role in (
            (weights.caution_in(language()), "warning"), (_bands_words(one), ""), (weights.source, "help")
        ):  # fmt: skip
            if words:
                made.addWidget(label(words, role, wrap=True))
        return made

    def _weights_actions(self, one: WeightsRow, called: str) -> Iterable[QWidget]:
        if not self.desk.may("settings"):
            return
        if not one.in_use:
            yield _link(_("Score by these"), partial(self.uses_weights.emit, one.id), called)
            return
        bands = one.weights.bands
        if bands.limits:
            words = _("Hide the bands") if bands.shown else _("Show bands")
            yield _link(words, partial(self.shows_bands.emit, one.id, not bands.shown), called)
        yield _link(_("Use no longer"), partial(self.drops_weights.emit, one.id), called)


def _link(words: str, act: Callable[[], object], about: str) -> QWidget:
    return button(words, act, role="link", name=f"{words}: {about}")


def _what(looked: LookedAt) -> Facts:
    known = looked.line.known
    yield _("Kind"), term("questionnaire_kind", known.kind)
    yield _("About whom"), term("questionnaire_about", known.about)
    yield _("Who reads the answers"), term("questionnaire_sensitivity", known.sensitivity)
    yield _("Asked"), occasion_words(known)
    yield _("Questions"), whole_number(looked.questions)
    yield _("Languages"), ", ".join(one.partition(" (")[0] for one in looked.languages)
    yield _("How"), _("May be read aloud") if known.oral else _("Is not meant to be read aloud")
    yield _("Short name"), known.name


def _source_card(looked: LookedAt) -> Card:
    known = looked.line.known
    card = Card(_("Where it comes from"))
    if not known.shipped:
        card.body.addWidget(label(_("This centre published it."), wrap=True))
        return card
    if not known.verified:
        words = _("Not checked against its source yet: read what is said below before you compare with others.")
        card.body.addWidget(label(words, "warning", wrap=True))
    card.body.addWidget(label(known.source, wrap=True, selectable=True))
    card.body.addWidget(label(known.licence, "muted", wrap=True, selectable=True))
    return card


def _versions_card(looked: LookedAt) -> Card:
    card = Card(_("Versions"))
    known = looked.line.known
    for place, one in enumerate(looked.versions):
        if place:
            card.body.addWidget(line())
        _add_version(card, one)
    if not looked.versions:
        words = _("Version {version} comes with the program and was never asked here.")
        card.body.addWidget(label(words.format(version=known.form_version), wrap=True))
    elif known.shipped and known.shipped_version not in {one.form_version for one in looked.versions}:
        words = _("The program brings version {version}; this centre asks its own.")
        card.body.addWidget(label(words.format(version=known.shipped_version), "help", wrap=True))
    return card


def _add_version(card: Card, one: VersionLine) -> None:
    facts = [_("since {day}").format(day=show_date(one.published_on))]
    if one.asked_now:
        facts.append(_("asked now"))
    if one.answered is not None:
        facts.append(ngettext("{n} answer", "{n} answers", one.answered).format(n=whole_number(one.answered)))
    card.body.addWidget(label(_("Version {version}").format(version=one.form_version or "–"), "question"))
    card.body.addWidget(label(" · ".join(facts), "muted", wrap=True))
    if one.changed:
        card.body.addWidget(label(_("What changed"), "caption"))
        for words in changes_shown(one.changed):
            card.body.addWidget(label(f"• {words}", wrap=True))


def changes_shown(changed: tuple[str, ...], most: int = MOST_CHANGES) -> list[str]:
    """The first of them, and how many more there are."""
    more = len(changed) - most
    if more <= 0:
        return list(changed)
    words = ngettext("and {n} more change", "and {n} more changes", more).format(n=whole_number(more))
    return [*changed[:most], words]


def _bands_words(one: WeightsRow) -> str:
    """The names for stretches of the scale, while they are shown."""
    bands = one.weights.bands
    names = bands.labels.get(language(), ())
    if not bands.shown or not names:
        return ""
    limits = (decimal(float(limit), 2) for limit in bands.limits)
    said = [
        names[0],
        *(f"{_('from {limit}').format(limit=limit)}: {name}" for limit, name in zip(limits, names[1:], strict=False)),
    ]
    return _("Bands: {bands}").format(bands="; ".join(said))


def _weights_state(one: WeightsRow) -> str:
    official = _("official") if one.weights.official else _("not official")
    if one.in_use:
        state = _("scores are reckoned by these")
    elif one.withdrawn_on is not None:
        state = _("no longer used since {day}").format(day=show_date(one.withdrawn_on))
    else:
        state = _("not used")
    came = _("comes with the program") if one.shipped else _("loaded on {day}").format(day=show_date(one.loaded_on))
    return f"{official} · {state} · {came}"


def _grid(facts: Facts) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(GAP // 2)
    grid.setColumnStretch(1, 1)
    for place, (name, value) in enumerate((name, value) for name, value in facts if value):
        caption = label(name, "caption", wrap=True)
        caption.setFixedWidth(CAPTION)
        grid.addWidget(caption, place, 0)
        grid.addWidget(label(value, wrap=True, selectable=True), place, 1)
    return grid
