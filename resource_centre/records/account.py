# SPDX-License-Identifier: Apache-2.0
"""Who works here, and which centre this is."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from resource_centre.i18n import N_
from resource_centre.records.base import JSON, Logged, field


class Account(Logged):
    """Somebody who signs in. The passphrase is not here: it wraps the key of the file."""

    __tablename__ = "account"

    login: Mapped[str] = field(N_("Sign-in name"), required=True)
    name: Mapped[str | None] = field(N_("Name"), format="name", required=True)
    role: Mapped[str | None] = field(N_("Role"), format="code", vocabulary="role", required=True)
    villages: Mapped[list[str] | None] = field(
        N_("Villages"),
        format="places",
        type_=JSON,
        help=N_("For a village collector: the villages they work in."),
    )
    language: Mapped[str | None] = field(N_("Language"))
    active: Mapped[bool | None] = field(N_("May sign in"), format="yes_no", default=True)

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Colleagues are no secret."""
        return sa.true()


class CentreProfile(Logged):
    """The centre itself: one row."""

    __tablename__ = "centre_profile"

    name: Mapped[str | None] = field(N_("Name of the centre"), required=True)
    place_code: Mapped[str | None] = field(N_("Place"), format="place", required=True)
    site_code: Mapped[str | None] = field(
        N_("Site code"), required=True, help=N_("Three letters that begin every number this centre gives.")
    )
    language: Mapped[str | None] = field(N_("Language"))
    project_starts_on: Mapped[str | None] = field(N_("Project since"), format="partial_date")

    @classmethod
    def visible(cls, villages: frozenset[str]) -> sa.ColumnElement[bool]:
        """Everybody may know where they work."""
        return sa.true()
