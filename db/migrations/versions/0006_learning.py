# SPDX-License-Identifier: Apache-2.0
"""What is taught and by whom, certificates, what meetings agree on, partners, good practices, months reported."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("training_event", sa.Column("curriculum_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("training_event", sa.Column("module_ids", sa.JSON(), nullable=True))
    op.add_column("training_event", sa.Column("repeats_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("training_event", sa.Column("further_modules", sa.JSON(), nullable=True))
    op.add_column("training_event", sa.Column("meets_on", sa.JSON(), nullable=True))
    op.add_column("training_event", sa.Column("languages", sa.JSON(), nullable=True))
    op.add_column("training_event", sa.Column("programme", sa.String(), nullable=True))
    op.add_column("training_event", sa.Column("fund", sa.String(), nullable=True))
    op.add_column("training_event", sa.Column("cost", sa.BigInteger(), nullable=True))
    op.add_column("training_event", sa.Column("called_off", sa.Boolean(), nullable=True))
    op.add_column("training_event", sa.Column("reach", sa.Integer(), nullable=True))
    op.add_column("training_event", sa.Column("reach_basis", sa.String(), nullable=True))
    op.add_column("training_event", sa.Column("counted_women", sa.Integer(), nullable=True))
    op.add_column("training_event", sa.Column("counted_men", sa.Integer(), nullable=True))
    op.add_column("training_event", sa.Column("counted_others", sa.Integer(), nullable=True))
    op.add_column("training_event", sa.Column("counted_minors", sa.Integer(), nullable=True))
    op.add_column("training_event", sa.Column("counted_disability", sa.Integer(), nullable=True))
    op.add_column("savings_group", sa.Column("number", sa.String(), nullable=True))
    op.create_index("ix_savings_group_number", "savings_group", ["number"])
    op.add_column("savings_group", sa.Column("dissolved_on", sa.Date(), nullable=True))
    op.add_column("savings_group", sa.Column("dissolved_why", sa.String(), nullable=True))
    op.add_column("participation", sa.Column("disability", sa.Boolean(), nullable=True))
    op.add_column("participation", sa.Column("organisation", sa.String(), nullable=True))
    op.add_column("participation", sa.Column("sector", sa.String(), nullable=True))
    op.add_column("participation", sa.Column("country", sa.String(), nullable=True))
    op.add_column("participation", sa.Column("oral", sa.Boolean(), nullable=True))
    op.add_column("participation", sa.Column("month_3_result", sa.String(), nullable=True))
    op.add_column("participation", sa.Column("month_6_result", sa.String(), nullable=True))
    op.add_column("participation", sa.Column("not_same_ids", sa.JSON(), nullable=True))
    op.create_index("ix_participation_name_key", "participation", ["name_key"])
    op.create_index("ix_participation_organisation", "participation", ["organisation"])
    op.create_table(
        "certificate",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("event_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("participation_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
    )
    op.create_index("ix_certificate_event_id", "certificate", ["event_id"])
    op.create_index("ix_certificate_number", "certificate", ["number"])
    op.create_index("ix_certificate_participation_id", "certificate", ["participation_id"])
    op.create_table(
        "commitment",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("event_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("what", sa.String(), nullable=True),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("reopened_on", sa.Date(), nullable=True),
        sa.Column("reopened_because", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_commitment"),
    )
    op.create_index("ix_commitment_due_on", "commitment", ["due_on"])
    op.create_index("ix_commitment_event_id", "commitment", ["event_id"])
    op.create_table(
        "curriculum",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("series_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("edition", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_curriculum"),
    )
    op.create_index("ix_curriculum_series_id", "curriculum", ["series_id"])
    op.create_table(
        "curriculum_module",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("curriculum_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("module", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("phases", sa.JSON(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("objectives", sa.String(), nullable=True),
        sa.Column("materials", sa.String(), nullable=True),
        sa.Column("test", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_curriculum_module"),
    )
    op.create_index("ix_curriculum_module_curriculum_id", "curriculum_module", ["curriculum_id"])
    op.create_table(
        "event_trainer",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("event_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("trainer_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("part", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event_trainer"),
    )
    op.create_index("ix_event_trainer_event_id", "event_trainer", ["event_id"])
    op.create_index("ix_event_trainer_trainer_id", "event_trainer", ["trainer_id"])
    op.create_table(
        "month_report",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("month", sa.String(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("reported_by", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_month_report"),
    )
    op.create_index("ix_month_report_month", "month_report", ["month"])
    op.create_table(
        "partner",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("place_code", sa.String(), nullable=True),
        sa.Column("contact_person", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("partner_since", sa.Date(), nullable=True),
        sa.Column("agreement_until", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_partner"),
    )
    op.create_table(
        "partner_contribution",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("partner_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("event_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("contributed_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("promised", sa.Boolean(), nullable=True),
        sa.Column("what", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_partner_contribution"),
    )
    op.create_index("ix_partner_contribution_event_id", "partner_contribution", ["event_id"])
    op.create_index("ix_partner_contribution_partner_id", "partner_contribution", ["partner_id"])
    op.create_table(
        "practice",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=True),
        sa.Column("own_tags", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("institution", sa.String(), nullable=True),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("needed", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_practice"),
    )
    op.create_table(
        "practice_file",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("practice_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("attached_on", sa.Date(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_practice_file"),
    )
    op.create_index("ix_practice_file_digest", "practice_file", ["digest"])
    op.create_index("ix_practice_file_practice_id", "practice_file", ["practice_id"])
    op.create_table(
        "trainer",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("participation_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("trained_at_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("trained_by_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("certified_on", sa.Date(), nullable=True),
        sa.Column("certified_by", sa.String(), nullable=True),
        sa.Column("competence", sa.Numeric(precision=6, scale=2, asdecimal=False), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=True),
        sa.Column("areas", sa.JSON(), nullable=True),
        sa.Column("modules", sa.JSON(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trainer"),
    )
    op.create_index("ix_trainer_number", "trainer", ["number"])
    op.create_index("ix_trainer_person_id", "trainer", ["person_id"])
    op.create_index("ix_trainer_trained_by_id", "trainer", ["trained_by_id"])
