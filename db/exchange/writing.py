# SPDX-License-Identifier: Apache-2.0
"""A file written onto a stick whole or not at all, beside files that are somebody else's and stay as they are.

Written under a neutral temporary name, flushed, read back, and only then given its name - one that is free. What a
power cut leaves behind bears the temporary name and is cleared away by the next write into the same folder.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import Final

from db.files import on_disk, sync_folder

Write = Callable[[bytes], None]
UNFINISHED: Final = ".rcb-unfinished"
_PIECE: Final = 1 << 20
_NEW: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINKS: Final = frozenset({errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS})
"""How a file system says that a file cannot have a second name there; FAT, on most sticks, cannot."""
_NO_FOLDER_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
"""How some network folders say that a folder cannot be flushed: there is nothing to be done about it."""


def write_fresh(path: Path, produce: Callable[[Write], None]) -> Path:
    """Write what `produce` hands over to `path`, or beside it as ``name-2`` when that name is taken; returns which.

    Raises EnvironmentFailed when the disk is full, read-only, gone or does not give back what was written; neither a
    part of the file nor the temporary one stays then. What `produce` raises comes through, with the same care.
    """
    with on_disk():
        _clear(path.parent)
        with _temporary(path.parent) as part:
            digest = _fill(part.handle, produce)
            os.fsync(part.handle)
            if _read_back(part.handle) != digest:
                raise OSError(errno.EIO, "the file does not read back as written")
            if sys.platform == "win32":  # where a file that is open keeps its name
                part.close()
            return _give_name(part.path, path)


class _Part:
    """The temporary file. While it is open, `_clear` of another process leaves it alone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.handle = os.open(path, _NEW, 0o600)
        self._open = True
        _hold(self.handle)

    def close(self) -> None:
        if self._open:
            self._open = False
            os.close(self.handle)


def _fill(handle: int, produce: Callable[[Write], None]) -> str:
    digest = hashlib.sha256()

    def write(content: bytes) -> None:
        digest.update(content)
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]

    produce(write)
    return digest.hexdigest()


def _read_back(handle: int) -> str:
    """Digest of what is on the disk now, asked of the disk itself where the system lets us."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    os.lseek(handle, 0, os.SEEK_SET)
    digest = hashlib.sha256()
    while piece := os.read(handle, _PIECE):
        digest.update(piece)
    return digest.hexdigest()


@contextmanager
def _temporary(folder: Path) -> Iterator[_Part]:
    """A new file that is gone at the end under this name, whatever happened, unless the stick itself is gone."""
    part = _Part(folder / (token_hex(8) + UNFINISHED))
    try:
        yield part
    finally:
        with suppress(OSError):
            part.close()
        with suppress(OSError):
            part.path.unlink(missing_ok=True)


def _give_name(part: Path, path: Path) -> Path:
    named = next(name for name in _names(path) if _named(part, name))
    try:
        sync_folder(path.parent)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            with suppress(OSError):
                named.unlink()
            raise
    return named


def _names(path: Path) -> Iterator[Path]:
    yield path
    for number in count(2):
        yield path.with_name(f"{path.stem}-{number}{path.suffix}")


def _named(part: Path, name: Path) -> bool:
    """Give the file this name, as one step that never replaces another file; False when the name is taken."""
    try:
        if sys.platform == "win32":  # where renaming onto another file is an error
            part.rename(name)
        else:
            os.link(part, name)
    except FileExistsError:
        return False
    except OSError as error:
        if sys.platform == "win32" or error.errno not in _NO_LINKS:
            raise
        if name.exists():
            return False
        part.rename(name)
    return True


def _hold(handle: int) -> None:
    """Say that this file is being written, for `_clear` of another process; Windows keeps open files by itself."""
    if sys.platform == "win32":
        return
    import fcntl

    with suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _clear(folder: Path) -> None:
    """Remove what a write that was cut off left behind; what another one is writing now stays."""
    for part in folder.glob("*" + UNFINISHED):
        with suppress(OSError):
            if not _is_held(part):
                part.unlink()


def _is_held(part: Path) -> bool:
    if sys.platform == "win32":
        return False
    import fcntl

    handle = os.open(part, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False
