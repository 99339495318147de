# SPDX-License-Identifier: Apache-2.0
"""What lies in a centre's folder, whether another program has it open, and whether it is a good place at all.

`centre.json` says that this folder is a centre and of which layout; it holds nothing about people. `centre.db` is the
encrypted file, `keys.json` its key slots, `backups` its copies.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from db.files import on_disk, write_whole
from resource_centre.errors import EnvironmentFailed

MARKER = "centre.json"
DATABASE = "centre.db"
BACKUPS = "backups"
LOCK = "centre.lock"
FORMAT = 1
_COPYING_SERVICES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "drive saya": "Google Drive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "mega": "MEGA",
    "syncthing": "Syncthing",
}
_COPYING_MARKS = {".stfolder": "Syncthing", ".dropbox": "Dropbox", ".nextcloudsync.log": "Nextcloud"}


@dataclass(frozen=True)
class Marker:
    """The content of `centre.json`."""

    centre: str
    format: int = FORMAT

    def save(self, folder: Path) -> None:
        """Write it whole or not at all."""
        write_whole(folder / MARKER, json.dumps(asdict(self)).encode())


def read_marker(folder: Path) -> Marker:
    """Which centre this folder is; EnvironmentFailed `not_a_centre` or `newer_program` when we cannot use it."""
    try:
        content = json.loads((folder / MARKER).read_bytes())
        marker = Marker(str(content["centre"]), int(content["format"]))
    except FileNotFoundError as error:
        raise EnvironmentFailed("not_a_centre") from error
    except NotADirectoryError as error:
        raise EnvironmentFailed("not_a_centre") from error
    except OSError as error:
        raise EnvironmentFailed("file_unreadable") from error
    except (ValueError, KeyError, TypeError) as error:
        raise EnvironmentFailed("not_a_centre") from error
    if marker.format > FORMAT:
        raise EnvironmentFailed("newer_program")
    if not (folder / DATABASE).is_file():
        raise EnvironmentFailed("file_missing")
    return marker


def is_centre(folder: Path) -> bool:
    """Whether any file of a centre lies here; such a folder is never written over."""
    return any((folder / name).exists() for name in (MARKER, DATABASE))


def copying_service(folder: Path) -> str | None:
    """The service that copies this folder to other machines by itself, if one does: it would tear the file apart."""
    place = folder.absolute()
    for part in reversed(place.parts):
        for beginning, name in _COPYING_SERVICES.items():
            if part.casefold() == beginning or part.casefold().startswith((beginning + " ", beginning + "-")):
                return name
    for above in (place, *place.parents):
        for mark, name in _COPYING_MARKS.items():
            if (above / mark).exists():
                return name
    return None


def take_lock(folder: Path) -> IO[bytes] | None:
    """Hold the folder for this program until the returned file is closed; EnvironmentFailed `locked` when it is held.

    The system lets go by itself when the program dies. None where the disk knows no locks.
    """
    try:
        with on_disk():
            file = (folder / LOCK).open("ab")
    except EnvironmentFailed:
        return None  # nothing can be written here: whether that matters shows at the first save
    try:
        _lock(file)
    except (BlockingIOError, PermissionError) as error:
        file.close()
        raise EnvironmentFailed("locked") from error
    except OSError:
        file.close()
        return None
    return file


def _lock(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
