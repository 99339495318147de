# SPDX-License-Identifier: Apache-2.0
"""What of a breakdown may leave the house: no mean of a few, and none that could be reckoned from the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeVar

from resource_centre.learning.gains import Gain
from resource_centre.learning.items import ItemFigures
from resource_centre.learning.levels import Level
from resource_centre.learning.results import (
    FollowedUp,
    Item,
    Learning,
    LearningLine,
    QuestionMean,
    Rated,
    TestItems,
    TrainingNeeds,
)
from resource_centre.learning.shares import Share
from resource_centre.learning.solving import solved

Key = TypeVar("Key")


def shown(lines: Sequence[LearningLine], whole: Gain, least: float) -> tuple[LearningLine, ...]:
    """The lines of one breakdown of `whole` with the figures of a few taken out."""
    gains = {str(at): line.gain for at, line in enumerate(lines)}
    told = without_few(gains | {_WHOLE: whole}, [(_WHOLE, tuple(gains))], least)
    return tuple(replace(line, gain=told[str(at)]) for at, line in enumerate(lines))


def without_few(gains: Mapping[Key, Gain], sums: Sequence[tuple[Key, Sequence[Key]]], least: float) -> dict[Key, Gain]:
    """The gains of a table as they may be told; `sums` says of which parts each whole is made.

    What has fewer pairs than `least` keeps only its number. Where what is hidden could be reckoned from a whole and its
    other parts - one alone is hidden, or the hidden parts are few even together - the smallest part that is left is
    hidden as well, until nothing can (domain reference 5.5).
    """
    pairs = {key: gain.pairs for key, gain in gains.items() if gain.pairs}
    hidden = {key for key, count in pairs.items() if count < least}
    while (more := next(_given_away(pairs, hidden, sums, least), None)) is not None:
        hidden.add(more)
    return {key: gain.without_figures() if key in hidden else gain for key, gain in gains.items()}


_WHOLE = "whole"


def _given_away(
    pairs: Mapping[Key, int], hidden: set[Key], sums: Sequence[tuple[Key, Sequence[Key]]], least: float
) -> Iterator[Key]:
    """What must be hidden besides, for one sum after the other that gives something away."""
    for whole, parts in sums:
        told = [key for key in parts if key in pairs and key not in hidden]
        kept = [key for key in parts if key in hidden]
        alone = len(kept) + (whole in hidden) == 1
        few = bool(kept) and whole not in hidden and sum(pairs[key] for key in kept) < least
        if told and (alone or few):
            yield min(told, key=lambda key: pairs[key])
        elif kept and alone:  # the whole is nothing but the hidden part
            yield whole
    yield from _given_away_together(pairs, hidden, sums)


def _given_away_together(
    pairs: Mapping[Key, int], hidden: set[Key], sums: Sequence[tuple[Key, Sequence[Key]]]
) -> Iterator[Key]:
    """What must be hidden besides because several sums together give one hidden part away."""
    unknown = sorted(hidden, key=lambda key: (pairs[key], repr(key)))
    rows = [[Fraction((key in parts) - (key == whole)) for key in unknown] for whole, parts in sums]
    known = {unknown[at] for at in solved(rows)}
    if known:
        beside = {key for whole, parts in sums if known.intersection((whole, *parts)) for key in (whole, *parts)}
        told = (beside & pairs.keys()) - hidden or pairs.keys() - hidden
        yield from sorted(told, key=lambda key: (pairs[key], repr(key)))[:1]


def shown_learning(found: Learning, least: float) -> Learning:
    """All figures of learning as they may leave the house. Counts stay, and what a single observer says of an event."""
    lines: dict[str, Any] = {name: shown(getattr(found, name), found.gain, least) for name in _BREAKDOWNS}
    return replace(
        found,
        gain=found.gain.without_figures() if found.gain.few else found.gain,
        oral=_share(found.oral, least),
        **lines,
        tests=tuple(_test(one, least) for one in found.tests),
        reaction=_rated(found.reaction, least),
        validation=_rated(found.validation, least),
        follow_ups=tuple(_followed(one, least) for one in found.follow_ups),
        levels=tuple(_level(one) for one in found.levels),
    )


def shown_needs(found: TrainingNeeds, least: float) -> TrainingNeeds:
    """What people need, unless only a few were asked; of a question that few answered only how many."""
    if found.n < least:
        return TrainingNeeds(n=found.n)
    knows, does = (tuple(_mean(one, least) for one in means) for means in (found.knows, found.does))
    return replace(found, knows=knows, does=does)


_BREAKDOWNS = ("by_module", "by_kind", "by_sex", "by_age", "by_village")


def _share(share: Share, least: float) -> Share:
    return Share(0, share.whole, hidden=True) if 0 < share.whole < least else share


def _mean(mean: QuestionMean, least: float) -> QuestionMean:
    return replace(mean, mean=None) if mean.n < least else mean


def _rated(rated: Rated, least: float) -> Rated:
    return replace(
        rated,
        questions=tuple(_mean(one, least) for one in rated.questions),
        scales={name: _mean(one, least) for name, one in rated.scales.items()},
        shares={name: _share(one, least) for name, one in rated.shares.items()},
    )


def _followed(one: FollowedUp, least: float) -> FollowedUp:
    shares = {name: _share(share, least) for name, share in one.shares.items()}
    return replace(one, shares=shares, amounts={name: _mean(mean, least) for name, mean in one.amounts.items()})


def _level(level: Level) -> Level:
    few = (replace(one, value=None, low=None, high=None) if one.few else one for one in level.indicators)
    return replace(level, indicators=tuple(few))


def _test(test: TestItems, least: float) -> TestItems:
    return replace(test, items=tuple(_question(one, least) for one in test.items))


def _question(one: Item, least: float) -> Item:
    shown_one = replace(one, before=_item(one.before, least), after=_item(one.after, least))
    return replace(shown_one, to_right=0, to_wrong=0, hidden=True) if 0 < one.pairs < least else shown_one


def _item(found: ItemFigures, least: float) -> ItemFigures:
    return ItemFigures(found.n, hidden=True) if 0 < found.n < least else found
