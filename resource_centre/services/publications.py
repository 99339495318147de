# SPDX-License-Identifier: Apache-2.0
"""What has left the centre for publication: what was hidden then stays hidden in everything published later.

Kept are counts and codes only, with the hidden ones; they never leave the centre, and case workers alone read them.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.access import may_read, viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.records import Publication
from resource_centre.services.kept_figures import as_kept, digest_of
from resource_centre.services.saving import write_new

NAMESPACE: Final = uuid.UUID("b7f1d0a3-54d5-5a50-8f0e-0c9a4f7d2b16")
"""Makes the id of a publication; it never changes, so that two laptops mean the same one."""


def may_publish(session: Session) -> bool:
    """Whether this account counts the whole centre and knows what was published before."""
    viewer = viewer_of(session)
    return viewer.bound is None and may_read(viewer.role, Publication)


def keep_publication(
    session: Session,
    figures: Mapping[str, Any],
    *,
    first: dt.date,
    last: dt.date,
    threshold: int,
    place: str | None = None,
    fund: str | None = None,
    by: str | None = None,
) -> Publication:
    """Write down that these figures left the centre, hidden ones among them. The same once more changes nothing.

    Raises `Refused` for somebody who sees a part of the centre only.
    """
    if not may_publish(session):
        raise Refused("not_allowed")
    cells = as_kept(figures)
    values = {"first": first, "last": last, "place": place, "fund": fund, "threshold": threshold}
    row_id = _id_of(values, cells)
    known = session.get(Publication, row_id)
    if known is not None and not known.voided:
        return known
    made = {"id": row_id, **values, "published_on": today(), "published_by": by, "cells": cells}
    return write_new(session, Publication, made, on=today())


def publications(session: Session) -> list[Publication]:
    """All that was published, the oldest first; raises `Refused` for somebody who may not know."""
    if not may_publish(session):
        raise Refused("not_allowed")
    one = Publication
    asked = select(one).where(one.voided.is_(False)).order_by(one.published_on, one.last, one.id)
    return list(session.scalars(asked))


def _id_of(values: Mapping[str, Any], cells: Mapping[str, Any]) -> str:
    """The same on every laptop that published the same figures."""
    told = {name: str(value) for name, value in values.items()}
    return str(uuid.uuid5(NAMESPACE, f"{sorted(told.items())}/{digest_of(cells)}"))
