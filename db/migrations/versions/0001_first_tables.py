# SPDX-License-Identifier: Apache-2.0
"""All tables of the first version, and the search."""

import sqlalchemy as sa
from alembic import op

from db.migrations import search_v1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON()


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("login", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("villages", JSON, nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    op.create_table(
        "address",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("village_code", sa.String(), nullable=True),
        sa.Column("village_text", sa.String(), nullable=True),
        sa.Column("hamlet", sa.String(), nullable=True),
        sa.Column("street", sa.String(), nullable=True),
        sa.Column("rt", sa.String(), nullable=True),
        sa.Column("rw", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
    )
    op.create_index(op.f("ix_address_person_id"), "address", ["person_id"])
    op.create_index("ix_address_village_kind_person", "address", ["village_code", "kind", "person_id"])

    op.create_table(
        "centre_profile",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("place_code", sa.String(), nullable=True),
        sa.Column("site_code", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("project_starts_on", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_profile")),
    )
    op.create_table(
        "change",
        sa.Column("site", sa.String(length=13), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("wall_ms", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("schema_no", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("site", "seq", name=op.f("pk_change")),
    )
    op.create_index("ix_change_row_id", "change", ["row_id"])
    op.create_index("ix_change_tbl_row_id", "change", ["tbl", "row_id"])

    op.create_table(
        "client_case",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("priority", sa.String(), nullable=True),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closure_reason", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_case")),
    )
    op.create_index(op.f("ix_client_case_number"), "client_case", ["number"])
    op.create_index(
        "ix_client_case_opened_closed_person", "client_case", ["opened_on", "closed_on", "person_id", "voided"]
    )
    op.create_index(op.f("ix_client_case_person_id"), "client_case", ["person_id"])

    op.create_table(
        "conflict",
        sa.Column("row_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("site", sa.String(length=13), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.PrimaryKeyConstraint("row_id", "field", "site", "seq", name=op.f("pk_conflict")),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("client_type", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("village_code", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_held_on"), "contact", ["held_on"])
    op.create_index(op.f("ix_contact_person_id"), "contact", ["person_id"])

    op.create_table(
        "counselling_session",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("service_type", sa.String(), nullable=True),
        sa.Column("session_type", sa.String(), nullable=True),
        sa.Column("session_number", sa.Integer(), nullable=True),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("attendance", sa.String(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("counsellor", sa.String(), nullable=True),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("observation", sa.String(), nullable=True),
        sa.Column("risk", sa.String(), nullable=True),
        sa.Column("risk_action", sa.String(), nullable=True),
        sa.Column("agreed", sa.String(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counselling_session")),
    )
    op.create_index(
        "ix_counselling_session_held_on_person",
        "counselling_session",
        ["held_on", "person_id", "session_type", "mode", "attendance", "voided"],
    )
    op.create_index(
        "ix_counselling_session_person_held_on",
        "counselling_session",
        ["person_id", "held_on", "attendance", "voided"],
    )
    op.create_index(op.f("ix_counselling_session_person_id"), "counselling_session", ["person_id"])

    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("record_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("body", JSON, nullable=False),
        sa.Column("saved_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_account_id"), "draft", ["account_id"])

    op.create_table(
        "erasure",
        sa.Column("row_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("session_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    op.create_index("ix_follow_up_done_due_person", "follow_up", ["done_on", "due_on", "person_id", "voided"])
    op.create_index(op.f("ix_follow_up_due_on"), "follow_up", ["due_on"])
    op.create_index(op.f("ix_follow_up_person_id"), "follow_up", ["person_id"])
    op.create_index(op.f("ix_follow_up_session_id"), "follow_up", ["session_id"])

    op.create_table(
        "identifier",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("lookup", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identifier")),
    )
    op.create_index(op.f("ix_identifier_lookup"), "identifier", ["lookup"])
    op.create_index(op.f("ix_identifier_person_id"), "identifier", ["person_id"])

    op.create_table(
        "import_batch",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("file_digest", sa.String(), nullable=False),
        sa.Column("imported_ms", sa.BigInteger(), nullable=False),
        sa.Column("undone_ms", sa.BigInteger(), nullable=True),
        sa.Column("mapping", JSON, nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index(op.f("ix_import_batch_file_digest"), "import_batch", ["file_digest"])

    op.create_table(
        "import_mapping",
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("mapping", JSON, nullable=False),
        sa.PrimaryKeyConstraint("signature", name=op.f("pk_import_mapping")),
    )
    op.create_table(
        "import_row",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("batch_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("raw", JSON, nullable=False),
        sa.Column("values", JSON, nullable=False),
        sa.Column("problems", JSON, nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("written", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
    )
    op.create_index("ix_import_row_batch_status", "import_row", ["batch_id", "status"])
    op.create_index(op.f("ix_import_row_fingerprint"), "import_row", ["fingerprint"])

    op.create_table(
        "local_setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_local_setting")),
    )
    op.create_table(
        "migration_episode",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("destination_country", sa.String(), nullable=True),
        sa.Column("occupation", sa.String(), nullable=True),
        sa.Column("occupation_text", sa.String(), nullable=True),
        sa.Column("departure_date", sa.String(), nullable=True),
        sa.Column("return_date", sa.String(), nullable=True),
        sa.Column("return_type", sa.String(), nullable=True),
        sa.Column("voluntariness", sa.String(), nullable=True),
        sa.Column("regularity", sa.String(), nullable=True),
        sa.Column("placement_scheme", sa.String(), nullable=True),
        sa.Column("employer_type", sa.String(), nullable=True),
        sa.Column("unpaid_wages", sa.BigInteger(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration_episode")),
    )
    op.create_index(op.f("ix_migration_episode_person_id"), "migration_episode", ["person_id"])

    op.create_table(
        "number_series",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", "device", name=op.f("pk_number_series")),
    )
    op.create_table(
        "participation",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("event_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("client_type", sa.String(), nullable=True),
        sa.Column("village_code", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("days", sa.String(), nullable=True),
        sa.Column("pre_score", sa.Numeric(precision=6, scale=2, asdecimal=False), nullable=True),
        sa.Column("post_score", sa.Numeric(precision=6, scale=2, asdecimal=False), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("name_key", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
    )
    op.create_index(op.f("ix_participation_event_id"), "participation", ["event_id"])
    op.create_index(op.f("ix_participation_person_id"), "participation", ["person_id"])

    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("full_name", sa.String(), nullable=True),
        sa.Column("alias", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("birth_date", sa.String(), nullable=True),
        sa.Column("birth_place", sa.String(), nullable=True),
        sa.Column("nationality", sa.String(), nullable=True),
        sa.Column("client_type", sa.String(), nullable=True),
        sa.Column("marital_status", sa.String(), nullable=True),
        sa.Column("education", sa.String(), nullable=True),
        sa.Column("mother_name", sa.String(), nullable=True),
        sa.Column("preferred_language", sa.String(), nullable=True),
        sa.Column("safe_phone", sa.String(), nullable=True),
        sa.Column("safe_answerer", sa.String(), nullable=True),
        sa.Column("safe_times", sa.String(), nullable=True),
        sa.Column("may_leave_message", sa.Boolean(), nullable=True),
        sa.Column("may_send_whatsapp", sa.Boolean(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("name_key", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index("ix_person_name_key_id", "person", ["name_key", "id"])
    op.create_index(op.f("ix_person_number"), "person", ["number"])
    op.create_index(op.f("ix_person_registered_on"), "person", ["registered_on"])

    op.create_table(
        "service",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("contact_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("service_type", sa.String(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_index(op.f("ix_service_contact_id"), "service", ["contact_id"])
    op.create_index("ix_service_given_on_person", "service", ["given_on", "person_id", "voided"])
    op.create_index(op.f("ix_service_person_id"), "service", ["person_id"])

    op.create_table(
        "site",
        sa.Column("id", sa.String(length=13), nullable=False),
        sa.Column("device", sa.String(length=2), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("scope", JSON, nullable=True),
        sa.Column("blocked_after", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_table(
        "training_event",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("training_type", sa.String(), nullable=True),
        sa.Column("module", sa.String(), nullable=True),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("hours", sa.Numeric(precision=6, scale=2, asdecimal=False), nullable=True),
        sa.Column("village_code", sa.String(), nullable=True),
        sa.Column("venue", sa.String(), nullable=True),
        sa.Column("target_group", sa.String(), nullable=True),
        sa.Column("trainer", sa.String(), nullable=True),
        sa.Column("co_trainers", sa.String(), nullable=True),
        sa.Column("partner", sa.String(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_event")),
    )
    op.create_index(op.f("ix_training_event_number"), "training_event", ["number"])
    op.create_index(op.f("ix_training_event_starts_on"), "training_event", ["starts_on"])

    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in search_v1.SQLITE if on_sqlite else search_v1.POSTGRES:
        op.get_bind().exec_driver_sql(statement)
