# SPDX-License-Identifier: Apache-2.0
"""The key slots of a centre: its random database key, locked once per account and once for the recovery sheet.

`keys.json` holds no name and no passphrase. The sign-in name is part of the salt, so a slot can only be found by who
knows both: an unknown name and a wrong passphrase take the same time and end the same way. Changing a passphrase locks
the same key anew; the database is not touched.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import unicodedata
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from db.files import on_disk, write_whole
from db.recovery import RecoveryKey
from resource_centre.errors import EnvironmentFailed, Refused

FILE = "keys.json"
FORMAT = 1
KEY_BYTES = 32
LEAST_PASSPHRASE = 10
_RECOVERY = "\0recovery"  # no sign-in name can hold a control character
_MOST_MEMORY = 1 << 30


@dataclass(frozen=True, order=True)
class Stretch:
    """How hard a guess is made (Argon2id): passes over the memory, and bytes of memory."""

    operations: int
    memory: int


# RFC 9106 section 4, second recommended option: 3 passes over 64 MiB, for machines short of memory. libsodium has one
# lane where the RFC has four. About 0.15 s on a small server, so some 0.5 s on an old laptop.
STRETCH = Stretch(operations=3, memory=64 * 1024 * 1024)


@dataclass(frozen=True)
class Slot:
    """The database key as one person can open it."""

    find: str
    stretch: Stretch
    sealed: str
    account: str


@dataclass(frozen=True)
class Unlocked:
    """The raw database key and the account whose slot opened."""

    key: bytes = field(repr=False)
    account: str


@dataclass(frozen=True)
class KeySlots:
    """The content of `keys.json`. Changing verbs return a new value; `save` writes it."""

    salt: bytes
    slots: tuple[Slot, ...] = ()

    def open(self, login: str, passphrase: str) -> Unlocked:
        """The database key; EnvironmentFailed `wrong_passphrase` whatever of the two was wrong."""
        return self._open(plain_login(login), unicodedata.normalize("NFKC", passphrase), "wrong_passphrase")

    def open_with_recovery(self, recovery: RecoveryKey) -> Unlocked:
        """The database key by the printed sheet; its account is empty."""
        return self._open(_RECOVERY, recovery.text, "wrong_recovery")

    def with_account(self, key: bytes, *, account: str, login: str, passphrase: str, stretch: Stretch) -> KeySlots:
        """Slots in which the account opens with this passphrase and no other."""
        check_passphrase(passphrase)
        slot = self._lock(key, account, plain_login(login), unicodedata.normalize("NFKC", passphrase), stretch)
        return replace(self, slots=(*(s for s in self.slots if s.account != account), slot))

    def with_recovery(self, key: bytes, recovery: RecoveryKey, stretch: Stretch) -> KeySlots:
        """Slots that a new recovery sheet opens; the sheet before it no longer does."""
        slot = self._lock(key, "", _RECOVERY, recovery.text, stretch)
        return replace(self, slots=(*(s for s in self.slots if s.account), slot))

    def without_account(self, account: str) -> KeySlots:
        """Slots that this account can no longer open."""
        return replace(self, slots=tuple(s for s in self.slots if s.account != account or not account))

    def save(self, folder: Path) -> None:
        """Write the file whole or not at all."""
        content = {
            "format": FORMAT,
            "salt": self.salt.hex(),
            "slots": [asdict(slot) for slot in self.slots],
        }
        write_whole(folder / FILE, json.dumps(content, indent=1).encode())

    def _lock(self, key: bytes, account: str, login: str, secret: str, stretch: Stretch) -> Slot:
        from nacl.secret import SecretBox

        find, wrap = self._stretched(login, secret, stretch)
        sealed = SecretBox(wrap).encrypt(key + account.encode())
        return Slot(find, stretch, base64.b64encode(sealed).decode(), account)

    def _open(self, login: str, secret: str, refusal: str) -> Unlocked:
        for stretch in sorted({slot.stretch for slot in self.slots}, reverse=True):
            find, wrap = self._stretched(login, secret, stretch)
            for slot in self.slots:
                if slot.stretch == stretch and secrets.compare_digest(slot.find, find):
                    return _unseal(slot, wrap)
        raise EnvironmentFailed(refusal)

    def _stretched(self, login: str, secret: str, stretch: Stretch) -> tuple[str, bytes]:
        """What finds the slot and what opens it, from one run of Argon2id."""
        import nacl.pwhash.argon2id as argon2id

        salt = hashlib.blake2b(login.encode(), key=self.salt, digest_size=argon2id.SALTBYTES).digest()
        both = argon2id.kdf(48, secret.encode(), salt, opslimit=stretch.operations, memlimit=stretch.memory)
        return both[:16].hex(), both[16:]


def new_slots() -> KeySlots:
    """Slots of a new centre: none yet."""
    return KeySlots(salt=secrets.token_bytes(32))


def new_database_key() -> bytes:
    """The random raw key that a centre's file is encrypted with."""
    return secrets.token_bytes(KEY_BYTES)


def read_slots(folder: Path) -> KeySlots:
    """Read `keys.json`; EnvironmentFailed `not_a_centre`, `newer_program` or `damaged`."""
    if not (folder / FILE).is_file():
        raise EnvironmentFailed("not_a_centre")
    with on_disk():
        content = (folder / FILE).read_bytes()
    try:
        return _parse(json.loads(content))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EnvironmentFailed("damaged") from error


def check_passphrase(passphrase: str) -> None:
    """Refuse what is too short to hold out; length is all we ask for."""
    if len(passphrase.strip()) < LEAST_PASSPHRASE:
        raise Refused("weak_passphrase", least=LEAST_PASSPHRASE)


def _parse(content: dict[str, Any]) -> KeySlots:
    if int(content["format"]) > FORMAT:
        raise EnvironmentFailed("newer_program")
    slots = tuple(_parse_slot(slot) for slot in content["slots"])
    return KeySlots(bytes.fromhex(content["salt"]), slots)


def _parse_slot(slot: dict[str, Any]) -> Slot:
    stretch = Stretch(int(slot["stretch"]["operations"]), int(slot["stretch"]["memory"]))
    if not (0 < stretch.operations <= 64 and 8192 <= stretch.memory <= _MOST_MEMORY):
        raise ValueError("stretch out of range")
    return Slot(str(slot["find"]), stretch, str(slot["sealed"]), str(slot["account"]))


def _unseal(slot: Slot, wrap: bytes) -> Unlocked:
    """Open one slot; the sealed account must be the one on the label, so that labels cannot be changed over."""
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    try:
        plain = SecretBox(wrap).decrypt(base64.b64decode(slot.sealed))
    except (CryptoError, ValueError) as error:
        raise EnvironmentFailed("damaged") from error
    if plain[KEY_BYTES:].decode() != slot.account:
        raise EnvironmentFailed("damaged")
    return Unlocked(plain[:KEY_BYTES], slot.account)


def plain_login(login: str) -> str:
    """A sign-in name as it counts: capitals and blanks around it do not matter."""
    return unicodedata.normalize("NFKC", login).strip().casefold()
