# SPDX-License-Identifier: Apache-2.0
"""A questionnaire on paper: blank, to be asked where there is no laptop, or with the answers somebody gave."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.orm import Session

from reports.kit.words import number
from reports.papers.heading import Heading, blank_heading, heading_of
from reports.papers.intake import Option
from reports.papers.questionnaire_walk import LONGEST_TITLE, Item, cut, walk
from reports.papers.values import day, village, word
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.i18n import N_, _, language
from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.live import Facts, LiveForm
from resource_centre.questionnaires.scales import Scale
from resource_centre.questionnaires.scoring import ScaleScore, Scores
from resource_centre.records import Person, QuestionnaireVersion, TrainingEvent
from resource_centre.services.answered import Scoring
from resource_centre.services.questionnaires import form_of, shelved
from resource_centre.services.responses import BEGUN, Opened, response
from resource_centre.services.saving import existing
from resource_centre.services.scores import caution_of, label_of
from resource_centre.services.shipped_forms import read_shipped, shipped_forms, title_of
from resource_centre.vocabulary import vocabulary

Fact = tuple[str, str]

ASKED_BY_HAND: Final = ("lisan", "sendiri", "telepon")
"""Modes (code list response_mode) that a paper may come about in; the others are about where it is kept."""

ABOUT: Final = {
    "person": N_("Name or number of the client"),
    "event": N_("Number of the training"),
    "nameless": N_("Number of the client (no name)"),
    "centre": N_("Centre"),
}
PROTECTED: Final = "protected"


@dataclass(frozen=True)
class Ticks:
    """A question about the asking itself, with a box for each answer."""

    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Figure:
    """One score. `value` is empty when too little is answered; `caution` stands under it wherever it is shown."""

    label: str
    value: str
    reach: str
    answered: str
    caution: str


@dataclass(frozen=True)
class QuestionnairePaper:
    """A questionnaire on paper. `version` tells which form and version it is, on every page; `basis` by what it was
    scored. `facts` are about the asking: on a blank paper empty, to be written."""

    heading: Heading
    blank: bool
    confidential: bool
    facts: tuple[Fact, ...]
    ticks: tuple[Ticks, ...]
    items: tuple[Item, ...]
    version: str
    figures: tuple[Figure, ...] = ()
    basis: str = ""
    remarks: str = ""
    unfinished: bool = False


@dataclass(frozen=True)
class _About:
    """What is known of a questionnaire beside its form."""

    title: str
    about: str = "person"
    occasions: tuple[str, ...] = ()
    sensitivity: str = "sensitive"


# Blank


def blank_questionnaire(
    centre: str = "", *, form: Form | str | None = None, form_language: str = ""
) -> QuestionnairePaper:
    """A blank paper of a form, or by name of one that comes with the program; no centre need be open for it.

    `form_language` is a language as the form names it; without one it is that of the paper. Raises `Refused`
    (not_found) for a name that none of the program's forms bears.
    """
    if isinstance(form, Form):
        return _blank(form, _About(title_of(form.name, form.title)), blank_heading("", centre), form_language)
    shipped = shipped_forms().get(form or "")
    if shipped is None:
        raise Refused("not_found")
    known = _About(shipped.title, shipped.about, shipped.occasions, shipped.sensitivity)
    return _blank(read_shipped(shipped.name), known, blank_heading("", centre), form_language)


def questionnaire_paper(
    session: Session,
    subject: str,
    *,
    blank: bool = False,
    person_id: str | None = None,
    named: bool = False,
    form_language: str = "",
) -> QuestionnairePaper:
    """The paper of one time of asking, by the id of the answers; or with `blank` that of a version, by its id or by
    the name of the questionnaire.

    A blank one bears the number of the client it is for, by `person_id`, and finds them again by it. With `named` the
    client's name stands on an answered one beside the number. Raises `Refused` for what this account may not read.
    """
    if blank:
        return _for_client(session, _blank_from_shelf(session, subject, form_language), person_id)
    opened = response(session, subject)
    if opened.kept_as_draft:
        raise Refused("not_found")
    return _answered(session, opened, named=named, form_language=form_language)


def blank_of(session: Session, name: str, form_language: str = "") -> QuestionnairePaper:
    """The blank paper of a questionnaire of the shelf, by its name, as it is asked now."""
    return _blank_from_shelf(session, name, form_language)


def person_of(session: Session, subject: str) -> str | None:
    """Whom answers are about; None for nobody, and for a version of a form."""
    try:
        return response(session, subject).asked.get("person_id")
    except Refused:
        return None


def _blank_from_shelf(session: Session, subject: str, form_language: str) -> QuestionnairePaper:
    version = session.get(QuestionnaireVersion, subject)
    if version is None:
        shelf = shelved(session, subject)
        if shelf.version_id is None:
            paper = blank_questionnaire(form=shelf.name, form_language=form_language)
            return replace(paper, heading=heading_of(session, paper.heading.title, None))
        version = existing(session, QuestionnaireVersion, shelf.version_id)
    form = form_of(session, version.id)
    shelf = shelved(session, form.name)
    known = _About(title_of(form.name, version.title), shelf.about, shelf.occasions, shelf.sensitivity)
    return _blank(form, known, heading_of(session, "", None), form_language)


def _blank(form: Form, known: _About, heading: Heading, form_language: str) -> QuestionnairePaper:
    spoken = form_language or form.language_for(language())
    heading = replace(heading, title=cut(known.title, LONGEST_TITLE))
    about = "nameless" if known.sensitivity == PROTECTED else known.about
    whose = (_(ABOUT.get(about, ABOUT["person"])), heading.centre if about == "centre" else "")
    return QuestionnairePaper(
        heading=heading,
        blank=True,
        confidential=known.about == "person",
        facts=(whose, (_("Date"), ""), (_("Who asked"), "")),
        ticks=_blank_ticks(known),
        items=walk(form, _live(form, spoken), spoken, blank=True),
        version=_version(form),
    )


def _for_client(session: Session, paper: QuestionnairePaper, person_id: str | None) -> QuestionnairePaper:
    if person_id is None:
        return paper
    number_ = existing(session, Person, person_id).number or ""
    (label, _empty), *others = paper.facts
    return replace(paper, heading=replace(paper.heading, number=number_), facts=((label, number_), *others))


def _blank_ticks(known: _About) -> tuple[Ticks, ...]:
    occasions = vocabulary("response_occasion")
    wanted = [term for term in occasions if not known.occasions or term.code in known.occasions]
    asked = [Ticks(_("Occasion"), tuple(Option(term.code, term.label()) for term in wanted))] if len(wanted) > 1 else []
    if known.about == "person":
        modes = [term for term in vocabulary("response_mode") if term.code in ASKED_BY_HAND]
        asked.append(Ticks(_("How"), tuple(Option(term.code, term.label()) for term in modes)))
    return tuple(asked)


# Answered


def _answered(session: Session, opened: Opened, *, named: bool, form_language: str) -> QuestionnairePaper:
    spoken = form_language or opened.form.language_for(language())
    person_id = opened.asked.get("person_id")
    person = existing(session, Person, person_id) if person_id else None
    live = _live(opened.form, spoken, opened)
    figures, basis = _figures(session, opened)
    return QuestionnairePaper(
        heading=heading_of(session, cut(opened.title, LONGEST_TITLE), _number(session, opened, person)),
        blank=False,
        confidential=True,
        facts=_facts(opened, (person.full_name or "") if person is not None and named else ""),
        ticks=(),
        items=walk(opened.form, live, spoken, blank=False),
        version=_version(opened.form),
        figures=figures,
        basis=basis,
        remarks=opened.asked.get("remarks") or "",
        unfinished=opened.state == BEGUN,
    )


def _facts(opened: Opened, name: str) -> tuple[Fact, ...]:
    asked = opened.asked
    facts = (
        (_("Name"), name),
        (_("Date"), day(asked.get("asked_on"))),
        (_("Occasion"), word("response_occasion", asked.get("occasion")) if asked.get("occasion") else ""),
        (_("How"), word("response_mode", asked.get("mode")) if asked.get("mode") else ""),
        (_("Who asked"), asked.get("asked_by") or ""),
        (_("Village"), village(asked.get("village_code"))),
        (_("State"), word("response_state", opened.state)),
    )
    return tuple((label, value) for label, value in facts if value)


def _number(session: Session, opened: Opened, person: Person | None) -> str | None:
    if person is not None:
        return person.number
    event_id = opened.asked.get("event_id")
    event = session.get(TrainingEvent, event_id) if event_id else None
    return event.number if event is not None else None


def _figures(session: Session, opened: Opened) -> tuple[tuple[Figure, ...], str]:
    """The scores of a finished one, and by what they came about; nothing of one that is not finished."""
    scoring = Scoring(session, opened.name)
    scales = {scale.name: scale for scale in scoring.scales(opened.version_id)}
    if not scales or opened.state == BEGUN:
        return (), ""
    scores = scoring.scores(opened.version_id, opened.answers, opened.unanswered)
    figures = tuple(_figure(scoring, one, scales.get(one.scale) or Scale(one.scale)) for one in scores.scales)
    return figures, _basis(scores)


def _figure(scoring: Scoring, score: ScaleScore, scale: Scale) -> Figure:
    places = 2 if scoring.weights is not None else _places(score)
    counted = _("{n} of {all} questions").format(n=score.answered, all=score.applicable) if score.applicable else ""
    return Figure(
        label=label_of(scale.label, scale.name),
        value="" if score.value is None else number(float(score.shown(places)), language(), decimals=places),
        reach="" if scale.low is None or scale.high is None else f"{scale.low:f}–{scale.high:f}",
        answered=counted,
        caution=caution_of(scoring, (scale,)),
    )


def _places(score: ScaleScore) -> int:
    return 0 if score.value is None or score.value.denominator == 1 else 2


def _basis(scores: Scores) -> str:
    if scores.weights is None:
        return _("Reckoned by the form's own calculation.")
    weights = scores.weights
    official = _("official") if weights.official else _("not official")
    return _("Weights: {name} {version} ({official}); calculation: {calculation}.").format(
        name=weights.called(language()), version=weights.version, official=official, calculation=scores.calculation
    )


def _version(form: Form) -> str:
    return " ".join(part for part in (form.name, form.version) if part)


def _live(form: Form, spoken: str, opened: Opened | None = None) -> LiveForm:
    """The filling-in; an answered one as it stood on the day it was asked."""
    on = (opened.asked.get("asked_on") if opened else None) or today()
    facts = Facts(today=on, now=dt.datetime.combine(on, dt.time(12)))
    if opened is None:
        return LiveForm(form, language=spoken, facts=facts)
    return LiveForm(form, opened.answers, opened.unanswered, language=spoken, facts=facts)
