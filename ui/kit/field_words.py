# SPDX-License-Identifier: Apache-2.0
"""What stands in a field, in words: labels of codes, dates, amounts, or why there is no answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from resource_centre.i18n import _
from ui.kit.form_row import WHY_NOT
from ui.kit.typed_dates import show_date, show_days, show_partial

if TYPE_CHECKING:
    from resource_centre.records.fields import Field
    from ui.kit.places import Places


def _plain(_field: Field, value: Any, _places: Places | None) -> str:
    return str(value)


def _code(field: Field, value: Any, _places: Places | None) -> str:
    from resource_centre.vocabulary import vocabulary

    return vocabulary(field.vocabulary).label(value)


def _codes(field: Field, value: Any, places: Places | None) -> str:
    return ", ".join(_code(field, one, places) for one in value)


def _money(_field: Field, value: Any, _places: Places | None) -> str:
    from resource_centre.values.money import show_rupiah

    return show_rupiah(value).removeprefix("Rp")  # which currency it is stands in the field's name, or beside it


def _dates(_field: Field, value: Any, _places: Places | None) -> str:
    return show_days(sorted(dt.date.fromisoformat(one) for one in value))


def _phone(_field: Field, value: Any, _places: Places | None) -> str:
    from resource_centre.values.phone import show_phone

    return show_phone(value)


def _yes_no(_field: Field, value: Any, _places: Places | None) -> str:
    return _("Yes") if value else _("No")


def _place(_field: Field, value: Any, places: Places | None) -> str:
    return places.full_name(value) if places is not None and places.gazetteer is not None else str(value)


def _places(field: Field, value: Any, places: Places | None) -> str:
    return "; ".join(_place(field, one, places) for one in value)


Say = Callable[["Field", Any, "Places | None"], str]

_SAYS: dict[str, Say] = {
    "code": _code,
    "codes": _codes,
    "dates": _dates,
    "date": lambda _field, value, _places: show_date(value),
    "partial_date": lambda _field, value, _places: show_partial(value),
    "money": _money,
    "phone": _phone,
    "yes_no": _yes_no,
    "place": _place,
    "places": _places,
}


def answer_words(field: Field, value: Any, reason: str | None = None, places: Places | None = None) -> str:
    """The answer as a person reads it; a dash where there is none and no reason is given."""
    if value in (None, "", []):
        return f"({_(WHY_NOT[reason]).lower()})" if reason in WHY_NOT else "–"
    return _SAYS.get(field.format, _plain)(field, value, places)
