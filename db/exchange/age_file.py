# SPDX-License-Identifier: Apache-2.0
"""The closed envelope of a bundle: an age file (age-encryption.org/v1), written and read in pieces.

Any age program opens it with the right identity. age does not say who closed it: that is what the signature inside is
for. What comes out before the end was reached proves nothing yet, and is therefore only gathered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from db.exchange.own_keys import recipient
from db.faults import as_environment
from db.files import on_disk
from resource_centre.errors import EnvironmentFailed

if TYPE_CHECKING:
    from pyrage.x25519 import Identity

AGE_MAGIC: Final = b"age-encryption.org/v1\n"
_END_OF_HEADER: Final = b"\n--- "
_MOST_AGE_HEADER: Final = 1 << 16
_PIECE: Final = 1 << 16


class Enough(Exception):
    """What was wanted of a file has been read."""


def seal(pieces: Iterator[bytes | memoryview], recipients: Sequence[str], write: Callable[[bytes], None]) -> None:
    """Close what `pieces` give for these public keys, each of which opens it alone.

    Whatever `pieces` or `write` raise comes through as it is.
    """
    import pyrage

    source, sink = _Pieces(pieces), _Sink(write)
    try:
        pyrage.encrypt_io(source, sink, [recipient(public) for public in recipients])
    except (pyrage.EncryptError, OSError) as error:
        raise source.failed or sink.failed or error from None
    if sink.failed is not None:
        raise sink.failed  # of what it writes last the library does not ask whether it arrived


def unseal(path: Path, identities: Sequence[Identity], take: Callable[[bytes], None], *, most: int) -> None:
    """Open an age file and hand its content to `take` in pieces; `take` may raise `Enough`.

    Raises EnvironmentFailed `not_a_bundle`, `bundle_too_large` beyond `most` bytes, `bundle_not_for_us` when none of
    the keys opens it, `bundle_damaged`, and what the disk or stick said.
    """
    if not path.is_file():
        raise EnvironmentFailed("file_missing")
    with on_disk(), path.open("rb") as file:
        _look(file, most)
        _unseal(_Source(file), identities, _Sink(take))


def _look(file: BinaryIO, most: int) -> None:
    """Refuse what is no whole age header, or too large, before any of it is worked on."""
    size = file.seek(0, 2)
    file.seek(0)
    begin = file.read(_MOST_AGE_HEADER)
    file.seek(0)
    if not begin.startswith(AGE_MAGIC):
        cut_off = begin and AGE_MAGIC.startswith(begin)
        raise EnvironmentFailed("bundle_damaged" if cut_off else "not_a_bundle")
    if size > most:
        raise EnvironmentFailed("bundle_too_large")
    if begin.find(b"\n", begin.find(_END_OF_HEADER) + 1) < 0 or _END_OF_HEADER not in begin:
        raise EnvironmentFailed("bundle_damaged")


def _unseal(source: _Source, identities: Sequence[Identity], sink: _Sink) -> None:
    import pyrage

    refused: Exception | None = None
    try:
        pyrage.decrypt_io(source, sink, identities)
    except pyrage.DecryptError:
        refused = EnvironmentFailed("bundle_not_for_us")
    except OSError:
        refused = EnvironmentFailed("bundle_damaged")
    except Enough:
        return
    # What really happened: the library tells of our own failures in its own words, and of the last ones not at all.
    if source.failed is not None:
        raise as_environment(source.failed)
    failed = sink.failed or refused
    if failed is not None and not isinstance(failed, Enough):
        raise failed


class _Source:
    """A file as the library reads it; remembers what the disk said."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failed: OSError | None = None

    def read(self, size: int) -> bytes:
        try:
            return self._file.read(size)
        except OSError as error:
            self.failed = error
            raise


class _Pieces:
    """Pieces of any length as something that is read from."""

    def __init__(self, pieces: Iterator[bytes | memoryview]) -> None:
        self._pieces = pieces
        self._left = memoryview(b"")
        self.failed: Exception | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._left:
                self._left = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except Exception as error:
            self.failed = error
            raise
        piece, self._left = self._left[:size], self._left[size:]
        return bytes(piece)


class _Sink:
    """Something that is written to; remembers what it raised."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take = take
        self.failed: Exception | None = None

    def write(self, content: bytes) -> int:
        try:
            self._take(content)
        except Exception as error:
            self.failed = error
            raise
        return len(content)

    def flush(self) -> None:
        """Nothing is kept back here."""
