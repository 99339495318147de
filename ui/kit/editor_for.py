# SPDX-License-Identifier: Apache-2.0
"""Which editor goes with which format of a field description."""

from __future__ import annotations

from collections.abc import Callable

from ui.kit.editors import Editor, IntegerEditor, MoneyEditor, NumberEditor, ParagraphEditor, TextEditor, yes_no_editor
from ui.kit.editors_codes import CodesEditor, choices_of, code_editor
from ui.kit.editors_dates import DateEditor, DatesEditor, PartialDateEditor
from ui.kit.editors_numbers import NikEditor, PassportEditor, PhoneEditor
from ui.kit.editors_place import PlaceEditor, PlacesEditor
from ui.kit.places import Places

_PLAIN: dict[str, Callable[[], Editor]] = {
    "text": TextEditor,
    "name": TextEditor,
    "paragraph": ParagraphEditor,
    "integer": IntegerEditor,
    "number": NumberEditor,
    "money": MoneyEditor,
    "partial_date": PartialDateEditor,
    "date": DateEditor,
    "dates": DatesEditor,
    "phone": PhoneEditor,
    "passport": PassportEditor,
}


def editor_for(
    format: str,  # noqa: A002 - the word of the field descriptions
    vocabulary: str = "",
    places: Places | None = None,
) -> Editor:
    """A new editor for a format: one of the names in `resource_centre.records.base.field`. KeyError when unknown."""
    if format in ("place", "places"):
        if places is None:
            raise ValueError("a form that asks for a place needs the places")
        return PlaceEditor(places) if format == "place" else PlacesEditor(places)
    if format == "nik":
        return NikEditor(places)
    if format == "yes_no":
        return yes_no_editor()
    if format in ("code", "codes"):
        from resource_centre.vocabulary import vocabulary as list_of

        made = code_editor if format == "code" else CodesEditor
        return made(choices_of(vocabulary), list_of(vocabulary).find)
    return _PLAIN[format]()
