# SPDX-License-Identifier: Apache-2.0
"""${message}

House rules for a step:
- It runs on SQLite and PostgreSQL alike; change tables inside `with op.batch_alter_table(...)`.
- Every constraint and index has the name the convention in `resource_centre.records.base` gives it.
- It never writes rows of logged tables: values change by folding the log anew (`schema_no` and its upcaster).
- Triggers of the search (`db/search_tables.py`) hang on person: take them off before altering it, put them on after.
- No imports of records: a step must do the same in ten years. No downgrade: the way back is the backup.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
