# SPDX-License-Identifier: Apache-2.0
"""What may be done with a laptop, a card or this installation: each asks what it must, and works on the worker."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from resource_centre.i18n import _
from ui.kit.messages import ask
from ui.pages.exchange_cards import AnswerSheet, CardSheet, Drawn, NewPeer, accounts, drawn, save_reply
from ui.pages.exchange_joining import JoinAgainSheet, JoinSheet
from ui.pages.exchange_recovery import RecoverySheetPart
from ui.pages.exchange_six_words import WordsSheet, not_the_same_sheet
from ui.pages.exchange_villages import VillagesSheet

if TYPE_CHECKING:
    from ui.pages.exchange import ExchangePage
    from ui.pages.exchange_store import PeerRow


def show_new(page: ExchangePage, role: str) -> None:
    """A form for somebody to exchange with, then the card."""
    page.desk.worker.read(
        accounts,
        lambda found: page.show_sheet(NewPeer(page.desk, role, found, partial(_invited, page), page.close_sheet)),
        owner=page,
    )


def show_card(page: ExchangePage, row: PeerRow) -> None:
    """The card of an invitation once more."""
    from db.exchange import pairing

    page.desk.worker.read(
        lambda session: drawn(pairing.card_of(session, row.invitation)), partial(_show_card, page), owner=page
    )


def show_answer(page: ExchangePage, _row: PeerRow | None = None) -> None:
    """Take the answer to a card."""
    page.show_sheet(AnswerSheet(page.desk, partial(_answered, page), page.close_sheet))


def save_answer(page: ExchangePage, row: PeerRow) -> None:
    """On a laptop: the answer to its card once more, when the file was lost on the way."""
    from db.exchange import pairing

    page.desk.worker.read(
        lambda session: pairing.reply_again(session, row.id), partial(save_reply, page.desk, page), owner=page
    )


def show_words(page: ExchangePage, row: PeerRow) -> None:
    """The six words of a pairing, big."""
    show_words_of(page, row.id, row.name, confirmed=row.confirmed)


def show_words_of(page: ExchangePage, site: str, name: str, *, confirmed: bool) -> None:
    """The six words of a pairing by its site."""
    from db.exchange import pairing

    def shown(words: tuple[str, ...]) -> None:
        same, other = partial(_same, page, site), partial(_not_the_same, page, site)
        page.show_sheet(WordsSheet(words, name, same, other, page.close_sheet, confirmed=confirmed))

    page.desk.worker.read(lambda session: pairing.words_for(session, site), shown, owner=page)


def show_villages(page: ExchangePage, row: PeerRow) -> None:
    """The villages a laptop holds."""
    page.show_sheet(VillagesSheet(page.desk, row, partial(_done, page), page.close_sheet))


def block(page: ExchangePage, row: PeerRow) -> None:
    """A laptop is lost."""
    question = _(
        "From now on nothing is sent to “{name}”, and what it numbers after the last bundle that came in is refused. "
        "What is on it stays locked by its passphrase. It can be unblocked when it is found. Block it?"
    ).format(name=row.name)
    if ask(page, question, _("Block it"), _("Cancel"), danger=True):
        _change(page, "block", row.id, _("It is blocked."))


def unblock(page: ExchangePage, row: PeerRow) -> None:
    """A laptop was found again."""
    _change(page, "unblock", row.id, _("It is not blocked any more."))


def withdraw(page: ExchangePage, row: PeerRow) -> None:
    """A card was lost or is not wanted."""
    if ask(
        page, _("Nobody can join with this card any more. Withdraw it?"), _("Withdraw it"), _("Cancel"), danger=True
    ):
        _change(page, "withdraw", row.invitation, _("The card is withdrawn."))


def renew_key(page: ExchangePage) -> None:
    """A new key that opens bundles."""
    question = _(
        "Bundles for this centre will be closed for a new key. The laptops learn it with the next bundle sent to them; "
        "until then the old key still opens what they bring, and after some weeks it is destroyed. The program does "
        "this by itself from time to time: do it now when you fear that somebody has copied this computer. Renew it?"
    )

    def renew(session: Any) -> None:
        from db.exchange import own_keys

        own_keys.renew_age_key(session)

    if ask(page, question, _("Renew the key"), _("Cancel")):
        page.desk.worker.change(
            renew, lambda _nothing: _done(page, _("The key is new. Send to every laptop soon.")), owner=page
        )


def show_recovery(page: ExchangePage) -> None:
    """The sheet that opens every bundle."""
    page.show_sheet(RecoverySheetPart(page.desk, partial(_done, page), page.close_sheet))


def join_head_office(page: ExchangePage) -> None:
    """Answer the card of a head office."""
    page.show_sheet(JoinSheet(page.desk, partial(_joined, page), page.close_sheet))


def join_again(page: ExchangePage) -> None:
    """On a laptop whose six words differed: answer a new card."""
    page.show_sheet(JoinAgainSheet(page.desk, partial(_joined, page), page.close_sheet))


def repair(page: ExchangePage) -> None:
    """Give unsent work new numbers, on a laptop that was copied."""
    centre: Any = page.desk.worker.centre

    def run() -> int:
        from db.exchange.repair import repair as renumber

        return renumber(centre)

    def repaired(_count: int) -> None:
        _done(page, _("This laptop is repaired. Send to the centre again and bring the new bundle."))

    page.desk.worker.run(run, repaired, what=_("Repairing…"), owner=page)


def more(page: ExchangePage) -> list[tuple[str, Callable[[], object]]]:
    """What stands behind the button More."""
    return [
        (_("Take the &answer to a card…"), partial(show_answer, page)),
        (_("&Renew the key…"), partial(renew_key, page)),
        (_("Recovery &sheet for bundles…"), partial(show_recovery, page)),
        (_("Add a &centre…"), partial(show_new, page, "centre")),
        (_("&Join a head office…"), partial(join_head_office, page)),
    ]


ACTS: Final[dict[str, Callable[[Any, Any], object]]] = {
    "words": show_words,
    "card": show_card,
    "answer": show_answer,
    "villages": show_villages,
    "block": block,
    "unblock": unblock,
    "withdraw": withdraw,
}


def _invited(page: ExchangePage, card: Drawn) -> None:
    page.look()
    _show_card(page, card)


def _show_card(page: ExchangePage, card: Drawn) -> None:
    page.show_sheet(CardSheet(page.desk, card, partial(show_answer, page), page.close_sheet))


def _answered(page: ExchangePage, answered: tuple[str, str]) -> None:
    page.look()
    show_words_of(page, *answered, confirmed=False)


def _joined(page: ExchangePage, answer: tuple[str, str, str]) -> None:
    site, name, _text = answer
    page.look()
    show_words_of(page, site, name, confirmed=False)


def _same(page: ExchangePage, site: str) -> None:
    words = _("The two computers are paired.")
    if page.on_laptop:
        words = _("The two computers are paired. You can send and receive now.")
    _change(page, "confirm", site, words)


def _not_the_same(page: ExchangePage, site: str) -> None:
    if page.on_laptop:
        page.show_sheet(not_the_same_sheet(partial(join_again, page), page.close_sheet))
        return
    question = _(
        "Somebody may have changed the card or its answer on the way, or an old answer was taken. This pairing is "
        "removed. Make a new card and bring it yourself. Remove the pairing?"
    )
    if ask(page, question, _("Remove it"), _("Look again"), danger=True):
        _change(page, "reject", site, _("The pairing is removed. Nothing was exchanged."))


def _change(page: ExchangePage, verb: str, about: str, words: str) -> None:
    from db.exchange import pairing

    act: Any = getattr(pairing, verb)
    page.desk.worker.change(lambda session: act(session, about), lambda _peer: _done(page, words), owner=page)


def _done(page: ExchangePage, words: str) -> None:
    page.close_sheet()
    page.desk.messages.done(words)
