# SPDX-License-Identifier: Apache-2.0
"""A curriculum drawn: each module stays in one piece, what participants learn at the left, materials at the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.platypus import Flowable, KeepTogether

from reports.kit import styles
from reports.kit.layout import Beside, Heading, space
from reports.kit.text import paragraph
from reports.papers.bullets import bullets
from reports.papers.curriculum import CurriculumPaper, TaughtModule, hours
from reports.papers.frame import FormHead, draw_paper
from reports.papers.pieces import Facts
from resource_centre.i18n import N_, _

DRAFT: Final = N_("DRAFT")
GAP: Final = 2 * styles.STEP
LEFT: Final = (styles.CONTENT_WIDTH - GAP) * 0.62
TALLEST: Final = 400.0
"""What is taller is no list any more: it goes on over the pages."""
RIGHT: Final = styles.CONTENT_WIDTH - GAP - LEFT


def draw_curriculum(paper: CurriculumPaper) -> bytes:
    """The PDF; a draft says so across the page."""
    return draw_paper(paper.heading, lambda: list(_story(paper)), watermark=DRAFT if paper.draft else "")


def _story(paper: CurriculumPaper) -> Iterator[Flowable]:
    yield FormHead(paper.heading, paper.lead, coded=False)
    yield Facts(paper.facts, columns=3)
    for place, one in enumerate(paper.modules, start=1):
        yield from _module(place, one)


def _module(place: int, one: TaughtModule) -> Iterator[Flowable]:
    facts = (hours(one.minutes), one.phases, one.test)
    words = " · ".join(fact for fact in facts if fact)
    head = [Heading(one.title, str(place)), paragraph(words, styles.NOTE_STYLE), space(0.25)]
    left = _listed(_("What participants can do afterwards"), one.objectives, LEFT)
    right = _listed(_("Materials"), one.materials, RIGHT)
    beside = Beside([(LEFT, left), (RIGHT, right)], gap=GAP)
    if beside.wrap(styles.CONTENT_WIDTH, TALLEST)[1] <= TALLEST:
        yield KeepTogether([*head, beside])
        return
    yield from head
    for heading, listed in (
        (_("What participants can do afterwards"), one.objectives),
        (_("Materials"), one.materials),
    ):
        yield paragraph(heading, styles.LABEL_STYLE)
        for words in listed:
            yield paragraph(words, styles.BODY_STYLE)


def _listed(heading: str, listed: Sequence[str], width: float) -> list[Flowable]:
    if not listed:
        return []
    return [paragraph(heading, styles.LABEL_STYLE), space(0.15), *bullets(listed, width)]
