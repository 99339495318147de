# SPDX-License-Identifier: Apache-2.0
"""A bundle as a file: signed news from one site for another, closed with age (decision 30).

Nothing of a bundle is given out before all of it is proved: that it opens, who signed it, for whom, that it is whole,
that it stays within bounds, and that every line of it is what it should be. What is packed stays in memory; nothing
that was unpacked ever lies on a disk.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import resource_centre
from db.exchange import age_file, bundle_body, writing
from db.exchange.bundle_body import Checked, Packed
from db.exchange.bundle_header import Facts, Header, Preamble, longest_header, preamble, read_preamble
from db.exchange.bundle_lines import CHANGE, DROP, FILE, MEGABYTE, ORDER, Entry, File, Row, kind_of, read_again
from resource_centre.errors import EnvironmentFailed
from resource_centre.exchange.dots import Dots
from resource_centre.records.change import SCHEMA
from resource_centre.services.rules import rule

if TYPE_CHECKING:
    from nacl.signing import SigningKey, VerifyKey
    from pyrage.x25519 import Identity

__all__ = ["SUFFIX", "Facts", "Header", "OpenedBundle", "Written", "name_for", "open_bundle", "peek", "write_bundle"]

SUFFIX = ".rcb"
VerifyKeyOf = Callable[[str], "VerifyKey | None"]
_OUTSIDE = 1 << 20
"""Bytes that age, the first lines and the signature add to header and body: age takes 16 for each 64 KiB."""


@dataclass(frozen=True)
class Written:
    """A bundle that lies whole where `path` says, which may be another name than was asked for."""

    header: Header
    path: Path


def name_for(sender: str, link_no: int, part: int = 1, parts: int = 1) -> str:
    """The name of a bundle's file: the sender's code and the number, and which of several. Nothing about anybody."""
    plain = "".join(letter for letter in sender if letter.isascii() and (letter.isalnum() or letter == "-"))
    return f"{plain or 'bundle'}-{link_no}{f'-{part}of{parts}' if parts > 1 else ''}{SUFFIX}"


def write_bundle(
    path: Path,
    facts: Facts,
    changes: Iterable[Entry],
    drops: Iterable[Row] = (),
    files: Iterable[File] = (),
    held: Dots | None = None,
    *,
    recipients: Sequence[str],
    signing_key: SigningKey,
    progress: Callable[[int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Written:
    """Write a bundle that each of the public keys `recipients` opens; to a free name when `path` is taken.

    `changes` are column values of `Change`, `drops` (table, record), `files` (digest, content, preview), `held` the
    entries the sender holds. `progress` is told how many changes are packed. Raises EnvironmentFailed
    `bundle_too_large` beyond what one bundle takes, or what disk or stick said, Refused `stopped`: nothing of it stays.
    """
    packed = bundle_body.pack(changes, drops, files, held or Dots(), told=progress, stop=stop)
    header = _header(facts, packed)
    begin = preamble(header, signing_key)
    pieces = (begin, *packed.pieces)
    written = writing.write_fresh(path, lambda write: age_file.seal(iter(pieces), recipients, write))
    return Written(header, written)


def _header(facts: Facts, packed: Packed) -> Header:
    return Header(
        **asdict(facts),
        schema_no=SCHEMA,
        program=resource_centre.__version__,
        changes=packed.counts[CHANGE],
        drops=packed.counts[DROP],
        files=packed.counts[FILE],
        body_length=packed.length,
        body_raw_length=packed.raw_length,
        body_sha256=packed.sha256,
    )


@dataclass(frozen=True)
class OpenedBundle:
    """A bundle that was proved whole. `changes` and `files` read it anew at each call, one after the other."""

    header: Header
    held: Dots
    _drops: tuple[Row, ...] = field(repr=False)
    _body: memoryview = field(repr=False)

    def changes(self) -> Iterator[Entry]:
        """The entries, as column values of `Change`."""
        return self._values(CHANGE)

    def drops(self) -> tuple[Row, ...]:
        """Table and record of what is to be given back."""
        return self._drops

    def files(self) -> Iterator[File]:
        """Digest, content and small picture of each attached file; the content agrees with its digest."""
        return self._values(FILE)

    def _values(self, kind: str) -> Iterator[Any]:
        for line in bundle_body.unpacked(self._body, self.header.body_raw_length):
            found = kind_of(line)
            if found == kind:
                yield read_again(kind, line)
            elif ORDER[found] > ORDER[kind]:
                return


def open_bundle(
    path: Path,
    identities: Sequence[Identity],
    verify_key_of: VerifyKeyOf,
    *,
    own_sites: Collection[str],
    progress: Callable[[int], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> OpenedBundle:
    """A bundle for one of `own_sites`, proved whole.

    `verify_key_of` gives the key a site signs with, None for a site nobody knows; it is asked for the sender and then
    for what the sender says it was formerly. Raises EnvironmentFailed `not_a_bundle`, `bundle_damaged`,
    `bundle_too_large`, `bundle_not_for_us`, `bundle_unknown_sender`, `bundle_forged` or `bundle_newer`.
    """
    content = bytearray()
    seen = _Reading(content, lambda found: _prove(found, verify_key_of, own_sites))
    age_file.unseal(path, identities, seen.take, most=_most_bytes())
    found = seen.found
    if found is None:
        raise EnvironmentFailed("bundle_damaged")
    body = memoryview(content)[found.length :]
    _prove_body(found.header, body)
    checked = bundle_body.check(body, found.header.body_raw_length, told=progress, stop=stop)
    _compare(found.header, checked)
    return OpenedBundle(found.header, checked.held, tuple(checked.drops), body)


def peek(
    path: Path,
    identities: Sequence[Identity],
    verify_key_of: VerifyKeyOf | None = None,
    *,
    own_sites: Collection[str] = (),
) -> Header:
    """What a bundle says of itself, without reading on. Signature and recipient are proved when keys are given.

    The same refusals as `open_bundle`; whether the body is whole is not known.
    """

    def prove(found: Preamble) -> None:
        if verify_key_of is not None:
            _prove(found, verify_key_of, own_sites)
        raise age_file.Enough

    seen = _Reading(bytearray(), prove)
    age_file.unseal(path, identities, seen.take, most=_most_bytes())
    if seen.found is None:
        raise EnvironmentFailed("bundle_damaged")
    return seen.found.header


class _Reading:
    """Gathers what comes out of the envelope. `prove` is called once, when the header is there."""

    def __init__(self, content: bytearray, prove: Callable[[Preamble], None]) -> None:
        self._content = content
        self._prove = prove
        self.found: Preamble | None = None

    def take(self, piece: bytes) -> None:
        self._content += piece
        if self.found is None:
            self.found = read_preamble(self._content)
            if self.found is not None:
                self._prove(self.found)


def _prove(found: Preamble, verify_key_of: VerifyKeyOf, own_sites: Collection[str]) -> None:
    header = found.header
    names = (header.sender, *header.formerly)
    keys = [key for key in map(verify_key_of, names) if key is not None]
    if not keys:
        raise EnvironmentFailed("bundle_unknown_sender")
    for key in keys:
        # Of every name it goes or went by: nobody takes another's name in passing.
        found.prove(key)
    if set(names) & set(own_sites):
        raise EnvironmentFailed("bundle_forged")
    if header.recipient not in own_sites:
        raise EnvironmentFailed("bundle_not_for_us")
    if header.schema_no > SCHEMA:
        raise EnvironmentFailed("bundle_newer")
    most = (int(rule("bundle_megabytes_opened")), int(rule("bundle_megabytes_unpacked")))
    if header.body_length > most[0] * MEGABYTE or header.body_raw_length > most[1] * MEGABYTE:
        raise EnvironmentFailed("bundle_too_large")


def _prove_body(header: Header, body: memoryview) -> None:
    if len(body) != header.body_length or bundle_body.sha256_of(body) != header.body_sha256:
        raise EnvironmentFailed("bundle_damaged")


def _compare(header: Header, checked: Checked) -> None:
    counts = checked.counts
    if (counts[CHANGE], counts[DROP], counts[FILE]) != (header.changes, header.drops, header.files):
        raise EnvironmentFailed("bundle_damaged")


def _most_bytes() -> int:
    return int(rule("bundle_megabytes_opened")) * MEGABYTE + longest_header() + _OUTSIDE
