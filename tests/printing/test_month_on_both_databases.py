# SPDX-License-Identifier: Apache-2.0
"""One busy centre, on the encrypted file and on PostgreSQL: the same month, to the last figure."""

from __future__ import annotations

from functools import cache

import pytest

VILLAGE = "52.03.01.2001"


def told(centre, desk_of, a_busy_year):
    """All the figures of October for the coordinator, and for a collector of one village."""
    from resource_centre.access import COLLECTOR, Viewer
    from resource_centre.records import new_id

    with centre.change() as session:
        a_busy_year(desk_of(session))
    with centre.session() as session:
        whole = desk_of(session).month().as_dict()
    with centre.session() as session:
        session.info["viewer"] = Viewer(new_id(), COLLECTOR, frozenset({VILLAGE}))
        part = desk_of(session).month().as_dict()
    return [{name: value for name, value in one.items() if name != "cut_off"} for one in (whole, part)]


@pytest.fixture(scope="module")
def told_by(make_either_centre, desk_of, on_friday, a_busy_year):
    """What a database of a kind tells of the month, found out once."""

    @cache
    def tells(kind):
        with on_friday(), make_either_centre(kind) as centre:
            return told(centre, desk_of, a_busy_year)

    return tells


@pytest.mark.postgres
def test_both_databases_tell_the_same_month(told_by):
    assert told_by("sqlite") == told_by("postgres")


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_the_busy_month_is_busy_and_its_sums_agree(told_by, kind):
    whole, part = told_by(kind)
    ours = {line["code"]: line["month"] for line in whole["R1"]}
    theirs = {line["code"]: line["month"] for line in part["R1"]}
    assert {code for code, value in ours.items() if not _total(value)} == set()
    assert _total(theirs["persons_served"]) < _total(ours["persons_served"])
    assert all(check["holds"] for check in (*whole["checks"], *part["checks"]))
    assert all(whole[table] for table in ("R2", "R4", "R6", "R7", "R11", "R16", "R18", "assistance", "contributions"))
    assert whole["R13"]["reopened"]["month"]["total"] > 0
    assert whole["R11"][-1]["code"] == "PERLINDUNGAN_KHUSUS"
    assert "PERLINDUNGAN_KHUSUS" not in [line["code"] for line in part["R11"]]


def _total(value):
    return value["total"] if isinstance(value, dict) else value
