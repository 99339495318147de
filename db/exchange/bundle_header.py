# SPDX-License-Identifier: Apache-2.0
"""The head of a bundle: who tells whom, and what must follow. Everything in it is signed.

    resource-centre bundle 1 LF     the format's number
    417 LF                          length of the header in bytes
    {"age_key":"age1...",...}       the header, canonical JSON
    64 bytes                        Ed25519 signature over the first line and the header

The body follows to the end of the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from resource_centre.errors import EnvironmentFailed
from resource_centre.log.shape import canonical
from resource_centre.services.rules import rule

if TYPE_CHECKING:
    from nacl.signing import SigningKey, VerifyKey

FORMAT: Final = 1
_NAME: Final = b"resource-centre bundle "
_SIGNATURE: Final = 64
_FIRST_LINE: Final = re.compile(rb"resource-centre bundle ([1-9][0-9]{0,3})\n")
_LENGTH_LINE: Final = re.compile(rb"([1-9][0-9]{0,7})\n")
_LONGEST_FIRST_LINE: Final = len(_NAME) + 5
_LONGEST_LENGTH_LINE: Final = 9
KILOBYTE: Final = 1000


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the sender says of a bundle, known before it is written.

    `heard` are the bundles it has taken in from the recipient, `heard_to` the highest number of them; `age_key` is what
    it wants to be written to from now on; `formerly` are sites it wrote as before.
    """

    id: str
    sender: str
    recipient: str
    link_no: int
    part: int
    parts: int
    made_ms: int
    age_key: str
    heard: tuple[str, ...] = ()
    heard_to: int = 0
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Header(Facts):
    """The facts and what must follow: counts of the body's lines, its length as packed and as read, and its digest."""

    schema_no: int
    program: str
    changes: int
    drops: int
    files: int
    body_length: int
    body_raw_length: int
    body_sha256: str


@dataclass(frozen=True)
class Preamble:
    """A header as it was found: not yet proved. The body begins at `length`."""

    header: Header
    length: int
    signed: bytes
    signature: bytes

    def prove(self, key: VerifyKey) -> None:
        """EnvironmentFailed `bundle_forged` unless this key signed the header."""
        from nacl.exceptions import BadSignatureError

        try:
            key.verify(self.signed, self.signature)
        except BadSignatureError as error:
            raise EnvironmentFailed("bundle_forged") from error


def preamble(header: Header, key: SigningKey) -> bytes:
    """What stands before the body. EnvironmentFailed `bundle_too_large` when the header itself is."""
    text = _as_text(header)
    if len(text) > longest_header():
        raise EnvironmentFailed("bundle_too_large")
    first = _NAME + b"%d\n" % FORMAT
    return first + b"%d\n" % len(text) + text + key.sign(first + text).signature


def read_preamble(begin: bytes | bytearray) -> Preamble | None:
    """The preamble that `begin` starts with; None when more is needed to say.

    Raises EnvironmentFailed `not_a_bundle`, `bundle_newer`, `bundle_too_large` or `bundle_damaged`.
    """
    first = _FIRST_LINE.match(begin)
    if first is None:
        _may_go_on(begin, _LONGEST_FIRST_LINE, "not_a_bundle")
        return None
    if int(first[1]) > FORMAT:
        raise EnvironmentFailed("bundle_newer")
    length = _LENGTH_LINE.match(begin, first.end())
    if length is None:
        _may_go_on(begin, first.end() + _LONGEST_LENGTH_LINE, "bundle_damaged")
        return None
    if int(length[1]) > longest_header():
        raise EnvironmentFailed("bundle_too_large")
    end = length.end() + int(length[1])
    if len(begin) < end + _SIGNATURE:
        return None
    text = bytes(begin[length.end() : end])
    return Preamble(_from_text(text), end + _SIGNATURE, first[0] + text, bytes(begin[end : end + _SIGNATURE]))


def longest_header() -> int:
    """Bytes a header may have."""
    return int(rule("bundle_header_kilobytes")) * KILOBYTE


def _may_go_on(begin: bytes | bytearray, enough: int, code: str) -> None:
    if len(begin) >= enough:
        raise EnvironmentFailed(code)


def _as_text(header: Header) -> bytes:
    return canonical(asdict(header)).encode()


def _from_text(text: bytes) -> Header:
    try:
        values = json.loads(text)
        if set(values) != _CHECKS.keys() or not all(_CHECKS[name](value) for name, value in values.items()):
            raise ValueError("not the facts of a header")
        if values["part"] > values["parts"]:
            raise ValueError("a part beyond the last one")
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        header = Header(**(values | lists))
        # What is signed is the text: it must say one thing only.
        if _as_text(header) != text:
            raise ValueError("not the canonical text")
    except (ValueError, TypeError, RecursionError) as error:
        raise EnvironmentFailed("bundle_damaged") from error
    return header


_ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SITE: Final = re.compile(r"[0-9A-Za-z_-]{1,13}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_AGE_KEY: Final = re.compile(r"age1[0-9a-z]{50,80}")
_PROGRAM: Final = re.compile(r"[0-9A-Za-z.+-]{1,40}")
_LARGEST: Final = (1 << 63) - 1


def is_id(value: object) -> bool:
    """Whether this is the id of a record in its text form."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def is_site(value: object) -> bool:
    """Whether this can name a site."""
    return isinstance(value, str) and _SITE.fullmatch(value) is not None


def is_digest(value: object) -> bool:
    """Whether this can be a SHA-256 as text."""
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def is_number(value: object) -> bool:
    """Whether this is a whole number from nought that a database can hold; True and 1.0 are none."""
    return type(value) is int and 0 <= value <= _LARGEST


def _is_counting(value: object) -> bool:
    return is_number(value) and value != 0


def _all(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(check(one) for one in value)


def _text(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


_CHECKS: Final[dict[str, Callable[[Any], bool]]] = {
    "id": is_id,
    "sender": is_site,
    "recipient": is_site,
    "link_no": _is_counting,
    "part": _is_counting,
    "parts": _is_counting,
    "made_ms": is_number,
    "age_key": _text(_AGE_KEY),
    "heard": _all(is_id),
    "heard_to": is_number,
    "formerly": _all(is_site),
    "schema_no": is_number,
    "program": _text(_PROGRAM),
    "changes": is_number,
    "drops": is_number,
    "files": is_number,
    "body_length": is_number,
    "body_raw_length": is_number,
    "body_sha256": is_digest,
}
assert _CHECKS.keys() == {field.name for field in fields(Header)}
