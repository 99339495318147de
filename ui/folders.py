# SPDX-License-Identifier: Apache-2.0
"""Where centres are kept when nobody says otherwise: the system's own place for a program's data."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

PROGRAM = "resource-centre"
_CENTRE_FILES = ("centre.json", "centre.db", "keys.json")


def data_folder(
    environment: Mapping[str, str] = os.environ, platform: str = sys.platform, home: Path | None = None
) -> Path:
    """This person's folder for the program's data; it need not exist yet."""
    home = home or Path.home()
    if platform == "win32":
        return Path(environment.get("APPDATA") or home / "AppData" / "Roaming") / PROGRAM
    if platform == "darwin":
        return home / "Library" / "Application Support" / PROGRAM
    chosen = environment.get("XDG_DATA_HOME", "")
    return (Path(chosen) if Path(chosen).is_absolute() else home / ".local" / "share") / PROGRAM


def default_centre() -> Path:
    """The folder of the first centre on this computer."""
    return data_folder() / "centre"


def looks_like_a_centre(folder: Path) -> bool:
    """Whether any file of a centre lies here; whether it is whole is for the store to say."""
    return any((folder / name).exists() for name in _CENTRE_FILES)


def is_free(folder: Path) -> bool:
    """Whether a new centre could be made here: the folder is empty, or not there yet."""
    try:
        return not folder.exists() or not any(folder.iterdir())
    except OSError:
        return False
