# SPDX-License-Identifier: Apache-2.0
"""The slip drawn twice on a page: one to take home, one for the file."""

from __future__ import annotations

from reportlab.platypus import Flowable, Spacer

from reports.kit import styles
from reports.kit.layout import space
from reports.kit.text import paragraph
from reports.papers.appointment import AppointmentSlip
from reports.papers.frame import FormHead, draw_paper
from reports.papers.pieces import CutLine, Facts, Lines
from resource_centre.i18n import _, language


def draw_appointment(slip: AppointmentSlip) -> bytes:
    """The PDF of an appointment."""
    return draw_paper(slip.heading, lambda: _story(slip))


def _story(slip: AppointmentSlip) -> list[Flowable]:
    half, cut = _half(slip), CutLine(_("cut here"))
    taken = sum(part.wrap(styles.CONTENT_WIDTH, styles.PAGE[1])[1] + part.getSpaceAfter() for part in half)
    rest = styles.PAGE[1] / 2 - styles.TOP - taken - cut.height
    return [*half, Spacer(1, max(rest, 1.0)), cut, space(2), *_half(slip)]


def _half(slip: AppointmentSlip) -> list[Flowable]:
    where = slip.heading.centre if slip.at_the_centre else ""
    when = paragraph(long_weekday(slip), styles.DAY_STYLE) if slip.on is not None else Lines(1, label=_("Day"))
    return [
        FormHead(slip.heading),
        when,
        space(0.8),
        Facts([(_("Time"), ""), (_("Where"), where)], fill=True),
        Facts([(_("Whom to ask for"), ""), (_("Telephone"), "")], fill=True),
        space(0.4),
        paragraph(_("Please bring this slip. If you cannot come, tell us: we find another day."), styles.READ_STYLE),
    ]


def long_weekday(slip: AppointmentSlip) -> str:
    """Monday, 7 December 2026."""
    from babel.dates import format_date

    locale = {"id": "id_ID", "en": "en_GB"}.get(language(), language())
    return format_date(slip.on, "EEEE, d MMMM y", locale=locale) if slip.on is not None else ""
