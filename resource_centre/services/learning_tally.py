# SPDX-License-Identifier: Apache-2.0
"""From lines of sheets and answered tests to pairs, those who are missing, and who stayed: by everything asked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any, Final, NamedTuple

from resource_centre.learning.attrition import Attrition, days_there
from resource_centre.learning.gains import Gain, Missing, gain_of
from resource_centre.learning.results import LearningLine
from resource_centre.learning.shares import Share, share_of
from resource_centre.services.ages import UNKNOWN, band_of
from resource_centre.services.asked_tests import AskedTest
from resource_centre.services.learning_lines import HeldEvent, came, key
from resource_centre.services.rules import rule
from resource_centre.vocabulary import vocabulary

BY: Final = ("module", "kind", "sex", "age", "village")
"""What figures of learning are broken down by."""

Score = tuple[float, float] | str
"""Of one participant and module: both scores, or what is missing: ``pre``, ``post``, ``both``, ``unlike``."""

Steps = tuple[bool, bool, bool, bool, bool]
"""Of one line: came, on the first day, on the last, completed, with a matched pair."""


class Tested(NamedTuple):
    """One participant in one module, with what it is counted by."""

    module: str
    kind: str
    sex: str
    age: str
    village: str
    score: Score
    oral: bool
    event_id: str
    line_id: str


class Stayed(NamedTuple):
    """One line of a sheet, with what it is counted by."""

    module: str
    kind: str
    sex: str
    age: str
    village: str
    steps: Steps


@dataclass
class Tally:
    """All lines read, before anything is summed up."""

    tested: list[Tested] = field(default_factory=list)
    stayed: list[Stayed] = field(default_factory=list)

    def gain(self) -> Gain:
        """Everything together."""
        return _gain(Counter(one.score for one in self.tested))

    def attrition(self) -> Attrition:
        """Everything together."""
        return _attrition(Counter(one.steps for one in self.stayed))

    def oral(self) -> Share:
        """How many of the matched pairs had their test read aloud."""
        pairs = [one.oral for one in self.tested if not isinstance(one.score, str)]
        return share_of(sum(pairs), len(pairs))

    def lines(self, by: str) -> tuple[LearningLine, ...]:
        """One breakdown, in the order of its list; unknown stands last."""
        at = BY.index(by)
        scores: defaultdict[str, Counter[Score]] = defaultdict(Counter)
        steps: defaultdict[str, Counter[Steps]] = defaultdict(Counter)
        for (code, score), count in Counter((str(one[at]), one.score) for one in self.tested).items():
            scores[code][score] = count
        for (code, went), count in Counter((str(one[at]), one.steps) for one in self.stayed).items():
            steps[code][went] = count
        codes = sorted(scores.keys() | steps.keys(), key=_order(by))
        return tuple(LearningLine(code, _attrition(steps[code]), _gain(scores[code])) for code in codes)


def tally(events: Mapping[str, HeldEvent], lines: Sequence[Any], asked: Iterable[AskedTest]) -> Tally:
    """Read every line of these events and every answered test once."""
    answered: defaultdict[str, list[AskedTest]] = defaultdict(list)
    for one in asked:
        answered[key(one.participation_id)].append(one)
    days = _days(events, lines)
    modules = _modules_tested(events, lines, answered)
    found, share = Tally(), rule("completion_share")
    for line in lines:
        event = events[line[1]]
        marks, pre, post = line[5] or "", line[6], line[7]
        own = answered.get(line[0], ())
        there = came(marks, scored=pre is not None or post is not None or bool(own))
        known = (event.kind or UNKNOWN, line[2] or UNKNOWN, band_of(line[3]), line[4] or UNKNOWN)
        paired = False
        if there or own or (pre is not None and post is not None):
            for module, score, oral in _scores(event, line, own, modules):
                paired = paired or not isinstance(score, str)
                found.tested.append(Tested(module, *known, score, oral, event.id, line[0]))
        went = days_there(marks, days.get(event.id, event.days), share)
        found.stayed.append(Stayed(event.module or UNKNOWN, *known, (there, *went[1:], paired)))
    return found


def _scores(
    event: HeldEvent, line: Any, own: Sequence[AskedTest], modules: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, Score, bool]]:
    """What one participant scored, module by module; in a module in which others were tested, that they were not."""
    if not own and event.id not in modules:
        yield event.module or UNKNOWN, _typed(line[6], line[7]), bool(line[8])
        return
    pre, post, oral, main = line[6], line[7], bool(line[8]), event.module or UNKNOWN
    typed = pre is not None and post is not None
    done = set()
    if typed:
        yield main, (float(pre), float(post)), oral
        done.add(main)
    for one in sorted(own, key=lambda one: one.missing != ""):
        module = one.module or main
        if module in done:
            continue
        done.add(module)
        yield module, _score(one, pre, post, own_module=module == main), one.oral
    for module in (modules.get(event.id) or frozenset((main,))) - done:
        yield module, _typed(pre, post) if module == main else "both", oral


def _typed(pre: Any, post: Any) -> Score:
    if pre is None or post is None:
        return "post" if pre is not None else "pre" if post is not None else "both"
    return float(pre), float(post)


def _score(one: AskedTest, pre: Any, post: Any, *, own_module: bool) -> Score:
    """An answered pair, or what is missing. One test typed and the other answered are not known to be the same test."""
    if one.pre is not None and one.post is not None:
        return one.pre, one.post
    filled = {"post": post, "pre": pre}.get(one.missing)
    return "unlike" if own_module and filled is not None else one.missing


def _modules_tested(
    events: Mapping[str, HeldEvent], lines: Sequence[Any], answered: Mapping[str, Sequence[AskedTest]]
) -> dict[str, frozenset[str]]:
    """Of events at which tests were answered: in which modules anybody was tested; elsewhere it is the event's own."""
    found: dict[str, set[str]] = {}
    event_of = {line[0]: line[1] for line in lines if line[0] in answered} if answered else {}
    for line_id, event_id in event_of.items():
        main = events[event_id].module or UNKNOWN
        found.setdefault(event_id, set()).update(one.module or main for one in answered[line_id])
    if found:
        for line in lines:
            if line[1] in found and (line[6] is not None or line[7] is not None):
                found[line[1]].add(events[line[1]].module or UNKNOWN)
    return {event_id: frozenset(modules) for event_id, modules in found.items()}


