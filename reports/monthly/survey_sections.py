# SPDX-License-Identifier: Apache-2.0
"""The sections of questionnaires in the month's report: R17 with what stands under it, and the annex of answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reportlab.platypus import Flowable, PageBreak

from reports.kit import styles
from reports.kit.text import paragraph
from reports.monthly.survey_tables import SurveyTables
from reports.monthly.surveys import CHANGE, RSS, Survey, Surveys
from resource_centre.i18n import _
from resource_centre.services.rules import rule

Section = Callable[..., list[Flowable]]


class SurveySections:
    """Each section as flowables, or nothing; the language must be active while they are made."""

    def __init__(self, found: Surveys, language: str, section: Section) -> None:
        self._found = found
        self._language = language
        self._tables = SurveyTables(language)
        self._section = section

    def under_headline(self) -> list[Flowable]:
        """What must stand under the change of R1."""
        survey = self._found.of(RSS)
        known = survey is not None and self._found.caution_under(CHANGE, self._language)
        return list(self._cautions([survey])) if survey is not None and known else []

    def figures(self) -> list[Flowable]:
        """R17, and the same of other questionnaires that yield figures."""
        drawn: list[Flowable] = []
        survey = self._found.of(RSS)
        if survey is not None and survey.scales:
            drawn += self._figures("R17", survey.title[self._language], [survey], headed=False)
        others = [one for one in self._found.scored if one.questionnaire != RSS]
        if others:
            drawn += self._figures("", _("Figures of other questionnaires"), others, headed=True)
        return drawn

    def annex(self) -> list[Flowable]:
        """How the answers of the year are spread, questionnaire by questionnaire."""
        told = [one for one in self._found.spread if one.questions]
        kept_back = [one for one in self._found.spread if one.suppressed]
        drawn: list[Flowable] = []
        for one in told:
            heading = _("{title}: {n} in the year").format(title=self._title(one.questionnaire), n=one.n)
            drawn += self._section("", heading, self._tables.answers(one))
        if drawn:
            drawn = [PageBreak(), paragraph(_("Annex: answers"), styles.TITLE_STYLE), *drawn]
        if drawn and kept_back:
            names = ", ".join(self._title(one.questionnaire) for one in kept_back)
            few = _("Answered fewer than {least} times, and so not shown: {names}.")
            drawn.append(self._note(few.format(least=int(rule("least_matched")), names=names)))
        return drawn

    def _figures(self, number: str, heading: str, surveys: Sequence[Survey], *, headed: bool) -> list[Flowable]:
        least = _("Means and changes of fewer than {least} people are not shown.")
        return self._section(
            number,
            heading,
            self._tables.figures(surveys, headed=headed),
            *self._cautions(surveys),
            self._note(least.format(least=int(rule("least_matched")))),
            self._note(_("A score never decides whether somebody gets a service.")),
        )

    def _cautions(self, surveys: Sequence[Survey]) -> Iterator[Flowable]:
        """What must be said of figures, once each, with the questionnaire it is said of."""
        said: dict[str, list[str]] = {}
        for survey in surveys:
            if survey.caution[self._language]:
                said.setdefault(survey.caution[self._language], []).append(survey.title[self._language])
        for caution, titles in said.items():
            yield self._note(f"{', '.join(titles)}: {caution}")

    def _title(self, questionnaire: str) -> str:
        survey = self._found.of(questionnaire)
        return survey.title[self._language] if survey is not None else questionnaire

    def _note(self, text: str) -> Flowable:
        return paragraph(text, styles.NOTE_STYLE)
