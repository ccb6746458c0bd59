"""Make known: the policy library, typical cases, and bulletins with their receipts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_publications"
down_revision = "2026_11_28_guidance"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policy_documents",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.Column(
            "entered_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("repealed_on", sa.Date(), nullable=True),
        sa.Column("repeal_note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(repealed_on IS NULL) = (repeal_note IS NULL)", name=op.f("policy_documents_repeal_whole_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("policy_documents_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("policy_documents_pkey")),
    )
    op.create_table(
        "bulletins",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("is_important", sa.Boolean(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column(
            "published_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.Column("down_on", sa.Date(), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("correction_note", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawal_note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(supersedes_id IS NULL) = (correction_note IS NULL)", name=op.f("bulletins_correction_whole_check")
        ),
        sa.CheckConstraint("NOT is_public OR college_id IS NULL", name=op.f("bulletins_public_by_the_office_check")),
        sa.CheckConstraint("down_on > published_on", name=op.f("bulletins_shown_a_day_check")),
        sa.CheckConstraint(
            "num_nonnulls(withdrawn_at, withdrawn_by, withdrawal_note) IN (0, 3)",
            name=op.f("bulletins_withdrawal_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("bulletins_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "supersedes_id"],
            ["bulletins.institution_id", "bulletins.id"],
            name=op.f("bulletins_institution_id_supersedes_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("bulletins_institution_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("bulletins_pkey")),
        sa.UniqueConstraint("institution_id", "supersedes_id", name=op.f("bulletins_institution_id_supersedes_id_key")),
    )
    op.create_index(
        op.f("bulletins_down_on_idx"), "bulletins", ["down_on"], unique=False, postgresql_where=sa.text("is_public")
    )
    op.create_index(
        op.f("bulletins_institution_id_down_on_idx"), "bulletins", ["institution_id", "down_on"], unique=False
    )
    op.create_table(
        "policy_drafts",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("policy_document_id", sa.Uuid(), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("issuing_body", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("in_force_to", sa.Date(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("source_note", sa.Text(), nullable=True),
        sa.Column("change_note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('notice', 'measures', 'rules', 'plan', 'standard', 'opinions', 'other')",
            name=op.f("policy_drafts_kind_known_check"),
        ),
        sa.CheckConstraint(
            "level IN ('national', 'provincial', 'institution')", name=op.f("policy_drafts_level_known_check")
        ),
        sa.CheckConstraint(
            "in_force_to IS NULL OR in_force_to > in_force_from", name=op.f("policy_drafts_days_in_order_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "policy_document_id"],
            ["policy_documents.institution_id", "policy_documents.id"],
            name=op.f("policy_drafts_institution_id_policy_document_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("policy_drafts_pkey")),
        sa.UniqueConstraint(
            "institution_id", "policy_document_id", name=op.f("policy_drafts_institution_id_policy_document_id_key")
        ),
    )
    op.create_table(
        "policy_versions",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("policy_document_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.Column(
            "published_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("title_text", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("grams", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("issuing_body", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("in_force_to", sa.Date(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("source_note", sa.Text(), nullable=True),
        sa.Column("change_note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('notice', 'measures', 'rules', 'plan', 'standard', 'opinions', 'other')",
            name=op.f("policy_versions_kind_known_check"),
        ),
        sa.CheckConstraint(
            "level IN ('national', 'provincial', 'institution')", name=op.f("policy_versions_level_known_check")
        ),
        sa.CheckConstraint(
            "in_force_to IS NULL OR in_force_to > in_force_from", name=op.f("policy_versions_days_in_order_check")
        ),
        sa.CheckConstraint("number > 0", name=op.f("policy_versions_number_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "policy_document_id"],
            ["policy_documents.institution_id", "policy_documents.id"],
            name=op.f("policy_versions_institution_id_policy_document_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("policy_versions_pkey")),
        sa.UniqueConstraint("institution_id", "policy_document_id", "number", name="policy_versions_one_number_key"),
    )
    op.create_index(
        op.f("policy_versions_grams_idx"), "policy_versions", ["grams"], unique=False, postgresql_using="gin"
    )
    op.create_table(
        "typical_cases",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("submissions", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'returned') OR submissions > 0", name=op.f("typical_cases_submitted_some_time_check")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'accepted', 'published', 'taken_down')",
            name=op.f("typical_cases_state_known_check"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('published', 'taken_down') OR published_at IS NOT NULL",
            name=op.f("typical_cases_published_then_check"),
        ),
        sa.CheckConstraint("submissions >= 0", name=op.f("typical_cases_submissions_counted_check")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("typical_cases_certificate_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("typical_cases_institution_id_college_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("typical_cases_pkey")),
    )
    op.create_index(
        op.f("typical_cases_institution_id_college_id_idx"),
        "typical_cases",
        ["institution_id", "college_id"],
        unique=False,
    )
    op.create_index(
        op.f("typical_cases_published_at_idx"),
        "typical_cases",
        ["published_at"],
        unique=False,
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "bulletin_audiences",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("bulletin_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("college_id", sa.Uuid(), nullable=True),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "role IN ('registrar', 'finance', 'coordinator', 'expert', 'teacher', 'student', 'auditor')",
            name=op.f("bulletin_audiences_role_known_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(college_id, programme_id) < 2", name=op.f("bulletin_audiences_one_place_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "bulletin_id"],
            ["bulletins.institution_id", "bulletins.id"],
            name=op.f("bulletin_audiences_institution_id_bulletin_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("bulletin_audiences_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "programme_id"],
            ["programmes.institution_id", "programmes.id"],
            name=op.f("bulletin_audiences_institution_id_programme_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("bulletin_audiences_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "bulletin_id",
            "role",
            "college_id",
            "programme_id",
            name="bulletin_audiences_each_once_key",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "bulletin_drafts",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("is_important", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_public", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("down_on", sa.Date(), nullable=False),
        sa.Column("audience", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("correction_note", sa.Text(), nullable=True),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(supersedes_id IS NULL) = (correction_note IS NULL)", name=op.f("bulletin_drafts_correction_whole_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("bulletin_drafts_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "supersedes_id"],
            ["bulletins.institution_id", "bulletins.id"],
            name=op.f("bulletin_drafts_institution_id_supersedes_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("bulletin_drafts_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("bulletin_drafts_pkey")),
    )
    op.create_table(
        "bulletin_receipts",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("bulletin_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "bulletin_id"],
            ["bulletins.institution_id", "bulletins.id"],
            name=op.f("bulletin_receipts_institution_id_bulletin_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("bulletin_receipts_person_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "bulletin_id", "person_id", name=op.f("bulletin_receipts_pkey")),
    )
    op.create_table(
        "case_decisions",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("typical_case_id", sa.Uuid(), nullable=False),
        sa.Column("submission", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column(
            "decided_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'accepted', 'published', 'taken_down')",
            name=op.f("case_decisions_state_known_check"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('returned', 'taken_down') OR comment IS NOT NULL", name=op.f("case_decisions_says_why_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "typical_case_id"],
            ["typical_cases.institution_id", "typical_cases.id"],
            name=op.f("case_decisions_institution_id_typical_case_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("case_decisions_pkey")),
    )
    op.create_index(
        op.f("case_decisions_institution_id_typical_case_id_idx"),
        "case_decisions",
        ["institution_id", "typical_case_id"],
        unique=False,
    )
    op.create_table(
        "case_opinions",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("typical_case_id", sa.Uuid(), nullable=False),
        sa.Column("submission", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("recommends", sa.Boolean(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "typical_case_id"],
            ["typical_cases.institution_id", "typical_cases.id"],
            name=op.f("case_opinions_institution_id_typical_case_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("case_opinions_person_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("case_opinions_pkey")),
        sa.UniqueConstraint(
            "institution_id", "typical_case_id", "submission", "person_id", name="case_opinions_one_a_person_key"
        ),
    )


def downgrade() -> None:
    op.drop_table("case_opinions")
    op.drop_index(op.f("case_decisions_institution_id_typical_case_id_idx"), table_name="case_decisions")
    op.drop_table("case_decisions")
    op.drop_table("bulletin_receipts")
    op.drop_table("bulletin_drafts")
    op.drop_table("bulletin_audiences")
    op.drop_index(
        op.f("typical_cases_published_at_idx"),
        table_name="typical_cases",
        postgresql_where=sa.text("state = 'published'"),
    )
    op.drop_index(op.f("typical_cases_institution_id_college_id_idx"), table_name="typical_cases")
    op.drop_table("typical_cases")
    op.drop_index(op.f("policy_versions_grams_idx"), table_name="policy_versions", postgresql_using="gin")
    op.drop_table("policy_versions")
    op.drop_table("policy_drafts")
    op.drop_index(op.f("bulletins_institution_id_down_on_idx"), table_name="bulletins")
    op.drop_index(op.f("bulletins_down_on_idx"), table_name="bulletins", postgresql_where=sa.text("is_public"))
    op.drop_table("bulletins")
    op.drop_table("policy_documents")
