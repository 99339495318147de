# SPDX-License-Identifier: Apache-2.0
"""Called by Alembic, with the connection of `db.migrate` that is already inside the upgrade's one transaction."""

from alembic import context

import resource_centre.records
from db.migrate import belongs_to_records

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=resource_centre.records.Base.metadata,
    include_object=belongs_to_records,
    render_as_batch=True,
    transactional_ddl=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
