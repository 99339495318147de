# SPDX-License-Identifier: Apache-2.0
"""What becomes of a pairing later: other villages, a card that is withdrawn, a copied laptop, new keys."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from resource_centre.i18n import _, language, ngettext
from ui.cli import exchange_partners, sign_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records.exchange import Invitation

Action = Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def add_actions(action: Action) -> None:
    """The actions of this module; `action` makes the parser of one."""
    villages = action("villages", _("say which villages a laptop holds from now on"), _villages)
    exchange_partners.add_partner(
        villages, "--with", _("the laptop, by the two signs of its numbers (not needed when there is one)")
    )
    villages.add_argument(
        "--village",
        action="append",
        required=True,
        metavar=_("CODE"),
        help=_("a village, such as 52.03.01.2001; may be given several times"),
    )
    extend = action("extend", _("let a pairing go on that is over or soon will be"), _extend)
    exchange_partners.add_partner(
        extend, "--with", _("the laptop, by the two signs of its numbers (not needed when there is one)")
    )
    extend.add_argument(
        "--until", metavar=_("DAY"), help=_("its last day, for example 2027-06-30 (without: until it is blocked)")
    )
    withdraw = action("withdraw", _("nobody can answer this card any more"), _withdraw)
    withdraw.add_argument(
        "--card", metavar=_("NAME"), help=_("the card, by its name in the list (not needed when there is one)")
    )
    repair = action(
        "repair", _("on a laptop that was copied: what was not sent gets new numbers, and nothing is lost"), _repair
    )
    renew = action(
        "renew-key", _("bundles are closed for a new key from now on; the old one still opens older ones"), _renew
    )
    sheet = action("recovery-sheet", _("make a key on paper that opens every bundle from now on"), _recovery_sheet)
    sheet.add_argument(
        "--output", type=Path, required=True, metavar=_("FILE"), help=_("where the sheet goes, a .pdf to print")
    )
    for one in (villages, extend, withdraw, repair, renew, sheet):
        sign_in.add_arguments(one)


def cards(session: Session) -> list[Invitation]:
    """The cards that wait for an answer; none for an account that gives out none."""
    from db.exchange import pairing
    from resource_centre.services.accounts import may

    return pairing.waiting_cards(session) if may(session, "accounts") else []


def card_line(card: Invitation) -> str:
    """A card in the list."""
    from ui.cli.exchange_words import ROLES

    parts = [card.device or "--", card.id, _(ROLES.get(card.role, "Laptop")), card.name]
    if card.villages is not None:
        parts.append(_("villages: {names}").format(names=", ".join(card.villages)))
    return "  ".join([*parts, _("card not answered yet")])


def _villages(options: argparse.Namespace) -> int:
    from db.exchange import pairing
    from resource_centre.places import gazetteer

    villages = tuple(dict.fromkeys(options.village))
    if any((place := gazetteer().place(code)) is None or place.level != "village" for code in villages):
        raise sign_in.CalledWrongly("place")
    with sign_in.open_centre(options) as centre, centre.change() as session:
        peer = exchange_partners.partner(session, options.partner)
        if peer.villages is None:
            raise sign_in.CalledWrongly("every_village")
        pairing.change_villages(session, peer.site, villages)
    print(_("The villages are changed. Send to the laptop, and bring it the bundle."))
    return 0


def _extend(options: argparse.Namespace) -> int:
    from db.exchange import pairing

    until = sign_in.day(options.until)
    with sign_in.open_centre(options) as centre, centre.change() as session:
        pairing.extend(session, exchange_partners.partner(session, options.partner).site, until)
    print(_("The pairing goes on. Send to the laptop, and bring it the bundle."))
    return 0


def _withdraw(options: argparse.Namespace) -> int:
    from db.exchange import pairing

    with sign_in.open_centre(options) as centre, centre.change() as session:
        pairing.withdraw(session, _card(session, options.card).id)
    print(_("The card is withdrawn."))
    return 0


def _card(session: Session, name: str | None) -> Invitation:
    from db.exchange import pairing

    waiting = pairing.waiting_cards(session)
    found = [one for one in waiting if name is None or name in (one.id, one.name, one.device)]
    if not found:
        raise sign_in.CalledWrongly("no_such_card")
    if len(found) > 1:
        raise sign_in.CalledWrongly("which_card")
    return found[0]


def _repair(options: argparse.Namespace) -> int:
    from db.exchange.repair import repair

    with sign_in.open_centre(options) as centre:
        if not centre.on_laptop:
            raise sign_in.CalledWrongly("laptop_only")
        count = repair(centre)
    words = ngettext("{n} change has a new number.", "{n} changes have new numbers.", count)
    print(words.format(n=count))
    print(_("This laptop is repaired. Send to the centre again and bring the new bundle."))
    return 0


def _renew(options: argparse.Namespace) -> int:
    from db.exchange import own_keys

    with sign_in.open_centre(options) as centre, centre.change() as session:
        _only_coordinators(session)
        own_keys.renew_age_key(session)
    print(_("The key is new. Send to every laptop soon."))
    return 0


def _recovery_sheet(options: argparse.Namespace) -> int:
    from db.exchange import recovery
    from reports.recovery_sheet import draw_bundle_recovery_sheet

    key = recovery.make_recovery()
    with sign_in.open_centre(options) as centre, centre.change() as session:
        _only_coordinators(session)
        name = (centre.profile.name if centre.profile else "") or ""
        draw_bundle_recovery_sheet(
            options.output, centre_name=name, groups=key.groups, identity=key.identity, language=language()
        )
        recovery.keep(session.connection(), key.public)
    print(_("Recovery sheet written: {file}").format(file=options.output))
    print(_("Bundles can be opened with the sheet from now on. Destroy an older one."))
    print(_("Print it, and destroy the file."))
    return 0


def _only_coordinators(session: Session) -> None:
    from resource_centre.errors import Refused
    from resource_centre.exchange.identity import own_role
    from resource_centre.exchange.scope import LAPTOP
    from resource_centre.services.accounts import may

    if not may(session, "accounts") or own_role(session.connection()) == LAPTOP:
        raise Refused("not_allowed")
