# SPDX-License-Identifier: Apache-2.0
"""Tables that a form takes from files beside it (.csv, .geojson, .xml), put into its XForm so that it is whole."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr, unescape

from resource_centre.questionnaires.limits import MEGABYTE, limit
from resource_centre.questionnaires.refusals import FormProblem, FormRefused, problem
from resource_centre.questionnaires.sheets import Workbook
from resource_centre.questionnaires.xform_lists import EXTERNAL

Row = Mapping[str, str]

_INSTANCE = re.compile(r'<instance id="([^"]*)" src="([^"]*)"/>')
_NAME = re.compile(r"[^\W\d][\w.-]*")
_QUERY = re.compile(r"<input\b[^>]*\bquery=\"instance\('([^']+)'\)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LIST_NAMES: Final = ("list_name", "list name")


def with_tables(xform: str, book: Workbook, companions: Mapping[str, bytes]) -> str:
    """The XForm with the rows of its companions inside, and those of the sheet external_choices."""
    if companions:
        xform = _INSTANCE.sub(lambda found: _filled(found, companions), xform)
    return _with_external_choices(xform, book)


def _filled(found: re.Match[str], companions: Mapping[str, bytes]) -> str:
    file = unescape(found[2]).rpartition("/")[2]
    data = companions.get(file)
    if data is None:
        return found[0]
    return f'<instance id="{found[1]}" src="{found[2]}">{_items(table(file, data), file)}</instance>'


def table(file: str, data: bytes) -> list[Row]:
    """The rows of a companion. Raises FormRefused naming the file."""
    if len(data) > limit("companion_megabytes") * MEGABYTE:
        raise _refused("companion_too_large", file)
    read = {"csv": _csv, "geojson": _geojson, "xml": _xml}.get(file.rpartition(".")[2].lower())
    if read is None:
        raise _refused("companion_kind", file)
    try:
        rows = list(islice(read(data), limit("companion_rows") + 1))
    except (ValueError, LookupError, TypeError, AttributeError, csv.Error, SyntaxError, RecursionError) as reason:
        raise _refused("companion_damaged", file) from reason
    if len(rows) > limit("companion_rows"):
        raise _refused("companion_too_large", file)
    return rows


def _csv(data: bytes) -> Iterator[Row]:
    text = data.decode("utf-8-sig")
    first = text[: text.find("\n")] if "\n" in text else text
    # Spreadsheets in countries with a decimal comma part columns by semicolons.
    delimiter = ";" if first.count(";") > first.count(",") else ","
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield {key.strip(): value or "" for key, value in row.items() if key and key.strip()}


def _geojson(data: bytes) -> Iterator[Row]:
    for feature in json.loads(data.decode("utf-8-sig"))["features"]:
        row = {str(key): _plain(value) for key, value in (feature.get("properties") or {}).items()}
        if "id" in feature:
            row["id"] = _plain(feature["id"])
        yield {**row, "geometry": _geometry(feature.get("geometry") or {})}


def _geometry(geometry: Mapping[str, Any]) -> str:
    """A point or a line as ODK writes it: latitude, longitude, height and accuracy, points parted by semicolons."""
    places = geometry.get("coordinates") or []
    kind = geometry.get("type")
    points = [places] if kind == "Point" else places[0] if kind == "Polygon" else places
    return "; ".join(f"{point[1]} {point[0]} 0 0" for point in points if point)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def _xml(data: bytes) -> Iterator[Row]:
    from defusedxml.ElementTree import fromstring

    for item in fromstring(data, forbid_dtd=True):
        yield {column.tag.rpartition("}")[2]: "".join(column.itertext()).strip() for column in item}


def _with_external_choices(xform: str, book: Workbook) -> str:
    """select_one_external looks into a list that XForms keep in a file of its own, made of this sheet."""
    sheet = book.sheets.get("external_choices")
    if sheet is None or not _QUERY.search(xform):
        return xform
    lists: dict[str, list[Row]] = {}
    for row in sheet.rows:
        named: dict[str, str] = {}
        for key, text in row.items():
            named.setdefault(_heading(key), text)
        lists.setdefault(named.get("list_name", ""), []).append(named)
    wanted = dict.fromkeys(unescape(found[1]) for found in _QUERY.finditer(xform))
    made = "".join(
        f"<instance id={quoteattr(EXTERNAL + name)}>{_items(lists.get(name, []), 'external_choices')}</instance>"
        for name in wanted
    )
    place = xform.find("<bind ")
    return xform[:place] + made + xform[place:]


def _heading(heading: str) -> str:
    lower = heading.strip().lower()
    if lower in _LIST_NAMES:
        return "list_name"
    return "label" if lower.partition("::")[0] == "label" else lower if lower in ("name", "label") else heading


def _items(rows: Iterable[Row], file: str) -> str:
    return f"<root>{''.join(_item(row, file) for row in rows)}</root>"


def _item(row: Row, file: str) -> str:
    cells = []
    for column, text in row.items():
        if not _NAME.fullmatch(column) or column.lower().startswith("xml"):
            raise _refused("companion_heading", file, heading=column[:40])
        cells.append(f"<{column}>{escape(_UNWRITABLE.sub('', text))}</{column}>")
    return f"<item>{''.join(cells)}</item>"


def _refused(code: str, file: str, **facts: str) -> FormRefused:
    found: FormProblem = problem(code, sheet="", row=0, column="", file=file, **facts)
    return FormRefused("form", (found,))
