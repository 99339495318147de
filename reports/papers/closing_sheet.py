# SPDX-License-Identifier: Apache-2.0
"""The closing form drawn on one page."""

from __future__ import annotations

from reportlab.platypus import Flowable, KeepTogether

from reports.kit import styles
from reports.kit.layout import space
from reports.kit.text import paragraph
from reports.papers.closing import ClosingForm
from reports.papers.frame import CONFIDENTIAL, FormHead, draw_paper, subheading, text
from reports.papers.pieces import Facts, Lines, SignBoxes, Ticks
from reports.papers.values import day
from resource_centre.i18n import _


def draw_closing(form: ClosingForm) -> bytes:
    """The PDF of a closing form."""
    return draw_paper(form.heading, lambda: _story(form), mark="" if form.heading.blank else CONFIDENTIAL)


def _story(form: ClosingForm) -> list[Flowable]:
    blank = form.heading.blank
    signed = SignBoxes(
        (_("Client"), _("Counsellor"), _("Coordinator")), thumb=(True,), names=(form.name, form.heading.printed_by)
    )
    told = Ticks([(_("Yes"), form.client_told is True), (_("No"), form.client_told is False)])
    return [
        FormHead(form.heading, _("Why this case ends, and what was reached together.")),
        Facts(_facts(form), columns=3, fill=True),
        *subheading(_("Reason for closing")),
        Ticks(form.reasons),
        *subheading(_("Was the client told?")),
        told,
        *_words(_("What the client says"), form.feedback, blank=blank or not form.feedback),
        *_words(_("Note on closing"), form.note, blank=blank or not form.note),
        *_referrals(form),
        *_kept(form),
        KeepTogether([space(0.5), signed]),
    ]


def _facts(form: ClosingForm) -> list[tuple[str, str]]:
    goals = ""
    if form.goals is not None:
        goals = _("{reached} of {planned}").format(reached=form.goals[1], planned=form.goals[0])
    return [
        (_("Name"), form.name),
        (_("Number"), form.client_number),
        (_("Goals reached"), goals),
        (_("Opened on"), day(form.opened_on)),
        (_("Closed on"), day(form.closed_on)),
        (_("Last survey"), day(form.last_survey_on)),
    ]


def _words(title: str, words: str, *, blank: bool) -> list[Flowable]:
    return [*subheading(title), *([Lines(2)] if blank else text(words))]


def _referrals(form: ClosingForm) -> list[Flowable]:
    if form.heading.blank:
        return [*subheading(_("Referrals still open")), Lines(1)]
    if not form.open_referrals:
        return []
    lines = [" · ".join(part for part in one if part) for one in form.open_referrals]
    return [*subheading(_("Referrals still open")), *(paragraph(line, styles.BODY_STYLE) for line in lines)]


def _kept(form: ClosingForm) -> list[Flowable]:
    if form.heading.blank:
        return []
    until = day(form.keep_until)
    words = (
        _("To be kept until {day} ({rule}).").format(day=until, rule=form.kept_why)
        if until
        else _("To be kept: {rule}.").format(rule=form.kept_why)
    )
    return [space(0.5), paragraph(words, styles.NOTE_STYLE)]
