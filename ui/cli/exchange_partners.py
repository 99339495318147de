# SPDX-License-Identifier: Apache-2.0
"""Whom a command is about, and work that Ctrl+C ends without leaving half of anything."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from resource_centre.i18n import _
from ui.cli.sign_in import CalledWrongly

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records.exchange import Peer

INTERRUPTED: Final = 130
"""What a shell calls a program that was ended by Ctrl+C."""
Stop = Callable[[], bool]


def add_partner(parser: argparse.ArgumentParser, name: str, help: str) -> None:  # noqa: A002
    """An argument that names another computer."""
    parser.add_argument(name, dest="partner", metavar=_("CODE"), help=help)


def partners(session: Session) -> list[Peer]:
    """Those this installation exchanges with, without the names that copied or restored ones gave up.

    Raises `Refused` for an account that does not exchange.
    """
    from sqlalchemy import select

    from db.exchange.partners import may_exchange
    from resource_centre.errors import Refused
    from resource_centre.records.exchange import Peer

    if not may_exchange(session):
        raise Refused("not_allowed")
    every = session.scalars(select(Peer).order_by(Peer.name, Peer.paired_ms)).all()
    former = {site for peer in every for site in peer.formerly}
    return [peer for peer in every if peer.site not in former]


def partner(session: Session, code: str | None) -> Peer:
    """The computer of this code, which is the two signs its numbers bear or its whole name; without one the only one.

    Raises `CalledWrongly` `which_partner` when it must be said, `Refused` `not_paired` for a code that is nobody's.
    """
    from resource_centre.errors import Refused

    every = partners(session)
    if code is None:
        if len(every) > 1:
            raise CalledWrongly("which_partner")
        found = every
    else:
        found = [one for one in every if code == one.site or code.casefold() == (one.device or "").casefold()]
        if len(found) > 1:  # two centres below one head office may bear the same signs
            raise CalledWrongly("which_partner_site")
    if not found:
        raise Refused("not_paired")
    return found[0]


def code_of(peer: Peer) -> str:
    """How a command names a computer."""
    return peer.device or peer.site


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Ctrl+C asks the work to end where it leaves nothing half; a second one ends the program as ever."""
    asked: list[int] = []

    def ask(number: int, _frame: Any) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)

    before = {one: signal.signal(one, ask) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def tell_stage(stage: str, done: int, every: int) -> None:
    """How far it is, for somebody who waits; a file or another program gets none of it."""
    if not sys.stderr.isatty():
        return
    from ui.cli.exchange_words import STAGES

    words = _(STAGES.get(stage, stage))
    far = _("{what}: {done} of {all}").format(what=words, done=done, all=every) if done and every else words
    print(f"\r\x1b[K{far}", end="", file=sys.stderr, flush=True)


def end_stages() -> None:
    """Clear the line that `tell_stage` wrote on."""
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
