# SPDX-License-Identifier: Apache-2.0
"""The figures of one questionnaire in lines of words and numbers, as its lists show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resource_centre.i18n import N_, _, language
from ui.pages.wording import decimal, whole_number

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.questionnaires.form import Words
    from resource_centre.questionnaires.scales import Scale
    from resource_centre.services.distributions import Distributions, QuestionCounts
    from resource_centre.services.scores import Matched, MatchedScale

Days = tuple[dt.date, dt.date]
FINE = 2
"""Decimal places of figures between 0 and 1."""

WHOLE_FROM = 10
"""From here a whole number is shown without decimal places."""

REASONS = {
    "unknown": N_("did not know"),
    "refused": N_("would not say"),
    "not_applicable": N_("does not apply"),
    "not_asked": N_("was not asked"),
    "skipped": N_("left out by the form"),
    "blank": N_("left blank"),
}
"""Why there is no answer, in the order in which it is shown."""


@dataclass(frozen=True)
class QuestionLine:
    """One question of the list at the left."""

    id: str
    words: str
    counts: QuestionCounts


@dataclass(frozen=True)
class AnswerLine:
    """One answer, or one reason for none (`plain` False), with how often it was given.

    `share` is that of those who answered; of a reason, that of all who could have. None for a figure that is no count.
    """

    id: str
    words: str
    number: str
    share: float | None
    plain: bool = True

    def percent(self) -> str:
        """The share in whole per cent."""
        return "" if self.share is None else f"{whole_number(round(self.share * 100))}%"


@dataclass(frozen=True)
class Reckoned:
    """What is shown of the answers of a period."""

    spread: Distributions
    matched: Matched


def reckon(session: Session, name: str, period: Days | None) -> Reckoned:
    """Count and match; runs on the worker's thread."""
    from resource_centre.services.distributions import distributions
    from resource_centre.services.scores import matched

    return Reckoned(distributions(session, name, period), matched(session, name, period))


def words_of(words: Words, name: str) -> str:
    """A wording in the active language, without what the form fills in; the name where there is none."""
    from resource_centre.questionnaires.form import parts, say

    found = next((one for one in words if one.endswith(f"({language()})")), "")
    said = "".join("…" if filled else text for text, filled in parts(say(words, found)))
    return " ".join(said.split()) or name


def question_lines(spread: Distributions) -> list[QuestionLine]:
    """Each question with how many answered it."""
    return [QuestionLine(one.name, words_of(one.label, one.name), one) for one in spread.questions]


def answer_lines(counts: QuestionCounts) -> list[AnswerLine]:
    """The answers in the order of the form, then why there is none, then what could not be joined."""
    without = sum(counts.reasons.values())
    return [
        *_answers(counts),
        *(
            AnswerLine(
                f"!{reason}", f"({_(REASONS[reason])})", whole_number(count), _share(count, counts, without), False
            )
            for reason, count in counts.reasons.items()
        ),
        *_left_out(counts),
    ]


def _answers(counts: QuestionCounts) -> Iterator[AnswerLine]:
    for one in counts.choices:
        share = one.count / counts.answered if counts.answered else 0.0
        yield AnswerLine(one.name, words_of(one.label, one.name), whole_number(one.count), share)
    if counts.numbers is not None:
        told = counts.numbers
        for name, words, value in (
            ("least", _("Least"), told.least), ("median", _("Middle one"), told.median),
            ("mean", _("Mean"), told.mean), ("greatest", _("Greatest"), told.greatest),
        ):  # fmt: skip
            yield AnswerLine(f"#{name}", words, number_words(value), None)
    if not counts.choices and counts.numbers is None:
        yield AnswerLine("#answered", _("answered; free answers are not listed"), whole_number(counts.answered), None)


def _left_out(counts: QuestionCounts) -> Iterator[AnswerLine]:
    if counts.left_out:
        words = _("(asked otherwise in an earlier version)")
        yield AnswerLine("!left_out", words, whole_number(counts.left_out), None, False)


def _share(count: int, counts: QuestionCounts, without: int) -> float:
    whole = counts.answered + without
    return count / whole if whole else 0.0


def number_words(value: float | None, places: int = 2) -> str:
    """A figure with at most two decimal places."""
    if value is None:
        return "–"
    return whole_number(int(value)) if value == int(value) and abs(value) >= WHOLE_FROM else signed(value, places)


def signed(value: float, places: int = 2) -> str:
    """A figure with a true minus sign; nought has none."""
    said = decimal(abs(value), places)
    return f"−{said}" if round(value, places) < 0 else said


def figure_words(value: float | None, scale: Scale) -> str:
    """A figure as its scale asks: two decimal places up to one, else one, and none for a whole number."""
    if value is None:
        return "–"
    places = places_of(scale)
    return signed(value, 0 if places < FINE and round(value, places).is_integer() else places)


def places_of(scale: Scale) -> int:
    """How many decimal places a scale is worth."""
    low, high = scale.low, scale.high
    return FINE if low is None or high is None or high - low <= 1 else 1


def difference_words(value: float, scale: Scale) -> str:
    """By how much a figure changed, with its sign; in words when it did not."""
    if round(value, places_of(scale)) == 0:
        return _("unchanged")
    return f"{'+' if value > 0 else ''}{figure_words(value, scale)}"


def change_words(one: MatchedScale) -> str:
    """By how much it changed, with its sign."""
    if one.change is None:
        return "–"
    return f"{'+' if round(one.change, places_of(one.scale)) > 0 else ''}{figure_words(one.change, one.scale)}"


def interval_words(one: MatchedScale) -> str:
    """Where the mean change lies in 95 of 100 such groups."""
    if one.low is None or one.high is None:
        return _("too few people")
    places = places_of(one.scale)
    return _("{low} to {high}").format(low=signed(one.low, places), high=signed(one.high, places))


def direction_words(one: MatchedScale) -> str:
    """What the change means, as far as the interval says; in words, for no colour may say it alone."""
    if one.change is None or one.low is None or one.high is None:
        return "–"
    if one.low <= 0 <= one.high:
        return _("no clear change")
    if not one.scale.better:
        return _("rose") if one.change > 0 else _("fell")
    return _("better") if (one.change > 0) == (one.scale.better == "up") else _("worse")
