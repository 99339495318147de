# SPDX-License-Identifier: Apache-2.0
"""Of what time a report is: a month, quarter, half-year, year, or from one day to another."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from resource_centre.i18n import _
from ui.cli.sign_in import CalledWrongly

if TYPE_CHECKING:
    from reports.monthly.periods import Period

_WHOLE: Final = {
    "month": re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])", re.ASCII),
    "quarter": re.compile(r"[12]\d{3}-Q[1-4]", re.ASCII),
    "half": re.compile(r"[12]\d{3}-H[12]", re.ASCII),
    "year": re.compile(r"[12]\d{3}", re.ASCII),
}
"""How each is written; its name is the argument, and the code of what is said when it is written otherwise."""
_DAY: Final = re.compile(r"[12]\d{3}-\d\d-\d\d", re.ASCII)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One time, in one of five ways."""
    parser.add_argument("--month", metavar=_("YEAR-MONTH"), help=_("the month, for example 2026-10"))
    parser.add_argument("--quarter", metavar=_("YEAR-QUARTER"), help=_("the quarter, for example 2026-Q3"))
    parser.add_argument("--half", metavar=_("YEAR-HALF"), help=_("the half-year, for example 2026-H1"))
    parser.add_argument("--year", metavar=_("YEAR"), help=_("a whole year, for example 2026"))
    parser.add_argument("--from", dest="since", metavar=_("DAY"), help=_("the first day, for example 2026-11-22"))
    parser.add_argument("--to", dest="until", metavar=_("DAY"), help=_("the last day; else today"))


def period_asked(options: argparse.Namespace) -> Period | None:
    """The time asked for, None when none was. Raises `CalledWrongly` for more than one, and for what is no time."""
    from reports.monthly.periods import period_of

    named = [name for name in _WHOLE if getattr(options, name)]
    if len(named) + bool(options.since or options.until) > 1:
        raise CalledWrongly("one_period")
    for name in named:
        if not _WHOLE[name].fullmatch(getattr(options, name)):
            raise CalledWrongly(name)
        return period_of(getattr(options, name))
    return _days(options) if options.since or options.until else None


def this_year() -> Period:
    """From the first of January until today."""
    from reports.monthly.periods import Period
    from resource_centre.clock import today

    return Period(today().replace(month=1, day=1), today())


def _days(options: argparse.Namespace) -> Period:
    from reports.monthly.periods import Period

    last = _day(options.until) if options.until else this_year().last
    first = _day(options.since) if options.since else last.replace(month=1, day=1)
    if first > last:
        raise CalledWrongly("turned_period")
    return Period(first, last)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        raise CalledWrongly("day") from None
