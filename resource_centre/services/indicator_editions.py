# SPDX-License-Identifier: Apache-2.0
"""Writing what an indicator means: new editions, indicators of the centre's own, and correcting what no report has."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.log.voiding import void
from resource_centre.problems import Problem
from resource_centre.records import IndicatorDefinition, IndicatorTarget, LogframeLine, MonthReport
from resource_centre.services.indicator_definitions import edition_id, editions_of, shipped_definitions
from resource_centre.services.projects import refuse_collectors
from resource_centre.services.saving import Reasons, canonical, existing, refuse_errors, write_changes, write_new
from resource_centre.values.text import tidy

Values = Mapping[str, Any]

HIGHEST: Final = 10**11
PERCENT: Final = 100
LONGEST_FORMULA: Final = 300
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)


def write_indicator(session: Session, values: Values, unanswered: Reasons | None = None) -> IndicatorDefinition:
    """An indicator of the centre's own, in its first edition.

    Its code (``indicator``) is kept in small letters. Raises `Refused` with the problems by field, among them
    ``formula`` without a figure and ``valid_from`` in a time whose report was handed over; and for collectors.
    """
    refuse_collectors(session)
    made = _made(values)
    code = made.get("indicator")
    refuse_errors((*_code_problems(session, code), *_own_problems(made), *_problems(session, made, None)))
    return _write(session, str(code), 1, made, unanswered)


def write_edition(
    session: Session, indicator: str, values: Values, unanswered: Reasons | None = None
) -> IndicatorDefinition:
    """A further edition of an indicator, in force from ``valid_from`` on; what is left empty stays as it was.

    Raises `Refused` for an indicator nobody knows, with ``valid_from`` that is not later than the edition before or
    lies in a time whose report was handed over; and for collectors.
    """
    refuse_collectors(session)
    editions = editions_of(session, indicator)
    if not editions:
        raise Refused("not_found")
    made = _made(values)
    own = _own_problems(made) if indicator not in shipped_definitions() else ()
    refuse_errors((*own, *_problems(session, made, editions[-1].valid_from)))
    return _write(session, indicator, _next_edition(session, indicator), made, unanswered)


def correct_edition(
    session: Session, record_id: str, values: Values, unanswered: Reasons | None = None, *, version: int | None = None
) -> IndicatorDefinition:
    """Correct the last edition as long as no report was handed over with it. Raises `Refused` with ``edition_closed``
    once one was."""
    refuse_collectors(session)
    found = existing(session, IndicatorDefinition, record_id)
    _refuse_closed(session, found)
    kept = {name: getattr(found, name) for name in ("valid_from", "baseline", "baseline_on", "unit", "formula")}
    new = {name: value for name, value in _made(values).items() if name != "indicator"}
    others = [one for one in editions_of(session, str(found.indicator)) if one.edition < (found.edition or 0)]
    own = _own_problems(kept | new) if str(found.indicator) not in shipped_definitions() else ()
    refuse_errors((*own, *_problems(session, kept | new, others[-1].valid_from if others else None)))
    return write_changes(session, found, new, unanswered, on=today(), version=version)


def withdraw_edition(session: Session, record_id: str, reason: str) -> None:
    """Take back an edition that no report was handed over with; the one before is in force again.

    Raises `Refused` without a reason, and with ``indicator_in_use`` where it is the only edition of an indicator that
    a logframe names or that has a target.
    """
    refuse_collectors(session)
    found, why = existing(session, IndicatorDefinition, record_id), tidy(reason or "")
    if not why:
        raise Refused("check", (Problem("void_reason", "withdrawal_reason"),))
    _refuse_closed(session, found)
    code = str(found.indicator)
    if len(editions_of(session, code)) == 1 and _in_use(session, code):
        raise Refused("check", (Problem("indicator", "indicator_in_use"),))
    void(session, found, why)


def is_closed(session: Session, record: IndicatorDefinition) -> bool:
    """Whether a report was handed over that ends in the time this edition is in force."""
    last = last_closed_day(session)
    return last is not None and record.valid_from is not None and record.valid_from <= last


def last_closed_day(session: Session) -> dt.date | None:
    """The last day of the latest month whose report was handed over."""
    month = session.scalar(select(func.max(MonthReport.month)).where(MonthReport.voided.is_(False)))
    if not month:
        return None
    year, number = int(month[:4]), int(month[5:7])
    return dt.date(year, number, monthrange(year, number)[1])


def _write(
    session: Session, indicator: str, edition: int, made: dict[str, Any], unanswered: Reasons | None
) -> IndicatorDefinition:
    """Under the id of indicator and edition, so that two laptops do not write two editions of one number."""
    own = {"id": edition_id(indicator, edition), "indicator": indicator, "edition": edition}
    made.setdefault("direction", "more")
    return write_new(session, IndicatorDefinition, {**made, **own}, unanswered, on=today())


def _next_edition(session: Session, indicator: str) -> int:
    """One more than any that was ever written, also of those taken back."""
    record = IndicatorDefinition
    last = session.scalar(select(func.max(record.edition)).where(record.indicator == indicator))
    return max(last or 0, 1 if indicator in shipped_definitions() else 0) + 1


def _made(values: Values) -> dict[str, Any]:
    made = canonical(IndicatorDefinition, values)
    code = made.get("indicator")
    return made | {"indicator": code.lower()} if isinstance(code, str) else made


def _code_problems(session: Session, code: Any) -> Iterator[Problem]:
    if not isinstance(code, str):
        yield Problem("indicator", "required")
    elif _CODE.fullmatch(code) is None:
        yield Problem("indicator", "not_an_indicator_code")
    elif editions_of(session, code) or _written_before(session, code):
        yield Problem("indicator", "already_taken")


def _written_before(session: Session, code: str) -> bool:
    """Also of one taken back: an old report may speak of it."""
    return session.get(IndicatorDefinition, edition_id(code, 1)) is not None


def _own_problems(values: Values) -> Iterator[Problem]:
    """What an indicator of the centre's own needs besides."""
    formula = values.get("formula")
    if not isinstance(formula, str) or len(formula) > LONGEST_FORMULA:
        yield Problem("formula", "not_a_figure")
    if not values.get("name_id") and not values.get("name_en"):
        yield Problem("name_id", "required")


def _problems(session: Session, values: Values, after: dt.date | None) -> Iterator[Problem]:
    begins, last = values.get("valid_from"), last_closed_day(session)
    if isinstance(begins, dt.date):
        if last is not None and begins <= last:
            yield Problem("valid_from", "edition_closed")
        elif after is not None and begins <= after:
            yield Problem("valid_from", "edition_not_later")
    baseline = values.get("baseline")
    if isinstance(baseline, int | float):
        if values.get("baseline_on") is None:
            yield Problem("baseline_on", "required")
        if abs(baseline) > (PERCENT if values.get("unit") == "percent" else HIGHEST):
            yield Problem("baseline", "out_of_range")


def _refuse_closed(session: Session, record: IndicatorDefinition) -> None:
    later = [one for one in editions_of(session, str(record.indicator)) if one.edition > (record.edition or 0)]
    if later or is_closed(session, record):
        raise Refused("check", (Problem("valid_from", "edition_closed"),))


def _in_use(session: Session, code: str) -> bool:
    lines = session.scalars(select(LogframeLine.indicators).where(LogframeLine.voided.is_(False)))
    named = any(code in (codes or ()) for codes in lines)
    target = select(IndicatorTarget.id).where(IndicatorTarget.indicator == code, IndicatorTarget.voided.is_(False))
    return named or session.scalar(target.limit(1)) is not None
