# SPDX-License-Identifier: Apache-2.0
"""The sounds of each person's name, by which the same person is found under another spelling.

The column is derived and never logged. It is made here with the program's own reading of names; should that ever
change, a later step makes it anew.
"""

import sqlalchemy as sa
from alembic import op

from resource_centre.values.names import sound_key

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CHUNK = 5000


def upgrade() -> None:
    op.add_column("person", sa.Column("name_sound", sa.String(), nullable=True))
    _fill(op.get_bind())
    op.create_index("ix_person_name_sound_id", "person", ["name_sound", "id"])
    op.create_index("ix_person_birth_date_name_sound_id", "person", ["birth_date", "name_sound", "id"])


def _fill(connection: sa.Connection) -> None:
    person = sa.table(
        "person", sa.column("id", sa.Uuid(as_uuid=False)), sa.column("full_name"), sa.column("name_sound")
    )
    page = sa.select(person.c.id, person.c.full_name).order_by(person.c.id).limit(CHUNK)
    write = sa.update(person).where(person.c.id == sa.bindparam("this")).values(name_sound=sa.bindparam("sound"))
    rows = connection.execute(page).all()
    while rows:
        connection.execute(write, [{"this": row.id, "sound": sound_key(row.full_name or "")} for row in rows])
        rows = connection.execute(page.where(person.c.id > rows[-1].id)).all()
