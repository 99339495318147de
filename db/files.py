# SPDX-License-Identifier: Apache-2.0
"""Small files written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.faults import as_environment


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path` so that a crash at any moment leaves the old file or the new one, never a part.

    Written beside it, flushed to the disk, read back, and only then renamed over the old file.
    Raises EnvironmentFailed when the disk is full, read-only or does not give back what was written.
    """
    beside = path.with_name(path.name + ".new")
    with on_disk():
        try:
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if beside.read_bytes() != content:
                raise OSError(errno.EIO, "the file does not read back as written")
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder survive a power cut; Windows does this by itself and cannot open folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def on_disk() -> Iterator[None]:
    """Turn what the operating system says about files into EnvironmentFailed."""
    try:
        yield
    except OSError as error:
        raise as_environment(error) from error
