# SPDX-License-Identifier: Apache-2.0
"""Finding people as somebody types: by name in any order, number, NIK, telephone or village.

Every statement is about the Person record, so what the session's account may not see is neither listed nor counted.
A text that fits very many is cut at `CAP` before sorting: to sort a hundred thousand at each keystroke helps nobody.
Accounts that see only some villages are not cut: the few they may see could lie behind the cut.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.search_terms import Terms, Word, name_words, read_terms, split_words
from resource_centre.access import viewer_of
from resource_centre.records import Address, CentreProfile, Identifier, Person
from resource_centre.records.base import Id

CAP = 1000
MOST_PLACES = 300
MOST_COUNTED = 10_000
"""People found by the beginning of a number are counted up to this many: a NIK begins alike for a whole province."""
NAMES_ENOUGH = 50
"""With more people of that name than this, the text is taken for a name and not for a village as well."""
_LAST = chr(0x10FFFF)

_tables = sa.MetaData()
_ROWS = sa.Table("person_search_row", _tables, sa.Column("id", sa.Integer()), sa.Column("person_id", Id))
_INDEX = sa.Table("person_search", _tables, sa.Column("rowid", sa.Integer()))
# The index's own note of each text's length: the smallest thing that has one row for each person.
_SIZES = sa.Table("person_search_docsize", _tables, sa.Column("id", sa.Integer()))
_WORDS = sa.Table("person_search", sa.MetaData(), sa.Column("person_id", Id), sa.Column("words", sa.Text()))

Ids = sa.Select[Any]


@dataclass(frozen=True)
class PersonRow:
    """What a list shows of a person. `phone` is the safe number, else any number known."""

    id: str
    number: str | None
    name: str
    sex: str | None
    birth_date: str | None
    village_code: str | None
    phone: str | None
    name_key: str = ""
    standing: str | None = None

    @property
    def cursor(self) -> Cursor:
        """Where the list goes on after this row."""
        return Cursor(self.name_key, self.id)


@dataclass(frozen=True)
class Cursor:
    """The last row of a page."""

    name_key: str
    id: str


def find_people(session: Session, text: str, *, after: Cursor | None = None, limit: int = 200) -> list[PersonRow]:
    """The people a typed text means, by name; everybody when it is empty. `after` gives the next page."""
    page = sa.select(Person.id.label("id")).where(Person.voided.is_(sa.false()))
    hits = _hits(session, read_terms(text), capped=viewer_of(session).bound is None)
    if hits is not None:
        page = page.where(Person.id.in_(hits))
    if after:
        here = sa.tuple_(Person.name_key, Person.id)
        page = page.where(here > sa.tuple_(after.name_key, sa.literal(after.id, Id)))
    page = page.order_by(Person.name_key, Person.id).limit(limit)
    return [PersonRow(*row) for row in session.execute(_rows(page))]


def count_people(session: Session, text: str) -> int:
    """How many people a typed text means, as far as the account may see them; by number at most `MOST_COUNTED`."""
    terms = read_terms(text)
    if viewer_of(session).bound is not None or not _on_sqlite(session):
        count = sa.select(sa.func.count(Person.id)).where(Person.voided.is_(sa.false()))
        hits = _hits(session, terms, capped=False)
        return session.scalar(count if hits is None else count.where(Person.id.in_(hits))) or 0
    return session.scalar(sa.select(sa.func.count()).select_from(_counted(session, terms))) or 0


def _counted(session: Session, terms: Terms) -> sa.FromClause:
    """What to count for an account that sees everybody, without reading a single record: the search knows them all."""
    if not terms.words:
        return _SIZES
    others = _other_hits(session, terms)
    if not others:
        return sa.select(_INDEX.c.rowid).where(_matches(terms.words)).subquery()
    meant = sa.union(*others).subquery()
    not_voided = sa.select(_ROWS.c.person_id).where(_ROWS.c.person_id.in_(sa.select(meant.c.person_id)))
    return sa.union(_by_words(session, terms.words), not_voided).subquery()


def _rows(page: Ids) -> sa.Select[Any]:
    """What a list shows of the people on one page."""
    village = (
        sa.select(Address.village_code)
        .where(Address.person_id == Person.id, Address.kind == "current")
        .where(Address.valid_to.is_(None), Address.voided.is_(sa.false()))
    )
    phone = sa.select(Identifier.value).where(
        Identifier.person_id == Person.id, Identifier.kind == "phone", Identifier.voided.is_(sa.false())
    )
    columns = (
        Person.id,
        Person.number,
        Person.full_name,
        Person.sex,
        Person.birth_date,
        village.order_by(Address.id.desc()).limit(1).scalar_subquery(),
        sa.func.coalesce(Person.safe_phone, phone.order_by(Identifier.id).limit(1).scalar_subquery()),
        Person.name_key,
        Person.standing,
    )
    return sa.select(*columns).where(Person.id.in_(page)).order_by(Person.name_key, Person.id)


def _hits(session: Session, terms: Terms, *, capped: bool) -> Ids | None:
    """Ids of everybody meant, each source cut at `CAP` when `capped`; None when nothing was typed."""
    if not terms.words:
        return None
    sources = [_by_words(session, terms.words), *_other_hits(session, terms)]
    if capped:
        sources = [_cut(source, CAP) for source in sources]
    if len(sources) == 1:
        return sources[0]
    return sa.select(sa.union(*sources).subquery().c.person_id)


def _other_hits(session: Session, terms: Terms) -> list[Ids]:
    """Sources besides the names, for texts that may be a number, a village, or a person's second name or number."""
    numbers = [_by_identifier(session, terms.compact)] if terms.compact else []
    others = _as_second_record(session, terms.words)
    seconds = [sa.select(Person.id.label("person_id")).where(Person.id.in_(others))] if others else []
    return numbers + seconds + _by_village(session, terms.place_words)


