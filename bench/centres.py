# SPDX-License-Identifier: Apache-2.0
"""The centres that are measured: made once, kept under `out/bench`, stretched keys as users have them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bench.stock import stock
from db.centre import Centre, create_centre, open_centre
from db.first_day import AccountAnswers, CentreAnswers

FOLDER: Final = Path("out/bench")
LOGIN: Final = "bench"
PASSPHRASE: Final = "empat kata yang panjang"


def centre_of(people: int, sessions: int, events: int = 0, each: int = 20) -> Centre:
    """An open centre of this size, from the last run when there is one."""
    at = FOLDER / (f"{people}-{sessions}-{events}" + (f"-{each}" if each != 20 else ""))
    if not (at / "ready").exists():
        _make(at, people, sessions, events, each)
    return open_centre(at, login=LOGIN, passphrase=PASSPHRASE)


def new_centre(at: Path) -> Centre:
    """A new empty centre."""
    profile = CentreAnswers(name="Pusat Ukur", place_code="52.03", site_code="LTM")
    return create_centre(at, profile=profile, account=AccountAnswers(LOGIN, "Ukur"), passphrase=PASSPHRASE)[0]


def _make(at: Path, people: int, sessions: int, events: int, each: int) -> None:
    with new_centre(at) as centre, centre.session() as session:
        stock(session, people=people, sessions=sessions, events=events, each=each)
    (at / "ready").touch()
