# SPDX-License-Identifier: Apache-2.0
"""The printed tables of questionnaires: only choosing words and writing numbers, nothing is counted here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.kit.tables import Column, Row, Table, table
from reports.kit.words import NOTHING, number, percent
from reports.monthly.surveys import ScaleLine, Survey
from resource_centre.i18n import N_, _
from resource_centre.questionnaires.form import Words, parts, say
from resource_centre.services.distributions import Distributions, QuestionCounts

REASONS = {
    "unknown": N_("does not know"),
    "refused": N_("would rather not say"),
    "not_applicable": N_("does not apply"),
    "not_asked": N_("not asked"),
    "skipped": N_("left out by the form"),
    "blank": N_("left blank"),
}
_WIDE = 10
"""A scale that reaches further than this is written with one decimal, any other with two."""


class SurveyTables:
    """The tables of questionnaires in one language; the language must be active while they are made."""

    def __init__(self, language: str) -> None:
        self._language = language

    def figures(self, surveys: Sequence[Survey], *, headed: bool) -> Table:
        """R17: means in month and year, before against after over the project; `headed` names each questionnaire."""
        columns = [Column(_("Figure") if headed else _("Dimension"), numeric=False)]
        for group in (_("Month"), _("Year")):
            columns += [Column(_("People"), group=group), Column(_("Mean"), group=group)]
        matched = _("Before and after, project")
        heads = (_("Pairs"), _("Before"), _("After"), _("Difference"), _("95 % range"))
        columns += [Column(words, group=matched, strong=words == heads[3]) for words in heads]
        rows: list[Row] = []
        for survey in surveys:
            if headed:
                rows.append(Row((survey.title[self._language], *[""] * (len(columns) - 1)), "section"))
            rows += [Row(self._line(line), indent=int(headed)) for line in survey.scales]
        return table(columns, rows)

    def answers(self, found: Distributions) -> Table:
        """The annex: every question with what was answered, and why others did not."""
        columns = [
            Column(_("Question"), numeric=False),
            Column(_("Answers"), strong=True),
            Column(_("What was answered"), numeric=False, width=178),
            Column(_("No answer"), numeric=False, width=84),
        ]
        return table(columns, [Row(tuple(self._question(one, found))) for one in found.questions])

    def _line(self, line: ScaleLine) -> tuple[str, ...]:
        decimals = 1 if line.high is not None and line.high > _WIDE else 2
        pairs = line.matched[2]

        def shown(value: float | None, *, sign: bool = False) -> str:
            return number(value, self._language, decimals=decimals, sign=sign)

        ends = _("{low} to {high}").format(low=shown(pairs.low, sign=True), high=shown(pairs.high, sign=True))
        return (
            line.label[self._language],
            self._n(line.n[0]), shown(line.mean[0]),
            self._n(line.n[1]), shown(line.mean[1]),
            self._n(pairs.n), shown(pairs.before), shown(pairs.after), shown(pairs.change, sign=True),
            ends if pairs.low is not None else NOTHING,
        )  # fmt: skip

    def _question(self, one: QuestionCounts, found: Distributions) -> Iterator[str]:
        yield self._said(one.label, found) or one.name
        yield self._n(one.answered)
        yield " · ".join(self._given(one, found)) or NOTHING
        yield ", ".join(f"{_(REASONS[name])}\u00a0{self._n(count)}" for name, count in one.reasons.items())

    def _given(self, one: QuestionCounts, found: Distributions) -> Iterator[str]:
        for choice in one.choices:
            if choice.count:
                share = percent(100 * choice.count / one.answered, self._language)
                yield f"{self._said(choice.label, found) or choice.name}\u00a0{self._n(choice.count)}\u00a0({share})"
        if one.numbers is not None:
            least, middle, mean, greatest = (
                number(value, self._language, decimals=0 if float(value).is_integer() else 1)
                for value in (one.numbers.least, one.numbers.median, one.numbers.mean, one.numbers.greatest)
            )
            yield _("{least} to {greatest}, middle {middle}, mean {mean}").format(
                least=least, greatest=greatest, middle=middle, mean=mean
            )
        if one.left_out:
            yield _("{n} answers to an earlier version of another kind are not counted").format(n=self._n(one.left_out))

    def _said(self, words: Words, found: Distributions) -> str:
        text = say(words, found.spoken[self._language]) if words else ""
        return "".join("…" if asks else piece for piece, asks in parts(text)).strip()

    def _n(self, value: int) -> str:
        return number(value, self._language)
