# SPDX-License-Identifier: Apache-2.0
"""The weight sets of a questionnaire: those of the program and those the centre obtained, and which one is used.

Scores are never kept, so a set that is loaded or withdrawn changes every score at once, also of answers given long ago.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.weight_files import check_against
from resource_centre.questionnaires.weight_reading import weights_of
from resource_centre.questionnaires.weight_refusals import WeightsRefused
from resource_centre.questionnaires.weights import Weights, shipped_weights
from resource_centre.records import WeightSet
from resource_centre.services.accounts import may
from resource_centre.services.saving import write_changes
from resource_centre.services.shipped_forms import version_key

WEIGHT_SETS: Final = UUID("8d0f54a4-5f3b-5a0e-9c1d-3e6f1a7b2c40")
"""What ids of weight sets are made from, together with their content."""

LOAD: Final = "settings"
"""The right to load, choose and withdraw."""


@dataclass(frozen=True)
class WeightsRow:
    """One known set. `in_use` says that scores are reckoned by it; `loaded_on` is None for one of the program."""

    id: str
    weights: Weights
    shipped: bool
    loaded_on: dt.date | None
    withdrawn_on: dt.date | None
    in_use: bool = False


def weight_sets(session: Session, questionnaire: str) -> list[WeightsRow]:
    """Every set known for a questionnaire, the one in use first, withdrawn ones last."""
    stored = _stored(session, questionnaire)
    shipped = {weights_id(weights): weights for weights in shipped_weights(questionnaire)}
    rows = [_row(stored.get(key), weights, shipped=True) for key, weights in shipped.items()]
    read = ((one, _read(one)) for key, one in stored.items() if key not in shipped)
    rows += [_row(one, weights, shipped=False) for one, weights in read if weights is not None]
    rows.sort(key=_rank, reverse=True)
    return [_with_use(row, first=number == 0) for number, row in enumerate(rows)]


def weights_in_use(session: Session, questionnaire: str) -> Weights | None:
    """The set by which a questionnaire is scored: official before unofficial, then the newest version; None without."""
    return next((row.weights for row in weight_sets(session, questionnaire) if row.in_use), None)


def load_weights(session: Session, weights: Weights, *, form: Form) -> str:
    """Keep a set that the centre obtained (see `read_weights`); its id. The same content again is the same set.

    Raises WeightsRefused when it does not fit the form, `Refused` (not_allowed) for an account that may not.
    """
    _loaders_only(session)
    check_against(weights, form)
    return _keep(session, weights, loaded_on=today()).id


def withdraw_weights(session: Session, questionnaire: str, set_id: str) -> None:
    """Score by a set no longer; the next one is used, or none."""
    _loaders_only(session)
    _withdraw(session, _known(session, questionnaire, set_id))


def bring_back_weights(session: Session, questionnaire: str, set_id: str) -> None:
    """Take a withdrawn set into account again."""
    _loaders_only(session)
    row = _known(session, questionnaire, set_id)
    if row.withdrawn_on is not None:
        record = _keep(session, row.weights, loaded_on=row.loaded_on)
        write_changes(session, record, {"withdrawn_on": None}, on=today())


def choose_weights(session: Session, questionnaire: str, set_id: str) -> None:
    """Score by this set: it is brought back, and the sets that would come before it are withdrawn."""
    bring_back_weights(session, questionnaire, set_id)
    for row in weight_sets(session, questionnaire):
        if row.id == set_id:
            return
        _withdraw(session, row)


def show_bands(
    session: Session, questionnaire: str, set_id: str, *, shown: bool, limits: Sequence[str] | None = None
) -> str:
    """Turn the names for stretches of the scale on or off, perhaps with other limits; the id of the set as it is then.

    Scores stay the same and stay comparable: only what is said beside them changes.
    """
    _loaders_only(session)
    row = _known(session, questionnaire, set_id)
    facts = {**row.weights.content["facts"], "bands_shown": "yes" if shown else "no"}
    if limits is not None:
        facts["bands"] = "|".join(limits)
    changed = weights_of({"facts": facts, "rows": row.weights.content["rows"]})
    if weights_id(changed) == set_id:
        return set_id
    kept = _keep(session, changed, loaded_on=today())
    write_changes(session, kept, {"withdrawn_on": row.withdrawn_on}, on=today())
    _withdraw(session, row)
    return kept.id


def weights_id(weights: Weights) -> str:
    """The id of a set of this content, the same everywhere."""
    return str(uuid5(WEIGHT_SETS, f"{weights.questionnaire}|{weights.digest}"))


def _rank(row: WeightsRow) -> tuple[Any, ...]:
    """By what sets are preferred: the highest comes first."""
    weights = row.weights
    return (
        row.withdrawn_on is None,
        weights.official,
        version_key(weights.version),
        row.loaded_on or dt.date.min,
        row.id,
    )


def _with_use(row: WeightsRow, *, first: bool) -> WeightsRow:
    in_use = first and row.withdrawn_on is None
    return WeightsRow(row.id, row.weights, row.shipped, row.loaded_on, row.withdrawn_on, in_use)


def _row(record: WeightSet | None, weights: Weights, *, shipped: bool) -> WeightsRow:
    loaded, withdrawn = (record.loaded_on, record.withdrawn_on) if record is not None else (None, None)
    return WeightsRow(weights_id(weights), weights, shipped, loaded, withdrawn)


def _stored(session: Session, questionnaire: str) -> Mapping[str, WeightSet]:
    wanted = select(WeightSet).where(WeightSet.questionnaire == questionnaire, WeightSet.voided.is_(False))
    found: Iterable[WeightSet] = session.scalars(wanted.order_by(WeightSet.id))
    return {one.id: one for one in found}


def _read(record: WeightSet) -> Weights | None:
    """The set of a record; None for one of a newer program that this one cannot score by."""
    content = record.content or {}
    facts, rows = content.get("facts"), content.get("rows")
    if not _is_row(facts) or not isinstance(rows, list) or not all(_is_row(row) for row in rows):
        return None
    try:
        return weights_of({"facts": facts, "rows": rows})
    except WeightsRefused:
        return None


def _is_row(held: Any) -> bool:
    return isinstance(held, dict) and all(isinstance(cell, str) for cell in held.values())


def _known(session: Session, questionnaire: str, set_id: str) -> WeightsRow:
    found = next((row for row in weight_sets(session, questionnaire) if row.id == set_id), None)
    if found is None:
        raise Refused("not_found")
    return found


def _withdraw(session: Session, row: WeightsRow) -> None:
    if row.withdrawn_on is None:
        record = _keep(session, row.weights, loaded_on=row.loaded_on)
        write_changes(session, record, {"withdrawn_on": today()}, on=today())


def _keep(session: Session, weights: Weights, *, loaded_on: dt.date | None) -> WeightSet:
    """The record of a set; written to the letter when it is not there yet: its id says what it holds."""
    found = session.get(WeightSet, weights_id(weights))
    if found is not None:
        if found.voided:
            found.voided, found.void_reason = False, None
            session.flush()
        return found
    made = WeightSet(
        id=weights_id(weights),
        questionnaire=weights.questionnaire,
        set_name=weights.name,
        set_version=weights.version,
        official=weights.official,
        source=weights.source or None,
        loaded_on=loaded_on,
        digest=weights.digest,
        content=dict(weights.content),
    )
    session.add(made)
    session.flush()
    return made


def _loaders_only(session: Session) -> None:
    if not may(session, LOAD):
        raise Refused("not_allowed")
