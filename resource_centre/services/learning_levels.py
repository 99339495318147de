# SPDX-License-Identifier: Apache-2.0
"""The four levels on which a training is judged, each with what it rests on and what is missing (Kirkpatrick)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from resource_centre.i18n import N_
from resource_centre.learning.attrition import Attrition
from resource_centre.learning.gains import Gain
from resource_centre.learning.levels import TITLES, Indicator, Level, Unit, share_indicator
from resource_centre.learning.results import FollowedUp, QuestionMean, Rated
from resource_centre.services.rules import rule

BEHAVIOUR: Final = {
    "keeps_budget": N_("Keep a budget"),
    "saved": N_("Saved last month"),
    "repaid_debt": N_("Paid off debt last month"),
    "remittance_plan": N_("Agreed on a plan for money sent home"),
    "product": N_("Use a new financial service"),
}
RESULTS: Final = {
    "savings_grew": N_("Savings have grown"),
    "debt_fell": N_("Debt has fallen"),
    "business": N_("Started a business"),
    "business_runs": N_("Their business still runs"),
    "informed": N_("Know the regular way to go, what it costs and where to ask"),
}
REACTIONS: Final = {
    "content": N_("Content"),
    "logistics": N_("Place and arrangements"),
    "facilitation": N_("Facilitation"),
    "gain": N_("Knowledge gained, as participants see it"),
}
SHARES: Final = {
    "satisfied": N_("Satisfied or very satisfied"),
    "recommend": N_("Would recommend it"),
    "enjoyed": N_("Enjoyed it, when interviewed later"),
    "remembers": N_("Remembered most messages"),
    "uses": N_("Use what they learnt, or will"),
    "told": N_("Told others about it"),
}


def levels_of(
    came: int, attrition: Attrition, gain: Gain, reaction: Rated, ratings: tuple[Rated, Rated], later: list[FollowedUp]
) -> tuple[Level, ...]:
    """Reaction, learning, behaviour, results. `came` includes those counted only, `ratings` observation and interview.

    Behaviour rests on everybody asked after three or six months, results on those asked after six.
    """
    tested = Level(2, TITLES[2], gain.pairs, gain.missing.total, tuple(_learning(gain, attrition)))
    reacted = Level(1, TITLES[1], reaction.n, max(0, came - reaction.n), tuple(_reaction(reaction, *ratings)))
    return (reacted, tested, _later(3, BEHAVIOUR, later), _later(4, RESULTS, later[-1:]))


def _reaction(reaction: Rated, observation: Rated, interview: Rated) -> Iterator[Indicator]:
    for name, label in REACTIONS.items():
        if name in reaction.scales:
            yield _mean(name, label, "of_5", reaction.scales[name])
    for rated in (reaction, interview):
        for name, share in rated.shares.items():
            if share.whole:
                yield share_indicator(name, SHARES[name], share, rule("least_matched"))
    if "total" in observation.scales:
        # One observer is no small group of people: nothing of theirs could be found out from it.
        total = observation.scales["total"]
        yield Indicator("observation", N_("Observation, six points of five"), "of_30", total.mean, total.n)


def _learning(gain: Gain, attrition: Attrition) -> Iterator[Indicator]:
    n, few = gain.pairs, gain.few
    if n:
        yield Indicator("mean_gain", N_("Mean gain"), "points", gain.mean_gain, n, gain.low, gain.high, few=few)
        normalised = gain.normalised_pairs
        yield Indicator(
            "normalised", N_("Share gained of what could be gained"), "of_1", gain.normalised, normalised, few=few
        )
        least = rule("least_matched")
        yield share_indicator("improved", N_("Scored higher after"), gain.improved, least)
        yield share_indicator("passed_before", N_("Reached the pass mark before"), gain.passed_before, least)
        yield share_indicator("passed_after", N_("Reached the pass mark after"), gain.passed_after, least)
    if attrition.enrolled:
        yield Indicator("completed", N_("Completed the course"), "count", attrition.completed, attrition.enrolled)


def _later(number: int, labels: dict[str, str], later: list[FollowedUp]) -> Level:
    found = [
        share_indicator(name, label, one.shares[name], rule("least_matched"), one.occasion)
        for name, label in labels.items()
        for one in later
        if name in one.shares
    ]
    asked, missing = sum(one.done for one in later), sum(one.missing for one in later)
    return Level(number, TITLES[number], asked, missing, tuple(found), all(one.readable for one in later))


def _mean(code: str, label: str, unit: Unit, found: QuestionMean) -> Indicator:
    return Indicator(code, label, unit, found.mean, found.n, few=0 < found.n < rule("least_matched"))
