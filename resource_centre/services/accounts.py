# SPDX-License-Identifier: Apache-2.0
"""Who works here and what they may do. Accounts are added where their passphrase is set: `db.centre`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resource_centre.access import COLLECTOR, COORDINATOR, COUNSELLOR, PROTECTION_OFFICER, viewer_of
from resource_centre.clock import today
from resource_centre.errors import Refused
from resource_centre.exchange.identity import own_profile
from resource_centre.records import Account, CentreProfile
from resource_centre.services.saving import existing, write_changes

CASE_WORK: Final = frozenset(
    {"desk", "register", "counsel", "refer", "train", "import", "report", "trail", "backup", "exchange"}
)

RIGHTS: Final[dict[str, frozenset[str]]] = {
    COORDINATOR: CASE_WORK | {"supervise", "accounts", "settings"},
    COUNSELLOR: CASE_WORK,
    PROTECTION_OFFICER: CASE_WORK | {"protect"},
    COLLECTOR: frozenset({"desk", "register", "train", "report"}),
}
"""What each role may do, for windows to offer; what must never happen is refused below, in `access`."""


@dataclass(frozen=True)
class AccountRow:
    """One account as the settings page lists it."""

    id: str
    login: str
    name: str | None
    role: str | None
    villages: tuple[str, ...]
    language: str | None
    active: bool
    version: int


def may(session: Session, right: str) -> bool:
    """Whether the account this session is open for has a right."""
    return right in RIGHTS.get(viewer_of(session).role, frozenset())


def accounts_of(session: Session) -> list[AccountRow]:
    """Every account, by sign-in name."""
    return [
        _row(one) for one in session.scalars(select(Account).where(Account.voided.is_(False)).order_by(Account.login))
    ]


def change_account(
    session: Session, account_id: str, values: Mapping[str, Any], *, version: int | None = None
) -> Account:
    """Change an account's name, role, villages, language or whether it may sign in; the sign-in name stays.

    Raises `Refused` (``last_coordinator``) when nobody would be left to run the centre.
    """
    account = existing(session, Account, account_id)
    changes = {name: value for name, value in values.items() if name != "login"}
    after = {"role": account.role, "active": account.active} | changes
    if account.role == COORDINATOR and account.active and not (after["role"] == COORDINATOR and after["active"]):
        _keep_a_coordinator(session, account_id)
    return write_changes(session, account, changes, on=today(), version=version)


def own_account(session: Session) -> Account:
    """The account this session is open for."""
    return existing(session, Account, viewer_of(session).account_id)


def centre_profile(session: Session) -> CentreProfile:
    """The centre's own record."""
    profile = own_profile(session)
    if profile is None:
        raise Refused("not_found")
    return profile


def change_profile(session: Session, values: Mapping[str, Any], *, version: int | None = None) -> CentreProfile:
    """Change the centre's name, place, language or start; the site code stays, for it begins every number given."""
    changes = {name: value for name, value in values.items() if name != "site_code"}
    return write_changes(session, centre_profile(session), changes, on=today(), version=version)


def _keep_a_coordinator(session: Session, without: str) -> None:
    others = (Account.role == COORDINATOR, Account.active.is_(True), Account.voided.is_(False), Account.id != without)
    if not session.scalar(select(func.count()).select_from(Account).where(*others)):
        raise Refused("last_coordinator")


def _row(account: Account) -> AccountRow:
    return AccountRow(
        id=account.id,
        login=account.login,
        name=account.name,
        role=account.role,
        villages=tuple(account.villages or ()),
        language=account.language,
        active=bool(account.active),
        version=account.version,
    )
