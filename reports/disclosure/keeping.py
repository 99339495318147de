# SPDX-License-Identifier: Apache-2.0
"""From a report to what may leave the centre, with what has left it before; and writing down that it has."""

from __future__ import annotations

from collections.abc import Set

from sqlalchemy.orm import Session

from reports.disclosure.publication import NotPublished, published, statement_of
from reports.disclosure.statements import Statement, of_kept
from reports.monthly.relations import relations
from reports.tables.model import Report
from resource_centre.errors import Refused
from resource_centre.records import Publication
from resource_centre.services.publications import keep_publication, may_publish, publications


def prepare(session: Session, report: Report, threshold: int, *, words: bool = False) -> Report:
    """The report for publication: of an internal one, hiding what with all earlier publications would give away.

    With `words` what was written to the month goes along. Reads only. Raises `Refused` for an account that does not
    know them all, and as `published` does.
    """
    if not may_publish(session):
        raise Refused("not_allowed")
    return published(report, threshold, relations=relations(report), earlier=earlier_statements(session), words=words)


def keep(
    session: Session, report: Report, shown: Report, *, known: Set[str] | None = None, by: str | None = None
) -> Publication:
    """Write down that `shown`, which `prepare` made of the internal `report`, was saved or printed. Within a change.

    The same once more changes nothing. `known` are the publications in whose sight it was made (`published_so_far`).
    Raises `NotPublished` when there are others by now, `Refused` for an account that may not publish.
    """
    statement = statement_of(report, shown, relations(report))
    first, last = statement.periods["month"]
    kept = keep_publication(
        session, statement.kept(), first=first, last=last, threshold=statement.threshold,
        place=statement.place or None, fund=statement.fund or None, by=by,
    )  # fmt: skip
    if known is not None and published_so_far(session) - known - {kept.id}:
        raise NotPublished("published_meanwhile")
    return kept


def published_so_far(session: Session) -> frozenset[str]:
    """Which publications there are, by their ids: whether somebody published since. Raises `Refused` as `prepare`."""
    return frozenset(one.id for one in publications(session))


def earlier_statements(session: Session) -> list[Statement]:
    """What all publications say, the oldest first; one that cannot be read is left out."""
    found = []
    for one in publications(session):
        try:
            scope = {"place": one.place or "", "fund": one.fund or ""}
            found.append(of_kept(one.cells or {}, **scope, threshold=one.threshold or 0))
        except (KeyError, TypeError, ValueError):
            continue
    return found
