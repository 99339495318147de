# SPDX-License-Identifier: Apache-2.0
"""Functions on texts, on answers with several choices, and on what the program knows."""

from __future__ import annotations

import base64
import binascii
import hashlib
import string
import uuid

from resource_centre.questionnaires.asking import Asking
from resource_centre.questionnaires.conversions import Value, texts_of
from resource_centre.questionnaires.expression_limits import LONGEST_TEXT
from resource_centre.questionnaires.function_table import function
from resource_centre.questionnaires.patterns import matches
from resource_centre.questionnaires.refusals import FormRefused

ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


@function("concat", "text", "any", least=1, more=True)
def concat(asking: Asking, *values: Value) -> str:
    """All values, and of sets all nodes, one after another."""
    return asking.made("".join(text for value in values for text in texts_of(value)))


@function("join", "text", "text", "any", least=1, more=True)
def join(asking: Asking, separator: str, *values: Value) -> str:
    """All values, and of sets all nodes, with a text between them."""
    texts = [text for value in values for text in texts_of(value)]
    if len(separator) * len(texts) > LONGEST_TEXT:
        raise FormRefused("too_much_work")
    return asking.made(separator.join(texts))


@function("substr", "text", "text", "number", "number", least=2)
def substr(_asking: Asking, text: str, start: float, end: float | None = None) -> str:
    """From a place counted from 0 up to before another; negative ones count from the end."""
    return text[_place(start) : None if end is None else _place(end)]


def _place(number: float) -> int:
    return int(number) if abs(number) < LONGEST_TEXT else (LONGEST_TEXT if number > 0 else 0)


@function("substring-before", "text", "text", "text")
def substring_before(_asking: Asking, text: str, sought: str) -> str:
    """What stands before the first `sought`, nothing if it is not there."""
    return text.partition(sought)[0] if sought and sought in text else ""


@function("substring-after", "text", "text", "text")
def substring_after(_asking: Asking, text: str, sought: str) -> str:
    """What stands after the first `sought`, nothing if it is not there."""
    return text.partition(sought)[2] if sought else text


@function("translate", "text", "text", "text", "text")
def translate(_asking: Asking, text: str, old: str, new: str) -> str:
    """Each character of `old` as the one of `new` in its place, or left out where there is none."""
    table: dict[int, str | None] = {}
    for number, letter in enumerate(old):
        table.setdefault(ord(letter), new[number] if number < len(new) else None)
    return text.translate(table)


@function("contains", "truth", "text", "text")
def contains(_asking: Asking, text: str, sought: str) -> bool:
    """Whether `sought` stands anywhere in the text."""
    return sought in text


@function("starts-with", "truth", "text", "text")
def starts_with(_asking: Asking, text: str, sought: str) -> bool:
    """Whether the text begins with `sought`."""
    return text.startswith(sought)


@function("ends-with", "truth", "text", "text")
def ends_with(_asking: Asking, text: str, sought: str) -> bool:
    """Whether the text ends with `sought`."""
    return text.endswith(sought)


@function("regex", "truth", "text", "text")
def regex(asking: Asking, text: str, pattern: str) -> bool:
    """Whether the whole text is what the pattern says."""
    return matches(asking, pattern, text)


@function("digest", "text", "text", "text", "text", least=2)
def digest(_asking: Asking, text: str, algorithm: str, encoding: str = "base64") -> str:
    """A checksum of the text, as base64 or hex."""
    if algorithm.upper() not in ALGORITHMS or encoding not in {"base64", "hex"}:
        raise FormRefused("wrong_arguments", name="digest")
    made = hashlib.new(ALGORITHMS[algorithm.upper()], text.encode(), usedforsecurity=False)
    return made.hexdigest() if encoding == "hex" else base64.b64encode(made.digest()).decode()


@function("base64-decode", "text", "text")
def base64_decode(_asking: Asking, text: str) -> str:
    """The text behind base64, nothing if it is none."""
    try:
        return base64.b64decode(text, validate=True).decode(errors="replace")
    except (binascii.Error, ValueError):
        return ""


@function("selected", "truth", "text", "text")
def selected(_asking: Asking, answer: str, choice: str) -> bool:
    """Whether a choice is among those of an answer."""
    return f" {choice.strip()} " in f" {answer} "


@function("is-selected", "truth", "text", "text")
def is_selected(asking: Asking, answer: str, choice: str) -> bool:
    """The same as selected()."""
    return bool(selected(asking, answer, choice))


@function("count-selected", "number", "text")
def count_selected(_asking: Asking, answer: str) -> float:
    """How many choices an answer holds."""
    return float(len(answer.split()))


@function("selected-at", "text", "text", "number")
def selected_at(_asking: Asking, answer: str, place: float) -> str:
    """The choice at a place counted from 0, nothing if there is none."""
    choices = answer.split()
    return choices[int(place)] if 0 <= place < len(choices) else ""


@function("uuid", "text", "number", least=0, volatile=True)
def new_uuid(asking: Asking, length: float | None = None) -> str:
    """A random UUID, or random letters and digits of a length."""
    if length is None:
        return str(uuid.UUID(int=asking.scene.random.getrandbits(128), version=4))
    if not 0 <= length <= LONGEST_TEXT:
        raise FormRefused("too_much_work")
    return "".join(asking.scene.random.choices(string.ascii_letters + string.digits, k=int(length)))


@function("version", "text")
def version(asking: Asking) -> str:
    """The version of the form."""
    return asking.scene.facts.version


@function("property", "text", "text")
def program_property(asking: Asking, name: str) -> str:
    """What the program knows by a name: username, deviceid, phonenumber."""
    return asking.scene.facts.named(name)


@function("jr:itext", "text", "text")
def itext(asking: Asking, key: str) -> str:
    """A translated text of the form."""
    return asking.scene.itext(key)
