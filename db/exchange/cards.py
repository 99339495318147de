# SPDX-License-Identifier: Apache-2.0
"""Pairing cards and their answers as text: for a file, for a QR code, for an e-mail.

A card says who invites, what the invited may hold, and a secret that its answer must prove to know. It holds public
keys only. What it says is trusted when two people have compared six words (`six_words`), not before.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import json
import zlib
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from resource_centre.errors import EnvironmentFailed
from resource_centre.log.shape import canonical
from resource_centre.values.spoken_words import spoken

CARD: Final = "RCCARD1:"
REPLY: Final = "RCREPLY1:"
WORDS: Final = 6
"""Seventy-two bits: nobody finds other keys that give the same words."""
MOST_BYTES: Final = 65_536


@dataclass(frozen=True, kw_only=True)
class Card:
    """An invitation. `changes` are the log entries of the centre and of the account that will sign in there."""

    invitation: str
    secret: str = field(repr=False)
    centre: str
    site_code: str
    site: str
    site_device: str
    sign_key: str
    age_key: str
    role: str
    name: str
    device: str
    villages: tuple[str, ...] | None
    confidential: bool
    account: str | None
    login: str | None
    expires_on: str | None
    schema_no: int
    changes: tuple[dict[str, Any], ...] = ()

    @property
    def expired(self) -> dt.date | None:
        """The day after which the card is not to be used."""
        return dt.date.fromisoformat(self.expires_on) if self.expires_on else None


@dataclass(frozen=True)
class Reply:
    """The answer to a card: whose site and keys, and the proof that its secret was known."""

    invitation: str
    site: str
    device: str
    name: str
    sign_key: str
    age_key: str
    proof: str = ""


def card_text(card: Card) -> str:
    """The card on one line."""
    return CARD + _packed(asdict(card))


def read_card(text: str) -> Card:
    """The card that `card_text` wrote, blanks and line ends no matter; EnvironmentFailed `not_a_card` for anything
    else."""
    values = _unpacked(text, CARD)
    try:
        villages = values.pop("villages")
        changes = tuple(values.pop("changes"))
        card = Card(**values, villages=None if villages is None else tuple(villages), changes=changes)
        _check(card)
        assert card.expired or not card.expires_on
    except (TypeError, KeyError, ValueError, AssertionError) as error:
        raise EnvironmentFailed("not_a_card") from error
    return card


def reply_text(reply: Reply, secret: str) -> str:
    """The answer on one line, proved by the card's secret."""
    return REPLY + _packed(asdict(reply) | {"proof": _proof(reply, secret)})


def read_reply(text: str) -> Reply:
    """The answer as it came; EnvironmentFailed `not_a_card`. `is_proved` says whether the card was known."""
    try:
        reply = Reply(**_unpacked(text, REPLY))
        _check(reply)
    except (TypeError, AssertionError) as error:
        raise EnvironmentFailed("not_a_card") from error
    return reply


def is_proved(reply: Reply, secret: str) -> bool:
    """Whether who answered knew the card's secret."""
    return hmac.compare_digest(reply.proof, _proof(reply, secret))


def six_words(card: Card, reply: Reply) -> tuple[str, ...]:
    """What both screens show when nobody changed a card or an answer on its way."""
    said = asdict(card) | {"secret": "", "changes": []}
    agreed = canonical({"card": said, "reply": asdict(reply) | {"proof": ""}})
    return spoken(hashlib.sha256(agreed.encode()).digest(), WORDS)


def _proof(reply: Reply, secret: str) -> str:
    said = canonical(asdict(reply) | {"proof": ""})
    return hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()


def _check(one: Card | Reply) -> None:
    """Every text is a text: what follows trusts that."""
    texts = {name: value for name, value in asdict(one).items() if name not in ("villages", "changes", "confidential")}
    optional = ("account", "login", "expires_on")
    for name, value in texts.items():
        if name == "schema_no":
            assert type(value) is int
        else:
            assert isinstance(value, str) or (value is None and name in optional)
    assert 0 < len(one.site) <= 13


def _packed(values: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(zlib.compress(canonical(values).encode(), 9)).decode().rstrip("=")


def _unpacked(text: str, begin: str) -> dict[str, Any]:
    plain = "".join(text.split())
    try:
        if not plain.startswith(begin) or len(plain) > MOST_BYTES:
            raise ValueError("begins otherwise")
        letters = plain.removeprefix(begin)
        packed = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars=b"-_", validate=True)
        press = zlib.decompressobj()
        content = press.decompress(packed, MOST_BYTES)
        if not press.eof:
            raise ValueError("cut short, or longer than a card is")
        values = json.loads(content)
        if not isinstance(values, dict):
            raise ValueError("not a card")
    except (ValueError, zlib.error, binascii.Error, RecursionError) as error:
        raise EnvironmentFailed("not_a_card") from error
    return values
