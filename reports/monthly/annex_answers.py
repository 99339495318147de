# SPDX-License-Identifier: Apache-2.0
"""The annex: how the answers to every questionnaire are spread, and why others did not answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reports.monthly.columns import COUNTED, MEASURED
from reports.monthly.figures import MonthlyFigures
from reports.monthly.sections_surveys import plain_key
from reports.monthly.setting import Setting
from reports.tables.building import with_sums
from reports.tables.model import BLANK, Cell, Column, Row, Section, Table, figure, total
from resource_centre.i18n import N_, _
from resource_centre.questionnaires.form import Words, parts, say
from resource_centre.services.distributions import AnswerCount, Distributions, QuestionCounts
from resource_centre.services.rules import rule

REASONS: Final = {
    "unknown": N_("does not know"),
    "refused": N_("would rather not say"),
    "not_applicable": N_("does not apply"),
    "not_asked": N_("not asked"),
    "skipped": N_("left out by the form"),
    "blank": N_("left blank"),
}
_ONE_OF: Final = "select_one"


def answers_sections(figures: MonthlyFigures, setting: Setting) -> Iterator[Section]:
    """A section for each questionnaire that was answered often enough; the last one says of which nothing is told."""
    titles = {one.questionnaire: one.title[setting.language] for one in figures.surveys.found}
    told = [one for one in figures.surveys.spread if one.questions]
    kept_back = [titles[one.questionnaire] for one in figures.surveys.spread if one.suppressed]
    few = _("Answered fewer than {least} times, and so not shown: {names}.")
    note = few.format(least=int(rule("least_matched")), names=", ".join(kept_back))
    for place, one in enumerate(told, start=1):
        heading = titles[one.questionnaire]
        notes = (note,) if kept_back and place == len(told) else ()
        yield Section(f"annex.{one.questionnaire}", heading, (_Answers(one, heading, setting).table(),), notes=notes)


class _Answers:
    """The table of one questionnaire: a question with its answers below it."""

    def __init__(self, found: Distributions, title: str, setting: Setting) -> None:
        self._found, self._title, self._setting = found, title, setting
        self._key = f"annex.{found.questionnaire}"
        self._period = setting.by_sex[-1]

    def table(self) -> Table:
        period = self._period
        columns = (
            Column(f"{period.key}.count", _("Answers"), "", True, f"{COUNTED}+answers+{period.key}", 56),
            Column(f"{period.key}.share", _("Share"), "", hxl=f"{MEASURED}+share+{period.key}", width=56),
        )
        filled_in = Row("filled_in", (_("Filled in"),), (figure(self._found.n, "people"), BLANK), "total")
        rows = [filled_in, *(row for one in self._found.questions for row in self._question(one))]
        table = Table(self._key, self._title, (_("Question"),), columns, tuple(rows), terms=("questionnaires",),
                      additive=False)  # fmt: skip
        exact = [one for one in self._found.questions if _adds_up(one)]
        return with_sums(table, *(total(self._id(one.name), map(self._id, _choices(one))) for one in exact))

    def _question(self, one: QuestionCounts) -> Iterator[Row]:
        words = self._said(one.label) or one.name
        yield Row(plain_key(one.name), (words,), (figure(one.answered, "people"), BLANK), "section")
        for choice in one.choices:
            if choice.count:
                cells = self._share(one, _choice_key(one, choice), choice.count)
                yield self._row(_choice_key(one, choice), self._said(choice.label) or choice.name, cells)
        yield from self._numbers(one)
        for name, count in one.reasons.items():
            cells = (figure(count, "people"), BLANK)
            yield self._row(f"{plain_key(one.name)}.without.{name}", _(REASONS[name]), cells, quiet=True)
        if one.left_out:
            words = _("answers to an earlier version of another kind, not counted")
            yield self._row(
                f"{plain_key(one.name)}.left_out", words, (figure(one.left_out, "people"), BLANK), quiet=True
            )

    def _share(self, one: QuestionCounts, key: str, count: int) -> tuple[Cell, Cell]:
        share = 100 * count / one.answered if one.answered else None
        of = (self._id(key), self._id(one.name))
        return figure(count, "people"), figure(share, "percent", of=of, pairs=one.answered)

    def _numbers(self, one: QuestionCounts) -> Iterator[Row]:
        """Of numbers their middle and mean; the ends are single people's answers."""
        if one.numbers is None:
            return
        told = (
            ("least", _("Least"), one.numbers.least, None),
            ("median", _("Middle"), one.numbers.median, one.answered),
            ("mean", _("Mean"), one.numbers.mean, one.answered),
            ("greatest", _("Greatest"), one.numbers.greatest, None),
        )
        for name, words, value, pairs in told:
            of = (self._id(one.name),) if pairs is not None else ()
            cell = figure(value, "mean", decimals=0 if float(value).is_integer() else 1, of=of, pairs=pairs)
            yield self._row(f"{plain_key(one.name)}.{name}", words, (cell, BLANK))

    def _row(self, key: str, words: str, cells: tuple[Cell, ...], *, quiet: bool = False) -> Row:
        return Row(key, (words,), cells, "quiet" if quiet else "body", indent=1)

    def _id(self, name: str) -> str:
        return f"{self._key}/{plain_key(name)}/{self._period.key}.count"

    def _said(self, words: Words) -> str:
        text = say(words, self._found.spoken[self._setting.language]) if words else ""
        return "".join("…" if asks else piece for piece, asks in parts(text)).strip()


def _choices(one: QuestionCounts) -> list[str]:
    """The keys of the answers that were given."""
    return [_choice_key(one, choice) for choice in one.choices if choice.count]


def _choice_key(one: QuestionCounts, choice: AnswerCount) -> str:
    return f"{plain_key(one.name)}.{plain_key(choice.name)}"


def _adds_up(one: QuestionCounts) -> bool:
    """Whether the answers are all who answered: each gave one."""
    return bool(one.choices) and one.kind == _ONE_OF and sum(choice.count for choice in one.choices) == one.answered
