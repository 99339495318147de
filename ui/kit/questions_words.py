# SPDX-License-Identifier: Apache-2.0
"""Words of a form as plain text: forms may hold the marks of Markdown and HTML, which a label here does not draw."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(r"</?(?:span|b|i|u|em|strong|h[1-6]|p|div|small|center|font|a)(?:\s[^<>]{0,300})?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,2000}?)(?<=\S)\1", re.DOTALL)
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\((?:https?|mailto):[^()\s]{1,500}\)")
_HEAD = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6});")


def plain(words: str) -> str:
    """The words without marks."""
    if not any(mark in words for mark in "<*_#[&"):
        return words.strip()
    text = _TAG.sub("", _BREAK.sub("\n", words))
    text = _HEAD.sub("", _LINK.sub(r"\1", _STRONG.sub(r"\2", text)))
    return _ENTITY.sub(lambda found: unescape(found[0]), text).strip()
