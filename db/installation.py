# SPDX-License-Identifier: Apache-2.0
"""Noticing that a centre's folder was copied, restored or carried to another computer, before the first save there.

Two installations that write as one site would give the same name to different entries, and no bundle of the second
could ever be taken in. So a random sign lies both in the encrypted file and beside this user's other settings, and is
renewed each time the folder is opened: a copy comes with a sign that is not expected here, and writes as a new site.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

from db.engine import WRITES
from db.files import write_whole
from db.first_day import renew_site
from resource_centre.errors import EnvironmentFailed
from resource_centre.exchange.identity import SIGN, own_site, remember, setting


def state_folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Where this user's programs keep what they remember on this computer alone."""
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "resource-centre"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "resource-centre"
    chosen = environment.get("XDG_STATE_HOME", "")
    return (Path(chosen) if Path(chosen).is_absolute() else Path.home() / ".local" / "state") / "resource-centre"


def recognise(engine: sa.Engine, state: Path) -> bool:
    """Whether this is the installation that had the folder open last; if not, it writes as a new site from now on.

    A computer that lets us keep nothing beside the file is taken for the same one.
    """
    with engine.connect() as connection:
        site, found = own_site(connection), setting(connection, SIGN)
    expected = _read(state / f"{site}.json")
    new, same = secrets.token_hex(16), found is None or found in expected
    # Both are expected until the file has the new one: a crash in between is no copy.
    if not _expect(state, site, [found, new] if same and found else [new]):
        return True
    try:
        with engine.execution_options(**WRITES).begin() as connection:
            if not same:
                site = renew_site(connection)
            remember(connection, SIGN, new)
    except EnvironmentFailed:
        return True  # nothing can be saved here, so nothing can be mixed up; whoever saves is told why
    _expect(state, site, [new])
    return same


def _read(file: Path) -> list[str]:
    try:
        signs = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [sign for sign in signs if isinstance(sign, str)] if isinstance(signs, list) else []


def _expect(state: Path, site: str, signs: list[str]) -> bool:
    with suppress(OSError, EnvironmentFailed):
        state.mkdir(parents=True, exist_ok=True)
        write_whole(state / f"{site}.json", json.dumps(signs).encode())
        return True
    return False
