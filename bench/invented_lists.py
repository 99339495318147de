# SPDX-License-Identifier: Apache-2.0
"""Lists of invented people with those who are in them more than once, to try matching on what it has not seen.

Families with one telephone, brothers named alike, twins, namesakes in one village; and people written down again by
somebody else: another spelling, a title, a word left out, a slip of a finger, a year for a date, a new telephone.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Final

Row = dict[str, str]

WOMEN: Final = (
    "Siti", "Nurul", "Baiq", "Sri", "Dewi", "Rini", "Fitriani", "Halimah", "Maesaroh", "Yuyun", "Theresia", "Kadek",
    "Sulastri", "Ngatinem", "Aisyah", "Khodijah", "Zulaikha", "Marlina", "Rosita", "Warsini", "Jubaidah", "Endang",
)  # fmt: skip
MEN: Final = (
    "Muhammad", "Ahmad", "Lalu", "Abdul", "Sahnan", "Agus", "Joko", "Slamet", "Yohanes", "Ketut", "Zainuddin", "Usman",
    "Syafruddin", "Djumadi", "Harun", "Khairul", "Sutrisno", "Wahyudi", "Fathurrahman", "Junaidi", "Bambang", "Cahyo",
)  # fmt: skip
SECOND: Final = (
    "Aminah", "Rahmah", "Hayati", "Wahyuni", "Lestari", "Rohani", "Hidayat", "Firdaus", "Rahman", "Saputra", "Hakim",
    "Suryadi", "Munir", "Fauzi", "Astuti", "Puspita", "Sumiati", "Kusuma", "Anshori", "Mahsun", "Jannah", "Yusuf",
    "Sjamsiah", "Mulyani", "Suharti", "Wijaya", "Gunawan", "Prasetyo", "Nasution", "Simbolon", "da Silva", "Bere",
)  # fmt: skip
SPELT: Final = (
    ("u", "oe"), ("j", "dj"), ("c", "tj"), ("y", "j"), ("sy", "sj"), ("kh", "ch"), ("f", "p"), ("z", "s"), ("ai", "ae"),
    ("i", "y"), ("dd", "d"), ("mm", "m"), ("h", ""), ("Muhammad", "Moh."), ("Muhammad", "M."), ("Siti", "St."),
    ("Abdul", "Abd."), ("Nurul", "Noeroel"), ("Ahmad", "Achmad"), ("q", "k"), ("v", "f"), ("t", "th"),
)  # fmt: skip
KEYS: Final = {
    "a": "sq",
    "s": "ad",
    "i": "uo",
    "u": "iy",
    "n": "bm",
    "r": "et",
    "t": "ry",
    "e": "wr",
    "m": "n",
    "l": "k",
}


@dataclass(frozen=True)
class Noise:
    """How carelessly people are written down again: shares of records with each kind of change."""

    spelling: float = 0.3
    slip: float = 0.2
    word_left_out: float = 0.1
    added: float = 0.15
    order: float = 0.1
    birth_slip: float = 0.15
    birth_year_only: float = 0.12
    missing: float = 0.2
    phone_changed: float = 0.35
    moved: float = 0.06
    number_slip: float = 0.1


@dataclass(frozen=True)
class InventedList:
    """Rows with the headings of a people list, and the pairs of ids that are one person."""

    rows: tuple[Row, ...]
    pairs: frozenset[tuple[str, str]]


def invent(seed: int, people: int, noise: Noise | None = None, *, again: float = 0.15) -> InventedList:
    """A list of about this many people, `again` of them in it two to four times."""
    chance = random.Random(seed)
    villages = [f"99.{chance.randrange(1, 9):02}.{chance.randrange(1, 9):02}.2{n:03}" for n in range(people // 40 + 2)]
    everyone: list[Row] = []
    while len(everyone) < people:
        everyone += _household(chance, chance.choice(villages))
    rows: list[Row] = []
    groups = []
    for person in everyone[:people]:
        times = 1 + (chance.choice((1, 1, 1, 1, 2, 3)) if chance.random() < again else 0)
        group = [person] + [_again(chance, person, noise or Noise(), villages) for _ in range(times - 1)]
        groups.append(group)
        rows += group
    chance.shuffle(rows)
    for number, row in enumerate(rows):
        row["id"] = f"r{number:06}"
    found = {tuple(sorted((a["id"], b["id"]))) for group in groups for i, a in enumerate(group) for b in group[i + 1 :]}
    return InventedList(tuple(rows), frozenset(found))  # type: ignore[arg-type]


def _household(chance: random.Random, village: str) -> list[Row]:
    mother = _name(chance, "P")
    phone = _phone(chance)
    surname = chance.choice(SECOND) if chance.random() < 0.4 else ""
    first_born = dt.date(chance.randrange(1955, 2000), 1, 1) + dt.timedelta(days=chance.randrange(365))
    members, born = [], first_born
    for _child in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        sex = chance.choice("LP")
        name = _name(chance, sex) if not surname else f"{chance.choice(MEN if sex == 'L' else WOMEN)} {surname}"
        own_phone = phone if chance.random() < 0.5 else _phone(chance)
        members.append(_person(chance, name, sex, born, village, own_phone, mother))
        if chance.random() > 0.03:  # else twins
            born += dt.timedelta(days=chance.randrange(330, 2200))
    return members


def _person(chance: random.Random, name: str, sex: str, born: dt.date, village: str, phone: str, mother: str) -> Row:
    day = born.day + (40 if sex == "P" else 0)
    place = village.replace(".", "")[:6]
    return {
        "id": "",
        "name": name,
        "sex": sex,
        "birth_date": born.isoformat(),
        "village": village,
        "phone": phone,
        "mother_name": mother if chance.random() < 0.85 else "",
        "nik": f"{place}{day:02}{born:%m%y}{chance.randrange(1, 9999):04}" if chance.random() < 0.7 else "",
        "passport": f"{chance.choice('ABCEX')}{chance.randrange(10**7):07}" if chance.random() < 0.35 else "",
    }


def _name(chance: random.Random, sex: str) -> str:
    first = chance.choice(MEN if sex == "L" else WOMEN)
    more = chance.choices((0, 1, 2), (2, 5, 2))[0]
    return " ".join([first, *chance.sample(SECOND, more)])


def _phone(chance: random.Random) -> str:
    return f"+628{chance.randrange(10**9, 10**10)}"


def _again(chance: random.Random, person: Row, noise: Noise, villages: list[str]) -> Row:
    row = dict(person)
    row["name"] = _written(chance, person["name"], noise, person["sex"])
    if row["mother_name"]:
        row["mother_name"] = _written(chance, person["mother_name"], noise, "P")
    row["birth_date"] = _born(chance, person["birth_date"], noise)
    if chance.random() < noise.phone_changed:
        row["phone"] = _phone(chance)
    if chance.random() < noise.moved:
        row["village"] = chance.choice(villages)
    if chance.random() < 0.02:
        row["sex"] = "L" if row["sex"] == "P" else "P"
    for field in ("nik", "passport"):
        if row[field] and chance.random() < noise.number_slip:
            row[field] = _wrong_digit(chance, row[field])
    for field in ("mother_name", "nik", "passport", "phone", "birth_date"):
        share = {"nik": 2.0, "birth_date": 0.3}.get(field, 1.0)
        if chance.random() < noise.missing * share:
            row[field] = ""
    return row


def _written(chance: random.Random, name: str, noise: Noise, sex: str) -> str:
    words = name.split()
    if len(words) > 1 and chance.random() < noise.word_left_out:
        words.pop(chance.randrange(len(words)))
    if chance.random() < noise.order:
        chance.shuffle(words)
    name = " ".join(words)
    while chance.random() < noise.spelling:
        old, new = chance.choice(SPELT)
        name = name.replace(old, new, 1)
    if chance.random() < noise.slip:
        name = _slip(chance, name)
    if chance.random() < noise.added:
        title, link = ("H.", "bin") if sex == "L" else ("Hj.", "binti")
        name = chance.choice(
            (f"{title} {name}", f"{name} {link} {chance.choice(MEN)}", f"{name} {chance.choice(SECOND)}")
        )
    return chance.choice((name, name, name.upper(), name.lower()))


def _slip(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text))
    kind = chance.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :] or text
    if kind == 1:
        return text[:at] + chance.choice("aeiounrst") + text[at:]
    if kind == 2 and at + 1 < len(text):
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + chance.choice(KEYS.get(text[at].lower(), "aeiou")) + text[at + 1 :]


def _born(chance: random.Random, born: str, noise: Noise) -> str:
    if chance.random() < noise.birth_year_only:
        return born[:4]
    if chance.random() >= noise.birth_slip:
        return born
    year, month, day = int(born[:4]), born[5:7], born[8:]
    kind = chance.randrange(5)
    if kind == 0 and int(day) <= 12:
        return f"{year}-{day}-{month}"
    if kind == 1:
        return f"{year}-01-01"
    if kind == 2:
        return f"{year}-{month}-{chance.randrange(1, 29):02}"
    return f"{year + chance.choice((-2, -1, 1, 10))}-{month}-{min(28, int(day)):02}"


def _wrong_digit(chance: random.Random, number: str) -> str:
    at = chance.randrange(1, len(number))
    return f"{number[:at]}{chance.randrange(10)}{number[at + 1 :]}"
