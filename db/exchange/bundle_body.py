# SPDX-License-Identifier: Apache-2.0
"""The body of a bundle: its lines, packed by zlib.

Packing and unpacking go in pieces: neither the lines nor the unpacked text are ever there as a whole.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from db.exchange.bundle_lines import (
    CHANGE,
    DROP,
    FILE,
    HELD,
    MEGABYTE,
    ORDER,
    Entry,
    File,
    Row,
    change_line,
    drop_line,
    file_line,
    held_lines,
    read_line,
)
from resource_centre.errors import EnvironmentFailed, Refused
from resource_centre.exchange.dots import Dots
from resource_centre.services.rules import rule

Told = Callable[[int], None]

_PIECE: Final = 1 << 16
_TELL_EVERY: Final = 500


@dataclass
class Packed:
    """A body ready to be closed: its pieces, lengths, digest of the packed form, and how many lines of each kind."""

    pieces: list[bytes] = field(default_factory=list)
    length: int = 0
    raw_length: int = 0
    sha256: str = ""
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ORDER, 0))


def pack(
    changes: Iterable[Entry],
    drops: Iterable[Row],
    files: Iterable[File],
    held: Dots,
    *,
    told: Told | None = None,
    stop: Callable[[], bool] | None = None,
) -> Packed:
    """The body of these. `told` hears how many changes are packed, `stop` is asked whether to go on.

    Raises EnvironmentFailed `bundle_too_large` beyond `bundle_megabytes` of the rules, Refused `stopped`.
    """
    packed, press, digest = Packed(), zlib.compressobj(), hashlib.sha256()
    most = int(rule("bundle_megabytes")) * MEGABYTE

    def keep(piece: bytes) -> None:
        if piece:
            packed.pieces.append(piece)
            packed.length += len(piece)
            digest.update(piece)
        if packed.length > most:
            raise EnvironmentFailed("bundle_too_large")

    for kind, line in _lines_of(changes, drops, files, held):
        packed.counts[kind] += 1
        packed.raw_length += len(line)
        keep(press.compress(line))
        _listen(packed.counts, kind, told, stop)
    keep(press.flush())
    if told is not None:
        told(packed.counts[CHANGE])
    packed.sha256 = digest.hexdigest()
    return packed


def _listen(counts: dict[str, int], kind: str, told: Told | None, stop: Callable[[], bool] | None) -> None:
    if counts[kind] % _TELL_EVERY and kind != FILE:
        return
    if stop is not None and stop():
        raise Refused("stopped")
    if told is not None:
        told(counts[CHANGE])


def _lines_of(
    changes: Iterable[Entry], drops: Iterable[Row], files: Iterable[File], held: Dots
) -> Iterator[tuple[str, bytes]]:
    yield from ((CHANGE, change_line(change)) for change in changes)
    yield from ((DROP, drop_line(row)) for row in drops)
    yield from ((FILE, file_line(file)) for file in files)
    yield from ((HELD, line) for line in held_lines(held))


def unpacked(body: memoryview, raw_length: int) -> Iterator[bytes]:
    """The lines of a body, without their ends. EnvironmentFailed as soon as it is not what was promised."""
    longest = int(rule("bundle_line_megabytes")) * MEGABYTE
    begun = bytearray()
    for piece in _inflated(body, raw_length):
        first, *others = piece.split(b"\n")
        begun += first
        if len(begun) > longest:
            raise EnvironmentFailed("bundle_too_large")
        if others:
            yield bytes(begun)
            yield from others[:-1]
            begun = bytearray(others[-1])
    if begun:
        raise EnvironmentFailed("bundle_damaged")


def _inflated(body: memoryview, raw_length: int) -> Iterator[bytes]:
    inflate, left = zlib.decompressobj(), raw_length
    for start in range(0, len(body), _PIECE):
        packed: bytes | memoryview = body[start : start + _PIECE]
        while packed:
            piece = _inflate(inflate, packed)
            left -= len(piece)
            if left < 0 or inflate.unused_data:
                raise EnvironmentFailed("bundle_damaged")
            yield piece
            packed = inflate.unconsumed_tail
    if left or not inflate.eof:
        raise EnvironmentFailed("bundle_damaged")


def _inflate(inflate: Any, packed: bytes | memoryview) -> bytes:
    try:
        return bytes(inflate.decompress(packed, _PIECE))
    except zlib.error as error:
        raise EnvironmentFailed("bundle_damaged") from error


@dataclass
class Checked:
    """What a body holds, every line of it read and found to be of its kind."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ORDER, 0))
    drops: list[Row] = field(default_factory=list)
    held: Dots = field(default_factory=Dots)


def check(
    body: memoryview, raw_length: int, *, told: Told | None = None, stop: Callable[[], bool] | None = None
) -> Checked:
    """Read the whole body once; `told` hears how many changes were read, `stop` is asked whether to go on.

    Raises EnvironmentFailed `bundle_damaged`, `bundle_newer` or `bundle_too_large`, Refused `stopped`.
    """
    checked = Checked()
    at, held = 0, []
    for line in unpacked(body, raw_length):
        kind, value = read_line(line)
        if ORDER[kind] < at:
            raise EnvironmentFailed("bundle_damaged")
        at = ORDER[kind]
        checked.counts[kind] += 1
        _listen(checked.counts, kind, told, stop)
        if kind == DROP:
            checked.drops.append(value)
        elif kind == HELD:
            held.append(value)
    checked.held = _together(held)
    return checked


def sha256_of(body: memoryview) -> str:
    """The digest of a packed body."""
    return hashlib.sha256(body).hexdigest()


def _together(held: list[Dots]) -> Dots:
    runs: dict[str, list[tuple[int, int]]] = {}
    for some in held:
        for site, first, last in some.runs():
            runs.setdefault(site, []).append((first, last))
    return Dots(runs)
