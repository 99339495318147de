# SPDX-License-Identifier: Apache-2.0
"""Which site this installation writes as, which it wrote as before, and what it is in the exchange."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre.exchange.scope import CENTRE
from resource_centre.records import CentreProfile, LocalSetting, Site

SITE: Final = "site"
FORMER_SITES: Final = "former_sites"
"""Names an installation gave up when it found itself to be a copy or to be restored; their entries are its own."""
SIGN: Final = "installation_sign"
"""What this computer expects to find here when the folder is opened next."""
ROLE: Final = "exchange_role"
PROFILE: Final = "own_profile"


def own_site(connection: sa.Connection) -> str:
    """The site that saves are written as now."""
    return str(setting(connection, SITE))


def own_sites(connection: sa.Connection) -> tuple[str, ...]:
    """Every site this installation wrote as, the present one first."""
    return (own_site(connection), *(setting(connection, FORMER_SITES) or ()))


def own_device(connection: sa.Connection) -> str:
    """The two signs that this installation's numbers bear."""
    return str(connection.scalar(sa.select(Site.device).where(Site.id == own_site(connection))))


def own_role(connection: sa.Connection) -> str:
    """`scope.LAPTOP`, `CENTRE` or `HEAD_OFFICE`; who joined nobody is a centre."""
    return str(setting(connection, ROLE) or CENTRE)


def own_profile(session: Session) -> CentreProfile | None:
    """The centre whose installation this is, None before it is written; a head office knows of others too."""
    own = setting(session.connection(), PROFILE)
    profile = session.get(CentreProfile, own) if own else None
    valid = sa.select(CentreProfile).where(CentreProfile.voided.is_(False))
    return profile or session.scalars(valid.order_by(CentreProfile.id).limit(1)).first()


def remember(connection: sa.Connection, name: str, value: Any) -> None:
    """Keep a setting of this installation."""
    connection.execute(sa.delete(LocalSetting).where(LocalSetting.name == name))
    connection.execute(sa.insert(LocalSetting).values(name=name, value=value))


def setting(connection: sa.Connection, name: str) -> Any:
    """What `remember` kept, or None."""
    return connection.scalar(sa.select(LocalSetting.value).where(LocalSetting.name == name))
