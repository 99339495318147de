# SPDX-License-Identifier: Apache-2.0
"""The first rows of a new centre: the centre itself, its first account, and this installation's site."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from db.engine import WRITES
from resource_centre import access
from resource_centre.access import COORDINATOR, Viewer
from resource_centre.exchange.identity import FORMER_SITES, PROFILE, SIGN, own_sites, remember
from resource_centre.log import recorder
from resource_centre.records import Account, CentreProfile, Invitation, LocalSetting, Site, new_id

SITE_SETTING = "site"
_SITE_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
_SITE_LENGTH = 13
_DEVICES = [letter + digit for letter in "ABCDEFGHJKMNPQRSTVWXYZ" for digit in "123456789"]


@dataclass(frozen=True)
class CentreAnswers:
    """What is asked about a centre on its first day. `device` is this laptop's part of every number it gives."""

    name: str
    place_code: str
    site_code: str
    language: str = "id"
    project_starts_on: str | None = None
    device: str = "A1"


@dataclass(frozen=True)
class AccountAnswers:
    """What is asked about somebody who signs in. `villages` (codes) bound a collector."""

    login: str
    name: str
    role: str = COORDINATOR
    villages: tuple[str, ...] = ()
    language: str | None = None

    def record(self, account_id: str) -> Account:
        """The account as it is kept."""
        return Account(
            id=account_id,
            login=self.login.strip(),
            name=self.name.strip(),
            role=self.role,
            villages=list(self.villages) or None,
            language=self.language,
            active=True,
        )


def begin_centre(engine: sa.Engine, profile: CentreAnswers, account: AccountAnswers, account_id: str) -> None:
    """Fill tables that were just made, in one transaction."""
    with engine.execution_options(**WRITES).begin() as connection:
        site = new_site(connection, profile.device)
        viewer = Viewer(account_id, COORDINATOR)
        with session_factory(viewer, site)(bind=connection) as session:
            _write_first_rows(session, profile, account, account_id)


def session_factory(viewer: Viewer, site: str) -> sessionmaker[Session]:
    """Sessions that record what they save and show only what this account may see."""
    factory = sessionmaker(expire_on_commit=False, info={"viewer": viewer, "site": site})
    recorder.attach(factory)
    access.attach(factory)
    return factory


def renew_site(connection: sa.Connection) -> str:
    """From now on write as another site with a device code of its own; what was written before stays its own."""
    device, former = free_device(connection), own_sites(connection)
    connection.execute(sa.delete(LocalSetting).where(LocalSetting.name.in_([SITE_SETTING, SIGN])))
    remember(connection, FORMER_SITES, list(former))
    return new_site(connection, device)


def free_device(connection: sa.Connection) -> str:
    """A device code that no installation we know of bears or has been promised."""
    used = set(connection.scalars(sa.select(Site.device)))
    used.update(connection.scalars(sa.select(Invitation.device)))
    return next(code for code in _DEVICES if code not in used)


def new_site(connection: sa.Connection, device: str) -> str:
    """Number this installation among all that write for the centre; returns the site's random id."""
    site = "".join(secrets.choice(_SITE_LETTERS) for _ in range(_SITE_LENGTH))
    connection.execute(sa.insert(Site).values(id=site, device=device, last_seq=0))
    connection.execute(sa.insert(LocalSetting).values(name=SITE_SETTING, value=site))
    return site


def _write_first_rows(session: Session, profile: CentreAnswers, account: AccountAnswers, account_id: str) -> None:
    """Write who works here and which centre this is, through the log like everything else."""
    session.add(account.record(account_id))
    own = new_id()
    remember(session.connection(), PROFILE, own)
    session.add(
        CentreProfile(
            id=own,
            name=profile.name,
            place_code=profile.place_code,
            site_code=profile.site_code,
            language=profile.language,
            project_starts_on=profile.project_starts_on,
        )
    )
    session.flush()


def viewer_for(account: Any) -> Viewer:
    """What this account may see."""
    villages = None if account.villages is None else frozenset(account.villages)
    return Viewer(account.id, account.role or "", villages)