def _days(events: Mapping[str, HeldEvent], lines: Sequence[Any]) -> dict[str, int]:
    """Of events whose sheet is marked on more days than they meet: on how many."""
    longer: dict[str, int] = {}
    for line in lines:
        marks = line[5]
        if marks and len(marks) > longer.get(line[1], events[line[1]].days):
            longer[line[1]] = len(marks)
    return longer


def _gain(scores: Counter[Score]) -> Gain:
    pairs = {score: count for score, count in scores.items() if not isinstance(score, str)}
    missing = Missing(*(scores[name] for name in ("pre", "post", "both", "unlike")))
    return gain_of(pairs, missing, pass_mark=rule("pass_mark"), least=rule("least_matched"))


def _attrition(steps: Counter[Steps]) -> Attrition:
    each = (sum(_taken(steps, at)) for at in range(5))
    return Attrition(sum(steps.values()), *each)


def _taken(steps: Counter[Steps], at: int) -> Iterator[int]:
    """How many lines took the step that stands there."""
    return compress(steps.values(), (one[at] for one in steps))


def _order(by: str) -> Any:
    lists = {"module": "module", "kind": "training_type", "sex": "sex", "age": "age_band"}
    codes = list(vocabulary(lists[by]).codes) if by in lists else []

    def place(code: str) -> tuple[int, int, str]:
        return (code == UNKNOWN, codes.index(code) if code in codes else len(codes), code)

    return place
