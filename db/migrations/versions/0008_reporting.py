# SPDX-License-Identifier: Apache-2.0
"""What reports are measured by, what of them has left the centre, and who pays for what."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("client_case", sa.Column("fund", sa.String(), nullable=True))
    op.add_column("indicator_target", sa.Column("fund", sa.String(), nullable=True))
    op.add_column("service", sa.Column("fund", sa.String(), nullable=True))
    op.create_table(
        "indicator_definition",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("indicator", sa.String(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("name_id", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("text_id", sa.String(), nullable=True),
        sa.Column("text_en", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("direction", sa.String(), nullable=True),
        sa.Column("formula", sa.String(), nullable=True),
        sa.Column("gcm", sa.JSON(), nullable=True),
        sa.Column("sdg", sa.JSON(), nullable=True),
        sa.Column("disaggregation", sa.String(), nullable=True),
        sa.Column("means", sa.String(), nullable=True),
        sa.Column("baseline", sa.Numeric(precision=14, scale=2, asdecimal=False), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("baseline_source", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_indicator_definition"),
    )
    op.create_index("ix_indicator_definition_indicator", "indicator_definition", ["indicator"])
    op.create_table(
        "logframe_line",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("project_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("statement", sa.String(), nullable=True),
        sa.Column("indicators", sa.JSON(), nullable=True),
        sa.Column("means", sa.String(), nullable=True),
        sa.Column("assumptions", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_logframe_line"),
    )
    op.create_index("ix_logframe_line_project_id", "logframe_line", ["project_id"])
    op.create_table(
        "paper_copy",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("record_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("copy", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.String(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=True),
        sa.Column("way", sa.String(), nullable=True),
        sa.Column("audience", sa.String(), nullable=True),
        sa.Column("locked", sa.Boolean(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_paper_copy"),
    )
    op.create_index("ix_paper_copy_made_at", "paper_copy", ["made_at"])
    op.create_index("ix_paper_copy_person_id", "paper_copy", ["person_id"])
    op.create_index("ix_paper_copy_record_id_kind", "paper_copy", ["record_id", "kind"])
    op.create_table(
        "project",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("donor", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("budget", sa.BigInteger(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_project"),
    )
    op.create_index("ix_project_code", "project", ["code"])
    op.create_table(
        "publication",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("fund", sa.String(), nullable=True),
        sa.Column("threshold", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.Column("cells", sa.JSON(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
    )
    op.create_index("ix_publication_last", "publication", ["last"])
    op.create_table(
        "saved_report",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("plan", sa.JSON(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_report"),
    )
