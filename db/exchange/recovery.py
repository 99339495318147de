# SPDX-License-Identifier: Apache-2.0
"""A key on paper that opens every bundle of a centre, should all its computers be lost.

The sheet bears the same eight groups as the recovery sheet of a centre's file (`db/recovery.py`), and for a scanner the
age identity that follows from them, with which any age program opens a bundle. Only the public half stays here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa

from db.exchange.own_keys import recipient
from db.recovery import RecoveryKey, new_recovery_key, read_recovery_key
from resource_centre.errors import EnvironmentFailed
from resource_centre.exchange.identity import remember
from resource_centre.records import LocalSetting

SETTING: Final = "bundle_recovery"
_PURPOSE: Final = b"resource-centre bundle recovery 1\0"
_PREFIX: Final = "age-secret-key-"


@dataclass(frozen=True)
class RecoverySheet:
    """What is printed once and kept nowhere: `groups` to be typed, `identity` as text for a QR code."""

    public: str
    groups: tuple[str, ...] = field(repr=False)
    identity: str = field(repr=False)


@dataclass(frozen=True)
class SheetReading:
    """What was made of a typed or scanned sheet: the age identity, or the groups (from 1) that need another look."""

    identity: str | None = field(repr=False)
    wrong_groups: tuple[int, ...] = ()


def make_recovery() -> RecoverySheet:
    """A fresh sheet. `keep` its public half to have bundles closed for it too."""
    key = new_recovery_key()
    identity = _identity(key)
    return RecoverySheet(public_of(identity), key.groups, identity)


def read_recovery(text: str) -> SheetReading:
    """Read what was typed from the sheet, as forgiving as `read_recovery_key`, or scanned from it."""
    scanned = "".join(text.split()).upper()
    if scanned.startswith(_PREFIX.upper()):
        public_of(scanned)
        return SheetReading(scanned)
    reading = read_recovery_key(text)
    return SheetReading(None if reading.key is None else _identity(reading.key), reading.wrong_groups)


def public_of(identity: str) -> str:
    """The public half of an age identity; EnvironmentFailed `wrong_bundle_recovery` when it is none."""
    from pyrage import IdentityError
    from pyrage.x25519 import Identity

    try:
        return str(Identity.from_str(identity).to_public())
    except IdentityError as error:
        raise EnvironmentFailed("wrong_bundle_recovery") from error


def keep(connection: sa.Connection, public: str | None) -> None:
    """From now on close every bundle for this sheet too; None for no sheet. `not_a_key` for what is no public key."""
    if public is not None:
        recipient(public)
    remember(connection, SETTING, public)


def recipients(connection: sa.Connection) -> list[str]:
    """The sheet's public half, when there is a sheet: whom bundles are closed for besides their recipient."""
    kept = connection.scalar(sa.select(LocalSetting.value).where(LocalSetting.name == SETTING))
    return [kept] if kept else []


def _identity(key: RecoveryKey) -> str:
    """The age identity of a sheet: 160 random bits need no stretching, only a name of their own."""
    return _bech32(_PREFIX, hashlib.sha256(_PURPOSE + key.secret).digest()).upper()


_LETTERS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _bech32(prefix: str, content: bytes) -> str:
    """Text form of keys in age: Bech32 as in BIP 173 (github.com/bitcoin/bips), without its limit of length."""
    digits = list(_in_fives(content))
    named = [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]
    check = _remainder([*named, *digits, *[0] * 6]) ^ 1
    digits += [check >> 5 * place & 31 for place in range(5, -1, -1)]
    return prefix + "1" + "".join(_LETTERS[digit] for digit in digits)


def _in_fives(content: bytes) -> Iterator[int]:
    """The bits of `content` in groups of five, the last one filled up with noughts."""
    missing = -len(content) * 8 % 5
    number = int.from_bytes(content, "big") << missing
    return (number >> place & 31 for place in range(len(content) * 8 + missing - 5, -1, -5))


def _remainder(digits: Sequence[int]) -> int:
    left = 1
    for digit in digits:
        top, left = left >> 25, (left & 0x1FFFFFF) << 5 ^ digit
        for place, term in enumerate(_GENERATOR):
            left ^= term if top >> place & 1 else 0
    return left
