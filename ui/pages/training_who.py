# SPDX-License-Identifier: Apache-2.0
"""Who may stand on a line of an attendance sheet: registered people, and participants of earlier events."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from resource_centre.i18n import _, ngettext
from resource_centre.values.partial_date import age_on
from ui.kit.desk import Desk
from ui.kit.typed_dates import show_date
from ui.pages.suggesting import Suggestion
from ui.pages.wording import age_or_standing, home_of, phone_words, term, village_words

if TYPE_CHECKING:
    from resource_centre.services.participants import EarlierParticipant


def known_suggestion(desk: Desk, person: Any, client_type: str | None, on: date) -> Suggestion:
    """Somebody registered, told apart by number, sex, age and village."""
    age = age_on(person.birth_date, on)
    village = village_words(desk.places, person.village_code, home_of(desk))
    said = age_or_standing(person.birth_date, person.standing, on)
    facts = (person.number or "", term("sex", person.sex), said, village)
    value = {
        "name": person.name,
        "person_id": person.id,
        "sex": person.sex,
        "age": "" if age is None else str(age),
        "village_code": person.village_code,
        "client_type": client_type,
    }
    return Suggestion(person.name, " · ".join(fact for fact in facts if fact), value)


def earlier_suggestion(desk: Desk, person: EarlierParticipant) -> Suggestion:
    """Somebody of earlier sheets, told apart by when they came, sex, age, village or institution."""
    told = person.told
    village = village_words(desk.places, told["village_code"], home_of(desk))
    age = "" if person.age is None else _("about {age}").format(age=person.age)
    came = ngettext("came on {date}", "came {n} times, last on {date}", person.events)
    words = came.format(n=person.events, date=show_date(person.last_on))
    facts = (words, term("sex", told["sex"]), age, village, told["organisation"])
    value = {
        **told,
        "name": person.name,
        "age": "" if person.age is None else str(person.age),
        "phone": phone_words(told["phone"]),
    }
    return Suggestion(person.name, " · ".join(fact for fact in facts if fact), value)
