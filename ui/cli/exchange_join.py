# SPDX-License-Identifier: Apache-2.0
"""The invited side of a pairing: a new laptop's folder from a card, or a centre that joins its head office."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from resource_centre.errors import EnvironmentFailed
from resource_centre.i18n import _, language
from ui.cli import exchange_partners, sign_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.exchange.joining import Joined


def add_join(parser: argparse.ArgumentParser) -> None:
    """Which card, where the laptop's folder is to be, and where the answer goes."""
    parser.add_argument(
        "--card",
        type=Path,
        required=True,
        metavar=_("FILE"),
        help=_("the card: its file that ends in .rccard, or a photo of its square code"),
    )
    parser.add_argument(
        "--output", type=Path, required=True, metavar=_("FILE"), help=_("where the answer goes, ends in .rcreply")
    )
    parser.add_argument(
        "--recovery-sheet",
        type=Path,
        metavar=_("FILE"),
        help=_("where the laptop's recovery sheet goes, a .pdf to print (else its key is shown here)"),
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help=_("the six words of this laptop differed: answer a new card in the folder that is there, nothing is lost"),
    )
    sign_in.add_arguments(parser)


def add_reply(parser: argparse.ArgumentParser) -> None:
    """Where the answer goes."""
    parser.add_argument(
        "--output", type=Path, required=True, metavar=_("FILE"), help=_("where the answer goes, ends in .rcreply")
    )
    exchange_partners.add_partner(
        parser, "--with", _("the other computer, by the two signs of its numbers (not needed when there is one)")
    )
    sign_in.add_arguments(parser)


def join(options: argparse.Namespace) -> int:
    """Answer a card: with a new folder for a laptop, from the centre that is there for a head office's."""
    from db.exchange.cards import read_card
    from resource_centre.exchange.scope import LAPTOP

    text = read(options.card)
    card = read_card(text)
    for file in (options.output, options.recovery_sheet):
        if file is not None and not file.parent.is_dir():
            raise EnvironmentFailed("cannot_write")  # before a laptop is made whose answer has no place
    if card.role != LAPTOP:
        return _join_head_office(options, text)
    return _join_again(options, text) if options.again else _join_centre(options, text)


def reply(options: argparse.Namespace) -> int:
    """Write the answer once more."""
    from db.exchange import pairing

    with sign_in.open_centre(options) as centre, centre.change() as session:
        peer = exchange_partners.partner(session, options.partner)
        write(options.output, pairing.reply_again(session, peer.site))
    print(_("Answer written: {file}").format(file=options.output))
    return 0


def _join_centre(options: argparse.Namespace, text: str) -> int:
    from db.exchange.joining import join_centre

    joined = join_centre(sign_in.folder(options), text, sign_in.new_passphrase(options))
    with joined.centre:
        _tell_recovery(options, joined)
        write(options.output, joined.reply)
        with joined.centre.change() as session:
            _tell_words(session, joined.site, options.output)
    return 0


def _join_again(options: argparse.Namespace, text: str) -> int:
    from db.exchange.cards import read_card
    from db.exchange.joining import join_again

    with sign_in.open_centre(options) as laptop, laptop.change() as session:
        write(options.output, join_again(session, text))
        _tell_words(session, read_card(text).site, options.output)
    return 0


def _join_head_office(options: argparse.Namespace, text: str) -> int:
    from db.exchange import pairing
    from db.exchange.cards import read_card

    with sign_in.open_centre(options) as centre, centre.change() as session:
        write(options.output, pairing.accept_card(session, text))
        _tell_words(session, read_card(text).site, options.output)
    return 0


def _tell_words(session: Session, site: str, answer: Path) -> None:
    from db.exchange import pairing
    from ui.cli.exchange_words import six_words

    print(_("Answer written: {file}").format(file=answer))
    print(_("Bring it to whoever gave the card. These six words must be the same there:"))
    print(six_words(pairing.words_for(session, site)))


def _tell_recovery(options: argparse.Namespace, joined: Joined) -> None:
    """The key that opens the laptop when its passphrase is forgotten: on paper, or here, this once."""
    if options.recovery_sheet is None:
        print(_("Recovery key of this laptop, shown this once; write it down and keep it away from the laptop:"))
        print(f"  {joined.recovery.text}")
        return
    from reports.recovery_sheet import draw_recovery_sheet

    profile = joined.centre.profile
    name = (profile.name if profile else "") or ""
    draw_recovery_sheet(options.recovery_sheet, centre_name=name, recovery=joined.recovery.text, language=language())
    print(_("Recovery sheet written: {file}").format(file=options.recovery_sheet))


def read(path: Path) -> str:
    """A card or an answer from a file or a picture; EnvironmentFailed for what cannot be one."""
    from db.exchange.card_files import read_card_file

    return read_card_file(path)


def write(path: Path, text: str) -> None:
    """A card or an answer as a file, whole or not at all."""
    from db.files import write_whole

    write_whole(path, (text + "\n").encode())
