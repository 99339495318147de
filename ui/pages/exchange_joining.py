# SPDX-License-Identifier: Apache-2.0
"""Answering a card in a folder that is there: a head office's, or a new one after six words that differed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.pages.exchange_cards import TextSheet, kinds_of_cards, save_reply

Done = Callable[[tuple[str, str, str]], None]
"""Is told whose card was answered, by site and name, and the answer."""


class _JoiningSheet(TextSheet):
    """A card that was given to us: the answer is saved, and its six words come next."""

    def __init__(self, desk: Desk, title: str, why: str, take: str, done: Done, back: Callable[[], object]) -> None:
        super().__init__(desk, title, why, kinds_of_cards(), back, take)
        self._done = done

    def take(self) -> None:
        """Answer the card, then ask where the answer is to lie."""
        self.told.hide()
        text = self.text.toPlainText()
        self.desk.worker.change(lambda session: self.answer(session, text), self._joined, self._refused, owner=self)

    def answer(self, session: Any, text: str) -> tuple[str, str, str]:
        """Answer the card, on the worker: whose it is, by site and name, and the answer."""
        raise NotImplementedError

    def _joined(self, answer: tuple[str, str, str]) -> None:
        save_reply(self.desk, self, answer[2])
        self._done(answer)


class JoinSheet(_JoiningSheet):
    """The card of a head office."""

    def __init__(self, desk: Desk, done: Done, back: Callable[[], object]) -> None:
        why = _(
            "The head office gave you a card; a photo of its square code will do. What this centre sends there is "
            "everything but the protection records. You save an answer, bring it there, and compare six words."
        )
        super().__init__(desk, _("Join a head office"), why, _("&Join with it"), done, back)

    def answer(self, session: Any, text: str) -> tuple[str, str, str]:
        """Answer it as a centre."""
        from db.exchange import pairing

        return _told(text, pairing.accept_card(session, text))


class JoinAgainSheet(_JoiningSheet):
    """On a laptop whose six words differed: a new card of its centre."""

    def __init__(self, desk: Desk, done: Done, back: Callable[[], object]) -> None:
        why = _(
            "The coordinator made a new card for you; a photo of its square code will do. What you wrote here stays, "
            "and goes to the centre once the words are the same. You save a new answer, bring it there, and compare "
            "six words again."
        )
        super().__init__(desk, _("A new card"), why, _("&Use it"), done, back)

    def answer(self, session: Any, text: str) -> tuple[str, str, str]:
        """Answer it in the place of the card before."""
        from db.exchange.joining import join_again

        return _told(text, join_again(session, text))


def _told(text: str, answer: str) -> tuple[str, str, str]:
    from db.exchange.cards import read_card

    card = read_card(text)
    return card.site, card.centre, answer
