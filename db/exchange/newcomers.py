# SPDX-License-Identifier: Apache-2.0
"""Who arrived with a bundle and may be somebody the centre knows already: put on the list for a person to decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from db.centre import Centre
from resource_centre.errors import EnvironmentFailed
from resource_centre.exchange.identity import own_role
from resource_centre.exchange.incoming import Receipt
from resource_centre.exchange.scope import CENTRE

TOGETHER: Final = 20
"""People compared before it is told how far that has come, and what was found is kept."""


def compare_newcomers(
    centre: Centre, receipt: Receipt, told: Callable[[str, int, int], None], stop: Callable[[], bool] | None
) -> int:
    """Compare the people of a bundle that was taken in with all others; returns how many pairs are new on the list.

    What arrived stays whatever becomes of this: where it is stopped, or the disk is full, the scan of the whole centre
    finds them. Laptops compare nobody: who is one person is decided at the centre.
    """
    from resource_centre.services.duplicate_scan import scan_new

    with centre.read() as session:
        if own_role(session.connection()) != CENTRE:
            return 0
    people, found = receipt.people, 0
    try:
        for start in range(0, len(people), TOGETHER):
            if stop is not None and stop():
                break
            told("comparing", start, len(people))
            with centre.change() as session:
                found += scan_new(session, people[start : start + TOGETHER], receipt.bundle)
    except EnvironmentFailed:
        return found
    return found
