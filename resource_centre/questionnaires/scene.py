# SPDX-License-Identifier: Apache-2.0
"""What expressions look at while a form is filled in: answers, tables, labels and the facts of the hour."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from resource_centre.questionnaires.nodes import Node


def no_label(_path: str, choice: str) -> str:
    """A choice without a label is called by its name."""
    return choice


def no_text(_key: str) -> str:
    """No translations are known."""
    return ""


@dataclass(frozen=True)
class Facts:
    """What a form may ask of the program. Times without a zone are the laptop's own."""

    today: date = date(1970, 1, 1)
    now: datetime = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock
    username: str = ""
    deviceid: str = ""
    phonenumber: str = ""
    start: datetime | None = None
    version: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    """Further answers to property(), by name."""

    def named(self, name: str) -> str:
        """What property('name') gives, ``""`` for what is not known."""
        known = {"username": self.username, "deviceid": self.deviceid, "phonenumber": self.phonenumber}
        return self.properties.get(name) or known.get(name, "")


@dataclass
class Scene:
    """Everything one asking may look at. Nothing here is kept by an expression from one asking to the next.

    `root` is the form's root element. `instances` holds the tables by name, as nodes.instance_of makes them.
    `choice_name` gives the label of a choice of the question at a path (without positions), in the language of the
    screen; `itext` a translated text by its key. `language` ("id", "en") is for names of months. `random` may be
    seeded.
    """

    root: Node
    instances: Mapping[str, Node] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    choice_name: Callable[[str, str], str] = no_label
    itext: Callable[[str], str] = no_text
    language: str = "id"
    random: random.Random = field(default_factory=random.SystemRandom)
    until: float = math.inf
    """When whatever is being worked out has to stop, as perf_counter() tells it."""
