# SPDX-License-Identifier: Apache-2.0
"""A file of submissions, whatever its make: a table, one as XML, or many in a .zip as telephones keep them."""

from __future__ import annotations

import hashlib
import json
import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from resource_centre.errors import EnvironmentFailed
from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.instance import plain
from resource_centre.questionnaires.kobo_headings import SubmissionsRefused, system
from resource_centre.questionnaires.kobo_layout import VERSION
from resource_centre.questionnaires.kobo_reading import Submission, read_tables
from resource_centre.questionnaires.sources import content_of
from resource_centre.questionnaires.submission import SubmissionRefused, from_submission

MOST_MEMBERS: Final = 100_000
MOST_XML: Final = 8 * 1024 * 1024
MOST_ZIP: Final = 512 * 1024 * 1024
WORKBOOK: Final = "[Content_Types].xml"
DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, NotImplementedError, EOFError, OSError, ValueError,
)  # fmt: skip
ENDINGS: Final = "*.xlsx *.xlsm *.csv *.xml *.zip"


def read_submissions(path: Path, forms: Sequence[Form]) -> list[Submission]:
    """Every submission of a file, in its order; `forms` are the versions of the form, the newest first.

    Each has an id: its own, else one that follows from its content, so that it is taken in once however often its file
    is brought; of two alike in one file the second is the second. Raises SubmissionsRefused or SubmissionRefused, or
    what opening a table file raises.
    """
    found = _read(path, forms)
    alike: Counter[str] = Counter()
    for one in found:
        if not one.uuid:
            content = _content_id(one)
            alike[content] += 1
            one.uuid = f"{content}-{alike[content]}"
    return found


def _read(path: Path, forms: Sequence[Form]) -> list[Submission]:
    ending = path.suffix.lower()
    if ending == ".xml":
        one = _from_xml(content_of(path, most=MOST_XML, too_large=SubmissionsRefused("too_much")), forms, 1)
        if one.refused is not None:
            raise one.refused
        return [one]
    if ending == ".zip" and not _is_workbook(path):
        return list(_from_zip(path, forms))
    return read_tables(path, forms)


def _is_workbook(path: Path) -> bool:
    with _open(path) as packed:
        return WORKBOOK in packed.namelist()


def _open(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError as reason:
        raise EnvironmentFailed("file_missing") from reason
    except OSError as reason:
        raise EnvironmentFailed("file_unreadable") from reason
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as reason:
        raise SubmissionsRefused("damaged_zip") from reason


def _from_zip(path: Path, forms: Sequence[Form]) -> Iterator[Submission]:
    """Every submission in it; one that cannot be read, or is of another form, is told in its place."""
    with _open(path) as packed:
        wanted = [one for one in packed.infolist() if one.filename.lower().endswith(".xml")]
        if not wanted:
            raise SubmissionsRefused("no_submissions")
        if len(wanted) > MOST_MEMBERS or sum(one.file_size for one in wanted) > MOST_ZIP:
            raise SubmissionsRefused("too_much")
        for number, member in enumerate(wanted, start=1):
            yield _from_xml(_unpacked(packed, member), forms, number)


def _unpacked(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        with packed.open(member) as file:
            content = file.read(MOST_XML + 1)
    except DAMAGED as reason:
        raise SubmissionsRefused("damaged_zip") from reason
    if len(content) > MOST_XML:
        raise SubmissionsRefused("too_much")
    return content


def _from_xml(xml: bytes, forms: Sequence[Form], number: int) -> Submission:
    try:
        answers, meta = from_submission(xml, forms[0])
        own = next((form for form in forms if form.version == meta["version"]), forms[0])
        if own is not forms[0]:
            answers, meta = from_submission(xml, own)
    except SubmissionRefused as refused:
        return Submission("", row=number, refused=refused)
    known = {item.path for form in forms for item in form.items()}
    told = {place: text for place, text in answers.items() if plain(place) in known}
    others = {place: text for place, text in answers.items() if place not in told}
    kept = {VERSION: meta.pop("version", "")} | {f"meta/{name}": text for name, text in meta.items()}
    kept |= {name: text for name, text in others.items() if system(name) and name != VERSION}
    strangers = {name: text for name, text in others.items() if not system(name)}
    uuid = meta.get("instanceID", "").removeprefix("uuid:")
    return Submission(uuid, told, system=kept, strangers=strangers, row=number)


def _content_id(one: Submission) -> str:
    parts = [sorted(part.items()) for part in (one.answers, one.unanswered, one.system, one.strangers)]
    return "content-" + hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:32]
