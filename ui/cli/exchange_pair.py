# SPDX-License-Identifier: Apache-2.0
"""`resource-centre pair`: cards, their answers, six words compared by voice, and what becomes of a lost laptop.

The order: `invite` at the centre, `join` on the new laptop, `answer` at the centre, `words` and `confirm` on both.
What comes later, other villages or a copied laptop, is in `exchange_upkeep`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from resource_centre.i18n import LANGUAGES, N_, _
from ui.cli import exchange_join, exchange_partners, exchange_upkeep, sign_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from resource_centre.records.exchange import Peer

HELP: Final = N_("pair a laptop with its centre, change its villages, block a lost one, repair a copied one")
Act = Callable[[argparse.Namespace], int]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One action each, in the order they are done."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=_("ACTION"))

    def action(name: str, words: str, act: Act) -> argparse.ArgumentParser:
        below = actions.add_parser(name, help=words, description=words)
        below.add_argument("--language", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        below.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        below.set_defaults(act=act)
        return below

    _add_invite(action("invite", _("make a pairing card for a new laptop, or for a centre below this one"), _invite))
    exchange_join.add_join(
        action(
            "join",
            _("answer a card: makes a new laptop in --centre, or joins a centre to its head office"),
            exchange_join.join,
        )
    )
    answer = action("answer", _("take in the answer to a card; says the six words"), _answer)
    answer.add_argument("--file", type=Path, required=True, metavar=_("FILE"), help=_("the answer, ends in .rcreply"))
    sign_in.add_arguments(answer)
    reply = action("reply", _("write the answer to our card once more"), exchange_join.reply)
    exchange_join.add_reply(reply)
    for name, words, act in (
        ("words", _("say the six words that both computers must show"), _words),
        ("confirm", _("both have read the same six words"), _confirm),
        ("reject", _("the six words were not the same: undo the pairing"), _reject),
        ("block", _("a laptop is lost: take nothing from it any more, and send it nothing"), _block),
        ("unblock", _("a blocked laptop was found again"), _unblock),
    ):
        below = action(name, words, act)
        exchange_partners.add_partner(
            below, "--with", _("the other computer, by the two signs of its numbers (not needed when there is one)")
        )
        sign_in.add_arguments(below)
    exchange_upkeep.add_actions(action)
    sign_in.add_arguments(action("list", _("list those this computer exchanges with, and cards that wait"), _list))


def run(options: argparse.Namespace) -> int:
    """Do the action."""
    return int(options.act(options))


def _add_invite(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", required=True, metavar=_("NAME"), help=_("what the other computer is called here"))
    parser.add_argument("--account", metavar=_("LOGIN"), help=_("who will sign in on the laptop"))
    parser.add_argument(
        "--for-centre", action="store_true", help=_("the card is for a centre: this one becomes its head office")
    )
    parser.add_argument("--expires", metavar=_("DAY"), help=_("the last day of the pairing, for example 2027-06-30"))
    parser.add_argument(
        "--output",
        type=Path,
        required=True,
        metavar=_("FILE"),
        help=_("where the card goes, for example laptop.rccard"),
    )
    sign_in.add_arguments(parser)


def _invite(options: argparse.Namespace) -> int:
    from db.exchange import pairing
    from resource_centre.exchange.scope import CENTRE, LAPTOP

    if bool(options.account) == options.for_centre:
        raise sign_in.CalledWrongly("laptop_or_centre")
    expires = sign_in.day(options.expires)
    with sign_in.open_centre(options) as centre, centre.change() as session:
        account = None if options.for_centre else _account(session, options.account)
        role = CENTRE if options.for_centre else LAPTOP
        card = pairing.invite(session, pairing.Invited(options.name, role, account, expires_on=expires))
        exchange_join.write(options.output, card)
    print(_("Card written: {file}").format(file=options.output))
    print(_("It holds a secret. Give it to nobody but whoever sets up that computer."))
    return 0


def _account(session: Session, login: str) -> str:
    from db.keys import plain_login
    from resource_centre.services.accounts import accounts_of

    found = [one for one in accounts_of(session) if plain_login(one.login) == plain_login(login)]
    if not found:
        raise sign_in.CalledWrongly("no_such_login")
    return found[0].id


def _answer(options: argparse.Namespace) -> int:
    from db.exchange import pairing
    from ui.cli.exchange_words import six_words

    text = exchange_join.read(options.file)
    with sign_in.open_centre(options) as centre, centre.change() as session:
        peer = pairing.accept_reply(session, text)
        code, words = exchange_partners.code_of(peer), pairing.words_for(session, peer.site)
        print(_("{name} has the signs {code}.").format(name=peer.name, code=code))
    print(six_words(words))
    print(_("Read them to each other. When they are the same, say so on both computers: pair confirm."))
    return 0


def _words(options: argparse.Namespace) -> int:
    from db.exchange import pairing
    from ui.cli.exchange_words import six_words

    with sign_in.open_centre(options, alongside=True) as centre, centre.change() as session:
        peer = exchange_partners.partner(session, options.partner)
        print(six_words(pairing.words_for(session, peer.site)))
    return 0


def _confirm(options: argparse.Namespace) -> int:
    from db.exchange import pairing

    return _change(options, pairing.confirm, _("The six words are the same: bundles can be exchanged."))


def _reject(options: argparse.Namespace) -> int:
    from db.exchange import pairing

    return _change(options, pairing.reject, _("The pairing is undone. Begin again with a new card."))


def _block(options: argparse.Namespace) -> int:
    from db.exchange import pairing

    return _change(options, pairing.block, _("Blocked. What it sent before is still taken in."))


def _unblock(options: argparse.Namespace) -> int:
    from db.exchange import pairing

    return _change(options, pairing.unblock, _("Not blocked any more."))


def _change(options: argparse.Namespace, act: Callable[..., None], said: str) -> int:
    with sign_in.open_centre(options) as centre, centre.change() as session:
        act(session, exchange_partners.partner(session, options.partner).site)
    print(said)
    return 0


def _list(options: argparse.Namespace) -> int:
    with sign_in.open_centre(options, alongside=True) as centre, centre.read() as session:
        for peer in exchange_partners.partners(session):
            print(_line(peer))
        for card in exchange_upkeep.cards(session):
            print(exchange_upkeep.card_line(card))
    return 0


def _line(peer: Peer) -> str:
    from ui.cli.exchange_words import ROLES

    parts = [exchange_partners.code_of(peer), peer.site, _(ROLES.get(peer.role, "Laptop")), peer.name]
    if peer.villages is not None:
        parts.append(_("villages: {names}").format(names=", ".join(peer.villages)))
    parts += [
        _("received up to {number}").format(number=peer.last_received),
        _("sent up to {number}").format(number=peer.last_sent),
        _state(peer),
    ]
    return "  ".join(parts)


def _state(peer: Peer) -> str:
    from resource_centre.clock import today

    if peer.blocked_ms is not None:
        return _("blocked")
    if peer.confirmed_ms is None:
        return _("compare the six words")
    return _("expired") if peer.expires_on is not None and peer.expires_on < today() else _("in order")
