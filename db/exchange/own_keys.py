# SPDX-License-Identifier: Apache-2.0
"""The keys of this installation: an Ed25519 key signs what it sends, age keys (X25519) open what is sent to it.

They are made when first needed and kept in the encrypted database. The key that opens is renewed from time to time;
its predecessor still opens bundles that were closed for it, until it is destroyed.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Session

from resource_centre.clock import wall_ms
from resource_centre.errors import Bug, EnvironmentFailed
from resource_centre.records import new_id
from resource_centre.records.base import table_of
from resource_centre.records.exchange import OwnKey
from resource_centre.services.rules import rule

if TYPE_CHECKING:
    from nacl.signing import SigningKey, VerifyKey
    from pyrage.x25519 import Identity, Recipient

SIGN: Final = "sign"
OPEN: Final = "open"
DAY_MS: Final = 86_400_000
_FIRST: Final = UUID("5d3c1c5e-6a0b-4c55-9d41-0a4f1f0e7b1d")


def signing_key(connection: sa.Connection) -> SigningKey:
    """What this installation signs with; made now when there is none."""
    from nacl.signing import SigningKey

    return SigningKey(bytes.fromhex(_newest(connection, SIGN).private))


def public_sign_key(connection: sa.Connection) -> str:
    """The public half of `signing_key`, 64 hexadecimal digits: others know by it that a bundle is ours."""
    return _newest(connection, SIGN).public


def public_age_key(connection: sa.Connection) -> str:
    """The public half of the newest key that opens, as age writes it (``age1...``): what others close bundles for."""
    return _newest(connection, OPEN).public


def identities(connection: sa.Connection) -> list[Identity]:
    """Every key that may still open a bundle, the present one first."""
    from pyrage.x25519 import Identity

    _newest(connection, OPEN)
    table = table_of(OwnKey)
    wanted = sa.select(table.c.private).where(table.c.kind == OPEN)
    newest_first = wanted.order_by(table.c.retired_ms.is_not(None), table.c.made_ms.desc(), table.c.id.desc())
    return [Identity.from_str(private) for private in connection.scalars(newest_first)]


def renew_age_key(session: Session) -> str:
    """Bundles are closed for a new key from now on; returns its public half. The one before still opens older ones."""
    connection = session.connection()
    table = table_of(OwnKey)
    present = (table.c.kind == OPEN, table.c.retired_ms.is_(None))
    connection.execute(sa.update(table).where(*present).values(retired_ms=wall_ms()))
    return _make(connection, OPEN, new_id())


def renewal_is_due(connection: sa.Connection) -> bool:
    """Whether the key that opens is older than it should get (`age_key_days` in the rules)."""
    return _newest(connection, OPEN).made_ms < _days_ago("age_key_days")


def destroy_retired(session: Session, before_ms: int | None = None) -> int:
    """Destroy keys that were retired before this moment; returns how many.

    Without a moment: those retired longer ago than `retired_age_key_days` in the rules. Bundles that were closed for
    them can then be read by nobody, wherever a copy lies.
    """
    moment = _days_ago("retired_age_key_days") if before_ms is None else before_ms
    table = table_of(OwnKey)
    return session.connection().execute(sa.delete(table).where(table.c.retired_ms < moment)).rowcount


def verify_key(public: str) -> VerifyKey:
    """A peer's `public_sign_key` as what proves a signature; EnvironmentFailed `not_a_key` for anything else."""
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    try:
        return VerifyKey(bytes.fromhex(public))
    except (ValueError, TypeError, CryptoError) as error:
        raise EnvironmentFailed("not_a_key") from error


def recipient(public: str) -> Recipient:
    """A `public_age_key` as whom a bundle can be closed for; EnvironmentFailed `not_a_key` for anything else."""
    from pyrage import RecipientError
    from pyrage.x25519 import Recipient

    try:
        return Recipient.from_str(public)
    except (RecipientError, TypeError) as error:
        raise EnvironmentFailed("not_a_key") from error


def _newest(connection: sa.Connection, kind: str) -> OwnKey:
    found = _present(connection, kind)
    if found is None:
        with suppress(sa.exc.IntegrityError), connection.begin_nested():
            # The first one has an id that is known beforehand: two desks of one server make one key.
            _make(connection, kind, str(uuid5(_FIRST, kind)))
        found = _present(connection, kind)
    if found is None:
        raise Bug("bug")
    return found


def _present(connection: sa.Connection, kind: str) -> OwnKey | None:
    table = table_of(OwnKey)
    wanted = sa.select(table).where(table.c.kind == kind, table.c.retired_ms.is_(None))
    found = connection.execute(wanted.order_by(table.c.made_ms.desc(), table.c.id.desc()).limit(1)).mappings().first()
    return None if found is None else OwnKey(**found)


def _make(connection: sa.Connection, kind: str, key_id: str) -> str:
    public, private = _new_pair(kind)
    values = {"id": key_id, "kind": kind, "public": public, "private": private, "made_ms": wall_ms()}
    connection.execute(sa.insert(table_of(OwnKey)), values)
    return public


def _new_pair(kind: str) -> tuple[str, str]:
    if kind == SIGN:
        from nacl.signing import SigningKey

        key = SigningKey.generate()
        return key.verify_key.encode().hex(), key.encode().hex()
    from pyrage.x25519 import Identity

    identity = Identity.generate()
    return str(identity.to_public()), str(identity)


def _days_ago(name: str) -> int:
    return wall_ms() - int(rule(name)) * DAY_MS
