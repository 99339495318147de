# SPDX-License-Identifier: Apache-2.0
"""The words of the import page: fields a column can hold, kinds of sheets, what became of rows."""

from __future__ import annotations

from typing import Any

from resource_centre.i18n import N_, _
from ui.kit.places import Places
from ui.kit.typed_dates import show_partial
from ui.pages.wording import phone_words, term, village_words

KINDS = {
    "register": N_("Register of returned workers"),
    "counselling": N_("Counselling sessions"),
    "training": N_("Training attendance"),
}

LEFT_OUT = {
    "total": N_("a total"),
    "separator": N_("a heading inside the table"),
    "heading": N_("headings again"),
    "note": N_("a note"),
    "numbering": N_("column numbers"),
    "blank": N_("an empty line"),
    "single": N_("a single cell"),
    "unclear": N_("not clear who it is about"),
}

FIELDS = {
    "any": {
        "number": N_("Running number"),
        "name": N_("Full name"),
        "nik": N_("NIK"),
        "family_card": N_("Family card number"),
        "sex": N_("Sex"),
        "born": N_("Date of birth"),
        "birth_place": N_("Place of birth"),
        "birth_place_date": N_("Place and date of birth"),
        "age": N_("Age"),
        "village": N_("Village"),
        "district": N_("District"),
        "regency": N_("Regency or city"),
        "province": N_("Province"),
        "hamlet": N_("Hamlet"),
        "street": N_("Street or landmark"),
        "address": N_("Whole address"),
        "phone": N_("Telephone"),
        "passport": N_("Passport"),
        "education": N_("Education"),
        "marital_status": N_("Marital status"),
        "mother_name": N_("Mother's name"),
        "father_name": N_("Father's name"),
        "religion": N_("Religion"),
        "employer": N_("Employer"),
        "sponsor": N_("Sponsor"),
        "staff": N_("Filled in by"),
        "remarks": N_("Remarks"),
    },
    "register": {
        "reported": N_("Date of the report"),
        "country": N_("Destination country"),
        "job": N_("Occupation abroad"),
        "departed": N_("Departure"),
        "returned": N_("Return"),
        "return_type": N_("Kind of return"),
    },
    "counselling": {
        "date": N_("Date"),
        "kind": N_("Kind of counselling"),
        "session": N_("Session number"),
        "minutes": N_("Minutes"),
        "topic": N_("What it was about"),
        "next_step": N_("What was agreed"),
        "counsellor": N_("Counsellor"),
    },
    "training": {
        "start": N_("First day"),
        "end": N_("Last day"),
        "module": N_("Module"),
        "facilitator": N_("Lead trainer"),
        "venue": N_("Venue"),
        "status": N_("Client type"),
        "pre": N_("Pre-test (%)"),
        "post": N_("Post-test (%)"),
        "days": N_("Days attended"),
        "signature": N_("Signature"),
        "certificate": N_("Certificate"),
    },
}
MOST_DAYS = 8


def kind_words(kind: str | None) -> str:
    """What kind of sheet it is, in words."""
    return _(KINDS[kind]) if kind in KINDS else _("Not recognised: left out")


def field_choices(kind: str | None) -> list[tuple[str, str]]:
    """What a column of such a sheet may hold; the first choice is nothing."""
    known = FIELDS["any"] | FIELDS.get(kind or "", {})
    choices = [(name, _(words)) for name, words in known.items()]
    if kind == "training":
        choices += [(f"day:{day}", _("Attendance, day {n}").format(n=day)) for day in range(1, MOST_DAYS + 1)]
    return [("", _("(not taken in)")), *choices]


def field_words(kind: str | None, name: str) -> str:
    """A field in words; what was written beside a value has the words of its field."""
    return dict(field_choices(kind)).get(name.removesuffix("_note"), name)


def value_words(places: Places, name: str, value: Any) -> str:
    """A value as it was understood, in words: dates, places and codes as people say them."""
    text = str(value)
    if name in _DATES:
        return show_partial(text)
    if name in _LISTS:
        return term(_LISTS[name], text)
    if name == "village":
        return village_words(places, text)
    if name == "phone":
        return phone_words(text)
    if name == "nik" and not text.isdigit():
        return _("(cannot be read)")
    return text


_DATES = frozenset({"reported", "born", "departed", "returned", "date", "start", "end"})
_LISTS = {
    "sex": "sex",
    "country": "country",
    "return_type": "return_type",
    "job": "occupation",
    "education": "education",
    "marital_status": "marital_status",
    "kind": "service_type",
    "status": "client_type",
    "module": "module",
}


def left_out_words(reason: str) -> str:
    """Why a line was left out, in words."""
    return _(LEFT_OUT.get(reason, reason))


def reasons_words(reasons: tuple[str, ...]) -> str:
    """Why two may be the same person, in words."""
    from resource_centre.registers.people import REASONS

    return ", ".join(_(REASONS.get(reason, reason)) for reason in reasons)
