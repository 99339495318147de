# SPDX-License-Identifier: Apache-2.0
"""What the first page says of the work that waits, and where it is done; the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from resource_centre.clock import today
from resource_centre.i18n import _, ngettext
from ui.kit.typed_dates import show_partial

if TYPE_CHECKING:
    from resource_centre.services.home import WaitingWork
    from ui.pages.exchange_store import ToDo

BACKUP_AFTER_DAYS = 7
Waits = Iterator[tuple[str, tuple[Any, ...]]]
"""A sentence, and the page it leads to with its subject."""


def work_words(waits: WaitingWork | None) -> Waits:
    """One sentence for each kind of work that waits."""
    if waits is None:
        return
    kinds = (_truth_words, _case_words, _commitment_words, _other_words)
    for words, count, where in (line for kind in kinds for line in kind(waits)):
        if count:
            yield words.format(n=grouped(count)), where
    yield from _report_words(waits)


def exchange_words(todo: ToDo | None) -> Iterator[tuple[str, str]]:
    """What is to be done between laptops and centre, and what the link to it says."""
    if todo is None:
        return
    if todo.unpaired:
        yield _("This laptop is not paired with its centre yet."), _("Hand over")
    if todo.over:
        yield _("The time this laptop was paired for is over."), _("Hand over")
    if todo.unsent:
        count = todo.unsent
        words = ngettext("{n} change is not at the centre yet.", "{n} changes are not at the centre yet.", count)
        yield words.format(n=grouped(count)), _("Hand over")
    if todo.to_compare:
        count = todo.to_compare
        words = ngettext("{n} computer waits for the six words.", "{n} computers wait for the six words.", count)
        yield words.format(n=grouped(count)), _("Compare them")


def late_words(days: int) -> str:
    """By how many days something is late."""
    if days <= 0:
        return _("today")
    return ngettext("{n} day late", "{n} days late", days).format(n=grouped(days))


def overdue_words(count: int) -> str:
    """How many follow-ups are overdue."""
    return ngettext("{n} follow-up is overdue.", "{n} follow-ups are overdue.", count).format(n=grouped(count))


def backup_words(last: datetime | None) -> str:
    """What is said of the last backup; empty when it is fresh."""
    if last is None:
        return _("There is no backup yet.")
    days = (today() - last.date()).days
    if days <= BACKUP_AFTER_DAYS:
        return ""
    return ngettext("The last backup is {n} day old.", "The last backup is {n} days old.", days).format(n=days)


def grouped(number: int) -> str:
    """A count as the language of the screen writes it."""
    from PySide6.QtCore import QLocale

    from resource_centre.i18n import language

    return QLocale(language()).toString(number)


Counted = Iterator[tuple[str, int, tuple[Any, ...]]]


def _truth_words(waits: WaitingWork) -> Counted:
    count = waits.differ
    words = ngettext("{n} value differs between computers.", "{n} values differ between computers.", count)
    yield words, count, ("conflicts",)
    count = waits.twice
    words = ngettext("{n} pair of people may be one person.", "{n} pairs of people may be one person.", count)
    yield words, count, ("duplicates",)


def _case_words(waits: WaitingWork) -> Counted:
    count = waits.concerns
    words = ngettext("{n} new protection concern.", "{n} new protection concerns.", count)
    yield words, count, ("protection",)
    count = waits.referrals
    yield ngettext("{n} referral is late.", "{n} referrals are late.", count), count, ("referrals", "open")
    count = waits.complaints
    words = ngettext("{n} complaint is to be followed up.", "{n} complaints are to be followed up.", count)
    yield words, count, ("referrals", "complaints")
    count = waits.advice
    words = ngettext("{n} question waits for advice.", "{n} questions wait for advice.", count)
    yield words, count, ("cases", "supervision")
    count = waits.silent
    words = ngettext("{n} client could not be reached.", "{n} clients could not be reached.", count)
    yield words, count, ("follow_ups", "overdue")
    count = waits.quiet_cases
    words = ngettext("{n} open case is without contact.", "{n} open cases are without contact.", count)
    yield words, count, ("cases", "quiet")


def _commitment_words(waits: WaitingWork) -> Counted:
    count = waits.commitments
    words = ngettext("{n} commitment of a meeting is overdue.", "{n} commitments of meetings are overdue.", count)
    yield words, count, ("agreements", "overdue")
    count = waits.commitments_soon
    words = ngettext(
        "{n} commitment of a meeting is due within a week.",
        "{n} commitments of meetings are due within a week.",
        count,
    )
    yield words, count, ("agreements", "open")


def _other_words(waits: WaitingWork) -> Counted:
    count = waits.trained
    words = ngettext("Follow-up of trainings due: {n} person.", "Follow-up of trainings due: {n} people.", count)
    yield words, count, ("training_follow_ups",)
    count = len(waits.begun)
    words = ngettext("{n} questionnaire is not finished.", "{n} questionnaires are not finished.", count)
    yield words, count, ("questionnaire", ("response", waits.begun[0] if count else ""))


def _report_words(waits: WaitingWork) -> Waits:
    """The months that are over and whose report nobody has handed over; the oldest is opened first."""
    count = len(waits.months)
    if count == 1:
        words = _("The report of {month} is not handed over yet.")
        yield words.format(month=show_partial(waits.months[0])), ("report", waits.months[0])
    elif count:
        words = ngettext("{n} month is not handed over yet.", "{n} months are not handed over yet.", count)
        yield words.format(n=grouped(count)), ("report", waits.months[0])
