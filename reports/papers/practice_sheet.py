# SPDX-License-Identifier: Apache-2.0
"""A good practice drawn."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable

from reports.kit import styles
from reports.kit.layout import space
from reports.kit.text import paragraph
from reports.papers.bullets import bullets
from reports.papers.frame import FormHead, draw_paper, subheading, text
from reports.papers.pieces import Facts
from reports.papers.practice import PracticePaper
from resource_centre.i18n import _


def draw_practice(paper: PracticePaper) -> bytes:
    """The PDF. It is no secret: nothing of a client stands in it."""
    return draw_paper(paper.heading, lambda: list(_story(paper)))


def _story(paper: PracticePaper) -> Iterator[Flowable]:
    yield FormHead(paper.heading, coded=False)
    yield paragraph(paper.title, styles.DAY_STYLE)
    yield space(0.5)
    if paper.facts:
        yield Facts(paper.facts, columns=3)
    for heading, words in paper.told:
        yield from subheading(heading)
        yield from text(words, styles.READ_STYLE)
    if paper.files:
        yield from subheading(_("Files at the centre"))
        yield from bullets(paper.files, styles.CONTENT_WIDTH)
    if paper.tags:
        yield space(0.8)
        yield paragraph(" · ".join(paper.tags), styles.NOTE_STYLE)
