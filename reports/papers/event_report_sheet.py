# SPDX-License-Identifier: Apache-2.0
"""The report of an event drawn on one page, whatever there is to say: long texts are cut with an ellipsis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportlab.platypus import Flowable

from reports.kit import styles
from reports.kit.fonts import REGULAR
from reports.kit.layout import space
from reports.kit.signatures import Signatures
from reports.kit.tables import Column, Row, table
from reports.kit.text import lines, paragraph, plain, shorten
from reports.kit.words import number, percent
from reports.papers.event import joined
from reports.papers.event_report import Agreed, EventReport
from reports.papers.frame import FormHead, draw_paper, subheading
from reports.papers.pieces import WRITTEN, Fact, Facts
from reports.papers.values import day
from resource_centre.i18n import _, language, ngettext
from resource_centre.learning.results import Rated
from resource_centre.vocabulary import vocabulary

_PAGE: Final = styles.PAGE[1] - styles.TOP - styles.BOTTOM - 2


def draw_event_report(paper: EventReport) -> bytes:
    """The PDF: one page."""
    return draw_paper(paper.heading, lambda: _story(paper))


def _story(paper: EventReport) -> list[Flowable]:
    above: list[Flowable] = [
        FormHead(paper.heading, paper.event.kind),
        Facts(_short(_facts(paper), 3, 2), columns=3),
        *subheading(_("Who came")),
        _who_came(paper),
        *_beside(paper),
        *subheading(_("What was learnt and how it was")),
        Facts(_short(_learnt(paper), 4, 2), columns=4),
    ]
    signed: list[Flowable] = [Signatures([_("Trainer"), _("For the centre")])]
    left = _PAGE - sum(map(_high, (*above, *signed)))
    return [*above, *_told(paper, left), *signed]


def _high(flowable: Flowable) -> float:
    _width, height = flowable.wrap(styles.CONTENT_WIDTH, _PAGE)
    return float(height + flowable.getSpaceBefore() + flowable.getSpaceAfter())


def _facts(paper: EventReport) -> list[Fact]:
    event = paper.event
    facts = [
        (_("Event"), event.title + (f" ({_('called off')})" if event.called_off else "")),
        (_("Date"), event.when),
        (_("Venue"), event.where),
        (_("Trainers"), joined(event.trainers)),
        (_("Contact hours"), event.lasted),
        (_("Languages"), event.languages),
        (_("Partner"), event.partner),
        (_("Paid from"), paper.fund),
        (_("Cost"), paper.cost),
    ]
    facts = [one for one in facts if one[1]]
    if event.modules and joined(event.modules) != event.title:
        facts.insert(1, (_("Modules"), joined(event.modules)))
    return facts


def _short(facts: list[Fact], columns: int, most: int) -> list[Fact]:
    """The facts, each on no more than so many lines."""
    wide = (styles.CONTENT_WIDTH - styles.STEP * 1.5 * (columns - 1)) / columns
    return [(name, _cut(value, wide, most, WRITTEN)) for name, value in facts]


def _cut(words: str, wide: float, most: int, size: float) -> str:
    """As much as stands on so many lines, an ellipsis where something is left out."""
    broken = lines(plain(words), REGULAR, size, wide)
    if len(broken) <= most:
        return plain(words)
    last = shorten(" ".join(broken[most - 1 :]), REGULAR, size, wide - 2)
    return " ".join([*broken[: most - 1], last])


def _who_came(paper: EventReport) -> Flowable:
    columns = [
        Column("", numeric=False),
        Column(_("Women"), width=60),
        Column(_("Men"), width=60),
        Column(_("Not known"), width=60),
        Column(_("Together"), width=60, strong=True),
    ]
    rows = [
        Row((one.name, *("" if cell is None else number(cell, language()) for cell in one.cells)))
        for one in paper.counts
    ]
    return table(columns, rows)


def _beside(paper: EventReport) -> list[Flowable]:
    """What the table does not hold: ages, each day, villages, certificates, who was reached besides."""
    return [
        paragraph(_cut(words[:1].upper() + words[1:], styles.CONTENT_WIDTH, 2, styles.BODY.size), styles.BODY_STYLE)
        for words in (_ages(paper), "; ".join(_further(paper)))
        if words
    ]


def _ages(paper: EventReport) -> str:
    came = [(one.code, one.attrition.came) for one in paper.learning.by_age if one.attrition.came]
    ages = vocabulary("age_band")
    counts = ", ".join(f"{ages.label(code)}: {number(many, language())}" for code, many in came)
    return _("Ages of those named: {counts}").format(counts=counts.replace("-", "–")) if counts else ""


def _further(paper: EventReport) -> Iterator[str]:
    if len(paper.per_day) > 1:
        yield _("Present day by day: {counts}").format(counts=", ".join(map(str, paper.per_day)))
    if paper.villages:
        yield ngettext("from {n} village", "from {n} villages", paper.villages).format(n=paper.villages)
    if paper.certificates:
        given = ngettext("{n} certificate", "{n} certificates", paper.certificates)
        yield given.format(n=paper.certificates)
    if paper.reach:
        reached = _("reached besides, not served: {n}").format(n=number(paper.reach, language()))
        yield f"{reached} ({paper.reach_basis})" if paper.reach_basis else reached


def _learnt(paper: EventReport) -> list[Fact]:
    gain, spoken = paper.learning.gain, language()
    before, after = (number(one, spoken, decimals=1) for one in (gain.mean_pre, gain.mean_post))
    means = _("{before} and {after}").format(before=before, after=after)
    facts = [
        (_("With both tests"), _("{n} of {all}").format(n=gain.pairs, all=gain.pairs + gain.missing.total)),
        (_("Right before and after (%)"), means if gain.mean_pre is not None else _too_few(gain.pairs)),
        (_("Gain in points (95% interval)"), _gain(paper) or _too_few(gain.pairs)),
        (_("Passed ({n}%) after").format(n=paper.pass_mark), percent(gain.passed_after.percent, spoken)),
        (_("Evaluation forms"), _of(paper.learning.reaction)),
    ]
    facts += [(label, value) for label, value in _scales(paper.learning.reaction)][:4]
    shares = paper.learning.reaction.shares
    if "satisfied" in shares and shares["satisfied"].percent is not None:
        facts.append((_("Satisfied"), percent(shares["satisfied"].percent, spoken)))
    observed = paper.observed
    facts.append((_("Observation (of 100)"), number(observed.mean, spoken, decimals=0) if observed else ""))
    return facts


def _gain(paper: EventReport) -> str:
    gain, spoken = paper.learning.gain, language()
    if gain.mean_gain is None:
        return ""
    mean = number(gain.mean_gain, spoken, decimals=1, sign=True)
    if gain.low is None:
        return mean
    low, high = (number(one, spoken, decimals=1, sign=True) for one in (gain.low, gain.high))
    return _("{mean} ({low} to {high})").format(mean=mean, low=low, high=high)


def _too_few(pairs: int) -> str:
    return _("too few for a mean") if pairs else ""


def _of(rated: Rated) -> str:
    if rated.of is None:
        return str(rated.n)
    return _("{n} of {all}").format(n=rated.n, all=rated.of)


def _scales(rated: Rated) -> list[Fact]:
    """Each part of the evaluation with its mean."""
    spoken = language()
    found = []
    for scale in rated.scales.values():
        if scale.mean is not None:
            mean = _("{mean} of {best}").format(mean=number(scale.mean, spoken, decimals=1), best=scale.best)
            found.append((scale.label.get(spoken) or scale.question, mean))
    return found


def _told(paper: EventReport, left: float) -> list[Flowable]:
    """Remarks and agreements in the room that is left, shared between them."""
    agreed = _agreed_words(paper.agreed)
    wanted = [(_("Remarks"), [line for line in paper.remarks.splitlines() if line.strip()]), (_("Agreed"), agreed)]
    parts = [(title, said) for title, said in wanted if said]
    drawn: list[Flowable] = []
    for place, (title, said) in enumerate(parts):
        share = left / (len(parts) - place)
        title_line = paragraph(title, styles.NOTE_STYLE)
        part: list[Flowable] = [title_line, *_cut_to(said, share - _high(title_line))]
        used = sum(map(_high, part))
        if len(part) > 1 and used <= left:
            drawn += part
            left -= used
    return [*drawn, space(0.2)] if left > styles.STEP else drawn


def _agreed_words(agreed: tuple[Agreed, ...]) -> list[str]:
    return [" · ".join(part for part in (one.what, one.responsible, _until(one)) if part) for one in agreed]


def _until(one: Agreed) -> str:
    return _("until {day}").format(day=day(one.due_on)) if one.due_on else ""


def _cut_to(said: list[str], room: float) -> list[Flowable]:
    """The texts in so much room: each as long as it may be, the last with an ellipsis."""
    drawn: list[Flowable] = []
    one_line = styles.BODY.leading + styles.BODY_STYLE.spaceAfter
    fits = int(room // one_line)
    if len(said) > fits > 0:
        left_out = len(said) - fits + 1
        said = [*said[: fits - 1], ngettext("and {n} more", "and {n} more", left_out).format(n=left_out)]
    for place, words in enumerate(said[:fits]):
        later = (len(said) - place - 1) * one_line
        most = max(1, int((room - later - styles.BODY_STYLE.spaceAfter) // styles.BODY.leading))
        made = paragraph(_cut(words, styles.CONTENT_WIDTH - 4, most, styles.BODY.size), styles.BODY_STYLE)
        room -= _high(made)
        drawn.append(made)
    return drawn