def _as_second_record(session: Session, words: Iterable[Word]) -> list[str]:
    """People of whom there is a record more, shown no longer, that says each of these words. They are few."""
    columns = (Person.full_name, Person.alias, Person.name_key, Person.number, Person.safe_phone)
    texts = [sa.func.coalesce(column, "") + " " for column in columns]
    said = sa.func.lower(reduce(add, texts))
    holds = (sa.or_(*(said.contains(one, autoescape=True) for one in word.spellings)) for word in words)
    seconds = sa.select(Person.same_as, *columns).where(Person.same_as.is_not(None), *holds).limit(CAP)
    return sorted({str(row[0]) for row in session.execute(seconds) if _says(row[1:], words)})


def _says(texts: Iterable[str | None], words: Iterable[Word]) -> bool:
    said = split_words(" ".join(text for text in texts if text))
    return all(any(one.startswith(word.spellings) for one in said) for word in words)


def _cut(source: Ids, most: int) -> Ids:
    """The first of them; as a query of its own, for SQLite takes no limit inside a union."""
    return sa.select(source.limit(most).subquery().c.person_id)


def _by_words(session: Session, words: Iterable[Word]) -> Ids:
    """People in whose names and number each word begins a word."""
    if _on_sqlite(session):
        return sa.select(_ROWS.c.person_id).join(_INDEX, _INDEX.c.rowid == _ROWS.c.id).where(_matches(words))
    query = " & ".join("(" + " | ".join(f"'{s}':*" for s in word.spellings) + ")" for word in words)
    return sa.select(_WORDS.c.person_id).where(_WORDS.c.words.op("@@")(sa.func.to_tsquery("simple", query)))


def _matches(words: Iterable[Word]) -> sa.ColumnElement[bool]:
    """The question to SQLite's full-text index; the words hold letters and digits only, so quotes suffice."""
    query = " AND ".join("(" + " OR ".join(f'"{s}"*' for s in word.spellings) + ")" for word in words)
    return sa.literal_column("person_search").op("MATCH", return_type=sa.Boolean())(sa.literal(query))


def _by_identifier(session: Session, spellings: Iterable[str]) -> Ids:
    """People one of whose numbers begins like this, whatever kind of number it is.

    One look-up in the index for each kind, as a union: joined by OR they are answered by reading the whole table.
    """
    from resource_centre.vocabulary import vocabulary

    one = sa.select(Identifier.person_id).where(Identifier.voided.is_(sa.false()))
    beginnings = [f"{kind}:{text}" for kind in sorted(vocabulary("identifier_kind").codes) for text in spellings]
    looks = [one.where(_begins(session, Identifier.lookup, beginning)) for beginning in beginnings]
    found = sa.select(sa.union_all(*looks).subquery().c.person_id).distinct()
    return found if viewer_of(session).bound is not None else _cut(found, MOST_COUNTED)


def _by_village(session: Session, words: tuple[str, ...]) -> list[Ids]:
    """People who live in a village called by all the words, or by the last ones and whom the first ones name."""
    meant = {start: codes for start in range(len(words)) if (codes := _villages(session, words[start:]))}
    if not meant or _is_a_name(session, words):
        return []
    found = []
    for start, codes in meant.items():
        here = sa.select(Address.person_id).where(
            Address.kind == "current",
            Address.valid_to.is_(None),
            Address.voided.is_(sa.false()),
            Address.village_code.in_(codes),
        )
        if start:
            here = here.where(Address.person_id.in_(_by_words(session, name_words(" ".join(words[:start])))))
        found.append(here)
    return found


def _is_a_name(session: Session, words: tuple[str, ...]) -> bool:
    """Whether so many people are called like this that the village of that name is hardly meant."""
    some = _cut(_by_words(session, name_words(" ".join(words))), NAMES_ENOUGH + 1)
    called = sa.select(Person.id).where(Person.id.in_(some))
    return len(session.scalars(called).all()) > NAMES_ENOUGH


def _begins(session: Session, column: Any, text: str) -> sa.ColumnElement[bool]:
    """A comparison an index can answer: SQLite's LIKE cannot, PostgreSQL's order depends on the database."""
    if _on_sqlite(session):
        return sa.and_(column >= text, column < text + _LAST)
    return cast("sa.ColumnElement[bool]", column.startswith(text, autoescape=True))


def _villages(session: Session, words: tuple[str, ...]) -> list[str]:
    """Codes of the villages these words may mean, those of the centre's own province only."""
    from resource_centre.places import gazetteer

    home = session.scalar(sa.select(CentreProfile.place_code).limit(1))
    within = home[:2] if home else None
    return [place.code for place in gazetteer().find(" ".join(words), limit=MOST_PLACES, within=within)]


def _on_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
