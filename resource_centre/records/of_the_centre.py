# SPDX-License-Identifier: Apache-2.0
"""Records of the centre as such, which every account may read: what is taught, who teaches, who works with it."""

from __future__ import annotations

import sqlalchemy as sa

from resource_centre.records.base import Logged


class OfTheCentre(Logged):
    """What is no secret."""

    __abstract__ = True

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Every account reads it."""
        return sa.true()
