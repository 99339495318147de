# SPDX-License-Identifier: Apache-2.0
"""The ways from a person to the work with them: the case, the intake, what they agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from resource_centre.i18n import _, ngettext
from ui.kit.desk import Desk
from ui.kit.pieces import Card, button, empty, label, row
from ui.kit.typed_dates import show_date
from ui.pages.case_words import since_words
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.records import Case
    from ui.pages.person_seen import Seen

CLOSED = "ditutup"
TONES = {"given": "understood", "refused": "error", "withdrawn": "error", "expired": "warning"}


class HubCard(Card):
    """A card that is drawn anew from what was seen."""

    def __init__(self, desk: Desk, heading: str) -> None:
        super().__init__(heading)
        self.desk = desk
        self.seen: Seen | None = None
        self.lines = QVBoxLayout()
        self.lines.setSpacing(4)
        self.body.addLayout(self.lines)

    def show_seen(self, seen: Seen) -> None:
        """Draw it."""
        self.seen = seen
        empty(self.lines)
        self.draw(seen)

    def draw(self, seen: Seen) -> None:
        """Add lines."""
        raise NotImplementedError

    def say(self, words: str, role: str = "") -> None:
        """One line of words."""
        self.lines.addWidget(label(words, role, wrap=True, selectable=True))

    def offer(self, words: str, act: Any, name: str = "") -> None:
        """One thing to do."""
        self.lines.addLayout(row(button(words, act, role="link", name=name or words), None))


class CaseCard(HubCard):
    """The open case, or the way to open one; earlier ones below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Case"))

    def draw(self, seen: Seen) -> None:
        """Each case with where it stands."""
        cases = seen.record.cases
        for case in cases:
            self._case(case)
        if seen.since is not None:
            self.say(since_words(seen.since).capitalize())
        if all(case.closed_on is not None for case in cases):
            if not cases:
                self.say(_("There is no case."), "muted")
            self.lines.addLayout(row(button(_("Open a case"), self._open_new), None))
        for other in seen.merged:
            self.say(_("Merged with {other}").format(other=other), "muted")
        if seen.merged and self.desk.may("counsel"):
            self.offer(_("Take apart again…"), lambda: self.desk.go("duplicates", "merged"))

    def _case(self, case: Case) -> None:
        words = _("Case {number}").format(number=case.number or "–")
        if case.closed_on is not None:
            facts = [term("case_status", CLOSED), show_date(case.closed_on)]
        else:
            facts = [term("case_status", case.status), term("priority", case.priority), show_date(case.opened_on)]
        said = " · ".join(fact for fact in facts if fact)
        self.offer(words, lambda: self.desk.go("case", case.id), f"{words}, {said}")
        self.say(said, "muted" if case.closed_on is not None else "")

    def _open_new(self) -> None:
        if self.seen is None:
            return
        person_id = self.seen.record.person.id
        self.desk.worker.change(
            lambda session: _open_case(session, person_id), lambda case_id: self.desk.go("case", case_id), owner=self
        )


class IntakeCard(HubCard):
    """How complete the intake is, and what the person agreed to."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Intake and consent"))

    def draw(self, seen: Seen) -> None:
        """What is missing, and each purpose somebody was asked about."""
        open_ones = seen.missing.open
        if open_ones:
            left = ngettext("{n} answer is still missing", "{n} answers are still missing", len(open_ones))
            self.say(left.format(n=len(open_ones)))
            self.say(
                ", ".join(dict.fromkeys(one.label for one in open_ones[:4])) + (" …" if open_ones[4:] else ""), "help"
            )
        else:
            self.say(_("The intake is complete."), "understood")
        for state in seen.consents:
            if state.standing != "not_asked":
                self._consent(state)
        not_asked = sum(state.standing == "not_asked" for state in seen.consents)
        if not_asked:
            words = ngettext("Not asked yet: {n} purpose", "Not asked yet: {n} purposes", not_asked)
            self.say(words.format(n=not_asked), "muted")
        person_id = seen.record.person.id
        if seen.flags:
            said = ", ".join(dict.fromkeys(flag.label for flag in seen.flags))
            self.say(_("Vulnerability: {flags}").format(flags=said))
        to_step = ("person", person_id, "consent")
        self.offer(_("Consent and vulnerability"), lambda: self.desk.go("intake", to_step))
        self.offer(_("Go on with the intake"), lambda: self.desk.go("intake", ("person", person_id)))

    def _consent(self, state: Any) -> None:
        said = {
            "given": _("✓ {purpose}"),
            "refused": _("✕ {purpose}: refused"),
            "withdrawn": _("✕ {purpose}: withdrawn"),
            "expired": _("✕ {purpose}: run out"),
        }[state.standing]
        self.say(said.format(purpose=term("consent_purpose", state.purpose)), TONES[state.standing])


def _open_case(session: Any, person_id: str) -> str:
    from resource_centre.services.cases import open_case

    return open_case(session, person_id=person_id).id
