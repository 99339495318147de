# SPDX-License-Identifier: Apache-2.0
"""Receiving what another computer wrote: new records, changed ones, many, and the same bundle again."""

from __future__ import annotations

import datetime as dt
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bench.centres import new_centre
from bench.ratio import Measured, clocked, from_times
from db.centre import Centre
from resource_centre.log.many import insert_rows
from resource_centre.log.receive import receive
from resource_centre.log.shape import canonical, columns_from, digest
from resource_centre.log.writing import recording
from resource_centre.records import Person, new_id
from resource_centre.records.base import table_of

THERE: Final = "t" * 13
ALSO: Final = "u" * 13
NOON: Final = 1_790_000_000_000
FIELDS: Final[dict[str, Any]] = {
    "sex": "P", "birth_date": "1984-05", "registered_on": "2026-10-01", "nationality": "IDN", "standing": "aktif",
    "voided": False,
}  # fmt: skip
Body = dict[str, list[Any]]


def receiving(records: int) -> Iterator[Measured]:
    """New records, then changed ones of which a tenth were changed here too, each round in a centre of its own."""
    with tempfile.TemporaryDirectory() as folder:
        number = count()

        def centre() -> Centre:
            return new_centre(Path(folder) / f"centre-{next(number)}")

        ids = [new_id() for _ in range(records)]
        new = list(_entries(THERE, ids, _first))
        ours = [_in_a_new(centre, lambda session: receive(session, iter(new))) for _ in range(3)]
        bare = [_in_a_new(centre, lambda session: _bare(session, ids)) for _ in range(3)]
        mapped = [_in_a_new(centre, lambda session: _mapped(session, ids)) for _ in range(3)]
        what = f"{records:,} new records of people received"
        yield from_times(what, "the same rows inserted bare", list(zip(ours, bare, strict=True)), aim="20")
        yield from_times(what, "the same records saved by the ORM, without a log", _pairs(ours, mapped), aim="2")
        yield from_times(*_changed(centre, ids, new), note="aim: ours under 1,000 ms")


def _changed(centre: Callable[[], Centre], ids: list[str], new: list[dict[str, Any]]) -> Any:
    """Received changes beside the same columns updated bare, in the same centre."""
    kept = ids[: len(ids) // 10]
    here = list(_entries(ALSO, kept, lambda _at: {"mother_name": ["Inaq Sri", 1, []]}))
    there = list(_entries(THERE, ids, _second, start=len(ids) + 1))
    times = []
    for _round in range(3):
        with centre() as one:
            with one.change() as session:
                receive(session, iter([*new, *here]))
            ours = _clocked_in(one, lambda session: receive(session, iter(there)))
            times.append((ours, _clocked_in(one, lambda session: _updated(session, ids))))
    what = f"{len(ids):,} changed records received, {len(kept):,} of them in conflict"
    return what, "the same columns updated bare, row by row", times


def again(records: int) -> Measured:
    """A bundle that was taken in before, against reading its file."""
    from db.exchange import pairing
    from db.exchange.receiving import receive as receive_file
    from db.exchange.sending import send
    from resource_centre.exchange.scope import CENTRE

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with new_centre(folder / "office") as office, new_centre(folder / "centre") as centre:
            with office.change() as session:
                card = pairing.invite(session, pairing.Invited("centre", role=CENTRE))
            with centre.change() as session:
                reply = pairing.accept_card(session, card)
                receive(session, _entries(THERE, [new_id() for _ in range(records)], _first))
            with office.change() as session:
                pairing.confirm(session, pairing.accept_reply(session, reply).site)
            with centre.change() as session:
                from resource_centre.records.exchange import Peer

                site = session.scalars(sa.select(Peer.site)).one()
                pairing.confirm(session, site)
            [sent] = send(centre, site, folder)
            receive_file(office, sent.path)
            times = [
                (clocked(lambda: receive_file(office, sent.path)), clocked(sent.path.read_bytes)) for _ in range(7)
            ]
    what = f"the same bundle of {records:,} records again"
    return from_times(what, "reading its file", times, note="aim: ours under 100 ms")


def memory(records: int) -> Measured:
    """How much a process grows that receives so many records, in megabytes, beside one that receives none."""
    grown = [float(_grown(records)), float(_grown(10))]
    what = f"megabytes a process has while it receives {records:,} new records"
    return from_times(
        what, "the same process receiving ten", [(grown[0], grown[1])], note="both in MiB, aim: at most 150 more"
    )


def _grown(records: int) -> str:
    command = [sys.executable, "-m", "bench.exchange", str(records)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]


def _entries(site: str, ids: list[str], body_of: Callable[[int], Body], start: int = 1) -> Iterator[dict[str, Any]]:
    for at, row_id in enumerate(ids):
        body = canonical(body_of(at))
        seq = start + at
        yield {
            "site": site, "seq": seq, "wall_ms": NOON + seq, "actor": None, "tbl": "person", "row_id": row_id,
            "kind": "put", "schema_no": 1, "body": body, "digest": digest(site, seq, "person", row_id, body),
        }  # fmt: skip


def _first(at: int) -> Body:
    return {"full_name": [f"Siti Aminah {at}", 1, []], **{name: [value, 1, []] for name, value in FIELDS.items()}}


def _second(at: int) -> Body:
    return {"mother_name": [f"Inaq {at}", 1, []], "education": ["SD", 1, []]}


def _rows(ids: list[str]) -> list[dict[str, Any]]:
    blank = {name: value[0] for name, value in _first(0).items()}
    made = columns_from(Person, blank)
    return [{"id": row_id, "version": 1, **made, "full_name": f"Siti Aminah {at}"} for at, row_id in enumerate(ids)]


def _bare(session: Session, ids: list[str]) -> None:
    connection = session.connection()
    with recording(connection):
        insert_rows(connection, table_of(Person), _rows(ids))


def _mapped(session: Session, ids: list[str]) -> None:
    values = {**FIELDS, "registered_on": dt.date(2026, 10, 1)}
    with Session(session.connection()) as plain, recording(session.connection()):
        plain.add_all([Person(id=row_id, full_name=f"Siti Aminah {at}", **values) for at, row_id in enumerate(ids)])
        plain.flush()


def _updated(session: Session, ids: list[str]) -> None:
    connection, table = session.connection(), table_of(Person)
    rows = [{"this": row_id, "name": f"Inaq {at}!", "school": "SMP"} for at, row_id in enumerate(ids)]
    put = sa.update(table).where(table.c.id == sa.bindparam("this"))
    with recording(connection):
        connection.execute(put.values(mother_name=sa.bindparam("name"), education=sa.bindparam("school")), rows)


def _pairs(ours: list[float], floor: list[float]) -> list[tuple[float, float]]:
    return list(zip(ours, floor, strict=True))


def _in_a_new(centre: Callable[[], Centre], act: Callable[[Session], object]) -> float:
    with centre() as one:
        return _clocked_in(one, act)


def _clocked_in(centre: Centre, act: Callable[[Session], object]) -> float:
    def whole() -> None:
        with centre.change() as session:
            act(session)

    return clocked(whole)


def main() -> None:
    """Receive so many new records and say the greatest size of this process in megabytes."""
    with tempfile.TemporaryDirectory() as folder, new_centre(Path(folder) / "centre") as centre:
        ids = (new_id() for _ in range(int(sys.argv[1])))
        with centre.change() as session:
            receive(session, (next(_entries(THERE, [one], _first, start=at)) for at, one in enumerate(ids, start=1)))
    print(_most_megabytes())


def _most_megabytes() -> float:
    """The most memory this process ever had. What `getrusage` says on Linux is as large as whoever started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
