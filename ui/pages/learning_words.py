# SPDX-License-Identifier: Apache-2.0
"""Figures of learning in words: with their sign, their unit, how sure they are, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from resource_centre.i18n import N_, _, language, ngettext
from resource_centre.services.rules import rule
from ui.kit.typed_dates import show_date
from ui.pages.wording import decimal, term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resource_centre.learning.gains import Gain, Missing
    from resource_centre.learning.levels import Indicator
    from resource_centre.learning.results import FollowedUp, Item

STATES = {
    "done": N_("answered"),
    "score": N_("score only"),
    "begun": N_("begun"),
    "missing": N_("not answered"),
    "not_yet": N_("later"),
    "absent": N_("was not there"),
    "not_reached": N_("not reached"),
    "no_contact": N_("left no contact"),
    "": N_("not shown"),
}
"""How it stands with a participant and a questionnaire."""

NO_BREAK = "\u00a0"
FURTHEST = 100.0
"""No gain is larger than this: an interval over few people may reckon with more."""

SCALES = {"percent": (0.0, 100.0), "points": (-50.0, 100.0), "of_5": (1.0, 5.0), "of_30": (0.0, 30.0)}
"""The ends between which a figure is drawn."""


def percent(value: float | None) -> str:
    """ "71 %", a dash without one."""
    return "–" if value is None else _("{n} %").format(n=decimal(value, 0)).replace(" ", NO_BREAK)


def points(value: float | None, places: int = 1) -> str:
    """ "+34.5", a dash without one."""
    if value is None:
        return "–"
    return f"{'−' if value < 0 else '+'}{decimal(abs(value), places)}"


def named(one: Indicator) -> str:
    """What a figure is called, with when it was asked."""
    name = _(one.label)
    return f"{name} ({term('response_occasion', one.occasion)})" if one.occasion else name


def figure_words(one: Indicator) -> str:
    """A figure with its unit."""
    if one.value is None:
        return "–"
    if one.unit == "points":
        return _("{n} points").format(n=points(one.value))
    if one.unit == "percent":
        return percent(one.value)
    if one.unit == "of_5":
        return _("{n} of 5").format(n=decimal(one.value))
    if one.unit == "of_30":
        return _("{n} of 30").format(n=decimal(one.value))
    if one.unit == "count":
        return _("{n} of {of}").format(n=round(one.value), of=one.n)
    return decimal(one.value, 2)


def interval_words(one: Indicator) -> str:
    """ "95 % between +28 and +41"; nothing where no interval can be reckoned."""
    if one.low is None or one.high is None:
        return ""
    low, high = _ends(one.low, one.high, one.unit)
    return _("95 % between {low} and {high}").format(low=low, high=high)


def ends_words(one: Indicator) -> str:
    """ "+28 to +41", a dash where no interval can be reckoned."""
    if one.low is None or one.high is None:
        return "–"
    low, high = _ends(one.low, one.high, one.unit)
    return _("{low} to {high}").format(low=low, high=high)


def gain_interval(gain: Gain) -> str:
    """The interval of a mean gain, a dash where there is none."""
    if gain.low is None or gain.high is None:
        return "–"
    return _("{low} to {high}").format(low=_end(gain.low), high=_end(gain.high))


def _ends(low: float, high: float, unit: str) -> tuple[str, str]:
    return (_end(low), _end(high)) if unit == "points" else (percent(low), percent(high))


def _end(value: float) -> str:
    return points(min(max(value, -FURTHEST), FURTHEST), 0)


def missing_words(missing: Missing) -> Iterator[str]:
    """Who has no pair, and why."""
    if missing.pre:
        yield ngettext("{n} without pre-test", "{n} without pre-test", missing.pre).format(n=missing.pre)
    if missing.post:
        yield ngettext("{n} without post-test", "{n} without post-test", missing.post).format(n=missing.post)
    if missing.both:
        yield ngettext("{n} without any test", "{n} without any test", missing.both).format(n=missing.both)
    if missing.unlike:
        yield ngettext("{n} with tests of two versions", "{n} with tests of two versions", missing.unlike).format(
            n=missing.unlike
        )


def later_words(one: FollowedUp) -> str:
    """How far the asking after three or six months has got."""
    when = term("response_occasion", one.occasion)
    said = []
    if one.due:
        said.append(_("{n} of {of} asked").format(n=one.done, of=one.due))
    if one.not_reached:
        said.append(ngettext("{n} not reached", "{n} not reached", one.not_reached).format(n=one.not_reached))
    if one.waiting and one.due_on is not None:
        said.append(_("from {day}").format(day=show_date(one.due_on)))
    if one.lost:
        said.append(ngettext("{n} left no contact", "{n} left no contact", one.lost).format(n=one.lost))
    return _("{what}: {said}").format(what=when, said=", ".join(said)) if said else ""


def hint_words(one: Item) -> str:
    """What a question's figures say to whoever wrote the test; nothing while there is nothing to say."""
    before, after, last = one.before, one.after, one.after if one.after.n else one.before
    if before.difficulty is not None and after.difficulty is not None and after.difficulty < before.difficulty:
        return _("Fewer right afterwards: look at the question and its key.")
    if before.difficulty is not None and before.difficulty * 100 >= rule("test_question_easy"):
        return _("Too easy: nearly everybody knew it before.")
    if after.difficulty is not None and after.difficulty * 100 < rule("test_question_hard"):
        return _("Too hard, or not taught.")
    enough = last.n >= rule("test_question_least")
    if enough and last.discrimination is not None and last.discrimination * 100 < rule("test_question_says_little"):
        return _("Says little: best and weakest answer alike.")
    return ""


def few_words(pairs: int) -> str:
    """A note below the number from which means are printed."""
    return _("Few people: read with care.") if is_few(pairs) else ""


def is_few(pairs: int) -> bool:
    """Whether these are fewer than means are printed of."""
    return 0 < pairs < rule("least_matched")


def label_of(words: Mapping[str, str]) -> str:
    """A text in the language of the window, else in whichever there is."""
    return words.get(language()) or next((text for text in words.values() if text), "")
