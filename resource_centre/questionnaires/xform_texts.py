# SPDX-License-Identifier: Apache-2.0
"""The words of an XForm: labels, hints and messages in each language, and the pictures and sounds beside them."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

from resource_centre.questionnaires.form import output

XF: Final = "{http://www.w3.org/2002/xforms}"

_ITEXT = re.compile(r"\s*jr:itext\('(.*)'\)\s*", re.DOTALL)
_MEDIA = re.compile(r"jr://[a-z-]+/")

# What pyxform calls the language of texts that have none, and what it writes where a translation is missing.
_NO_LANGUAGE: Final = "default"
_MISSING: Final = "-"


class Texts:
    """Every translated text of a form."""

    def __init__(self, model: Element) -> None:
        self._found: dict[str, dict[str, dict[str, str]]] = {}
        self.languages: tuple[str, ...] = ("",)
        self.default_language = ""
        translations = model.findall(f"{XF}itext/{XF}translation")
        if translations:
            self.languages = tuple(_language(one) for one in translations)
            marked = [one for one in translations if one.get("default")]
            self.default_language = _language((marked or translations)[0])
        for one in translations:
            self._read(one)

    def _read(self, translation: Element) -> None:
        language = _language(translation)
        for text in translation.iterfind(f"{XF}text"):
            forms = self._found.setdefault(text.get("id", ""), {})
            for value in text.iterfind(f"{XF}value"):
                forms.setdefault(value.get("form", ""), {})[language] = inner(value)

    def of(self, key: str, form: str = "") -> dict[str, str]:
        """A text in each language that has it."""
        words = self._found.get(key, {}).get(form, {})
        written = {language: text for language, text in words.items() if text and text != _MISSING}
        return written or {language: text for language, text in words.items() if text}

    def media(self, key: str) -> dict[str, str]:
        """The files beside a text: by image, big-image, audio and video; see `form.Words`."""
        found: dict[str, str] = {}
        for form in self._found.get(key, {}):
            if form in ("", "guidance"):
                continue
            files = {language: _MEDIA.sub("", name, count=1) for language, name in self.of(key, form).items()}
            alike = len(set(files.values())) == 1 and ("" in files or len(files) == len(self.languages))
            for language, name in files.items():
                found[form if alike or not language else f"{form}::{language}"] = name
        return found

    def words(self, element: Element | None) -> dict[str, str]:
        """What a label or hint says: its translations, or the text that stands in it."""
        if element is None:
            return {}
        key = itext_key(element.get("ref", ""))
        if key:
            return self.of(key)
        text = inner(element)
        return {"": text} if text else {}

    def message(self, attribute: str) -> dict[str, str]:
        """What a message of a bind says."""
        key = itext_key(attribute)
        if key:
            return self.of(key)
        return {"": attribute} if attribute else {}


def itext_key(reference: str) -> str:
    """The key in ``jr:itext('key')``, `""` for anything else."""
    found = _ITEXT.fullmatch(reference)
    return found[1] if found else ""


def inner(element: Element) -> str:
    """The text of an element, answers inside it as `form.output` writes them."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{XF}output":
            pieces.append(output(child.get("value", "").strip()))
        else:
            pieces.append("".join(child.itertext()))
        pieces.append(child.tail or "")
    return "".join(pieces).strip()


def _language(translation: Element) -> str:
    name = translation.get("lang", "")
    return "" if name == _NO_LANGUAGE else name
