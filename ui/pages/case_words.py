# SPDX-License-Identifier: Apache-2.0
"""How a case is put into words: its head, how long somebody has been back, its steps."""

from __future__ import annotations

from resource_centre.i18n import _, ngettext
from resource_centre.services.cases import CaseHead
from resource_centre.services.since_return import SinceReturn
from ui.kit.typed_dates import show_partial
from ui.pages.wording import term, whole_number

CALM = "biasa"


def facts_of(head: CaseHead) -> list[str]:
    """The line below the name: number, state, priority, days since the return, whose case it is."""
    case = head.case
    facts = [
        _("Case {number}").format(number=case.number or "–"),
        term("case_status", case.status),
        term("priority", case.priority) if case.priority != CALM else "",
        since_words(head.since),
        head.counsellor,
    ]
    return [fact for fact in facts if fact]


def since_words(since: SinceReturn | None) -> str:
    """ "Back for 34 days", "Back for about 120 days" when only the month is known; empty when nothing is."""
    if since is None:
        return ""
    words = (
        ngettext("back for about {n} day", "back for about {n} days", since.days)
        if since.about
        else ngettext("back for {n} day", "back for {n} days", since.days)
    )
    return words.format(n=whole_number(since.days))


def since_sentence(since: SinceReturn | None) -> str:
    """When somebody came back, and how long ago that was."""
    if since is None:
        return _("The day of return is not known.")
    return f"{show_partial(since.returned)} · {since_words(since)}"
