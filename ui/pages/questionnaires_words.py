# SPDX-License-Identifier: Apache-2.0
"""What questionnaires, their versions and their answers are called on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resource_centre.i18n import _, ngettext
from ui.kit.typed_dates import show_date
from ui.pages.wording import term, whole_number

if TYPE_CHECKING:
    from resource_centre.services.questionnaires import Shelved
    from resource_centre.services.response_lists import ResponseRow
    from ui.pages.questionnaires_read import OnShelf

PROTECTED = "protected"


def kind_words(one: Shelved) -> str:
    """What kind of questionnaire it is, and that it is no longer asked."""
    kind = term("questionnaire_kind", one.kind)
    return _("{kind}, no longer asked").format(kind=kind) if one.withdrawn else kind


def facts_of(one: Shelved) -> str:
    """Kind, about whom, who reads the answers, version: one line."""
    version = _("version {version}").format(version=one.form_version) if one.form_version else ""
    facts = (
        kind_words(one), term("questionnaire_about", one.about), term("questionnaire_sensitivity", one.sensitivity),
        version,
    )  # fmt: skip
    return " · ".join(fact for fact in facts if fact)


def occasion_words(one: Shelved) -> str:
    """When it is asked."""
    return ", ".join(term("response_occasion", code) for code in one.occasions if code != "any")


def answered_words(one: OnShelf) -> str:
    """How often it was answered, for a column; a dash when this account does not read the answers."""
    return "–" if one.answered is None else whole_number(one.answered)


def answered_sentence(one: OnShelf) -> str:
    """How often it was answered."""
    if one.answered is None:
        return not_read_words()
    if not one.answered:
        return _("Nobody has answered it yet.")
    words = ngettext("Answered {n} time.", "Answered {n} times.", one.answered)
    return words.format(n=whole_number(one.answered))


def not_read_words() -> str:
    """Why no answer is shown."""
    return _("Your account does not read the answers.")


def when_words(row: ResponseRow) -> str:
    """Occasion and day of one time of asking."""
    return " · ".join(part for part in (term("response_occasion", row.occasion), show_date(row.asked_on)) if part)


def state_words(row: ResponseRow) -> str:
    """Begun with how much is answered, or complete."""
    if row.state == "begun":
        words = ngettext("begun, {n} question answered", "begun, {n} questions answered", row.answered)
        return words.format(n=whole_number(row.answered))
    return term("response_state", row.state).lower()
