# SPDX-License-Identifier: Apache-2.0
"""`resource-centre conflicts`: values that several wrote without knowledge of each other, and settling one."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from resource_centre.i18n import LANGUAGES, N_, _
from ui.cli import sign_in

if TYPE_CHECKING:
    from resource_centre.services.conflicts import OpenConflict, Side

HELP: Final = N_("list values that differ, or settle one")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """List, or settle one by what the list says of it."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=_("ACTION"))
    words = _("list what waits for a decision, side by side")
    listing = actions.add_parser("list", help=words, description=words)
    listing.set_defaults(act=_list)
    words = _("let one of the values stand, here and everywhere")
    settling = actions.add_parser("settle", help=words, description=words)
    settling.set_defaults(act=_settle)
    settling.add_argument("record", metavar=_("RECORD"), help=_("the record, as the list shows it"))
    settling.add_argument("field", metavar=_("FIELD"), help=_("the field, as the list shows it"))
    settling.add_argument(
        "--choose", metavar=_("VALUE"), help=_("the value, as the list shows it (else the one that stands now)")
    )
    for below in (listing, settling):
        below.add_argument("--language", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        below.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        sign_in.add_arguments(below)


def run(options: argparse.Namespace) -> int:
    """List or settle."""
    return int(options.act(options))


def _list(options: argparse.Namespace) -> int:
    from resource_centre.services.conflicts import PAGE, count_conflicts, open_conflicts

    with sign_in.open_centre(options, alongside=True) as centre, centre.read() as session:
        every = count_conflicts(session)
        for conflict in open_conflicts(session):
            print("\n".join(_lines(conflict)))
    if not every:
        print(_("Nothing waits for a decision."))
    elif every > PAGE:
        print(_("… and {n} more").format(n=every - PAGE))
    return 0


def _lines(conflict: OpenConflict) -> Iterator[str]:
    about = " · ".join(part for part in (conflict.noun, conflict.person, conflict.label) if part)
    yield about
    yield f"  {conflict.row_id} {conflict.field}"
    for side in conflict.sides:
        yield f"  {_mark(side)} {side.site}:{side.seq}  {_said(side)}"


def _mark(side: Side) -> str:
    return "*" if side.stands else " "


def _said(side: Side) -> str:
    return f"{side.words}  ({side.who}, {side.at:%Y-%m-%d %H:%M}, {side.where})"


def _settle(options: argparse.Namespace) -> int:
    from resource_centre.services.conflicts import count_conflicts, settle

    chosen = _dot(options.choose)
    with sign_in.open_centre(options) as centre, centre.change() as session:
        settle(session, options.record, options.field, chosen)
        left = count_conflicts(session)
    print(_("Settled. Still waiting for a decision: {n}").format(n=left))
    return 0


def _dot(text: str | None) -> tuple[str, int] | None:
    if text is None:
        return None
    site, _colon, number = text.rpartition(":")
    if not site or not number.isascii() or not number.isdigit():
        raise sign_in.CalledWrongly("which_value")
    return site, int(number)
