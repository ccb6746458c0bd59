"""Let an institution keep seed teachers, training consortia, and who may teach or examine which level."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_qualifications"
down_revision = "2026_11_28_training"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificate_categories",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("certificate_categories_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("certificate_categories_pkey")),
        sa.UniqueConstraint("institution_id", "code", name=op.f("certificate_categories_institution_id_code_key")),
    )
    op.create_table(
        "categorised_certificates",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("categorised_certificates_certificate_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "category_id"],
            ["certificate_categories.institution_id", "certificate_categories.id"],
            name=op.f("categorised_certificates_institution_id_category_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "certificate_id", name=op.f("categorised_certificates_pkey")),
    )
    op.create_index(
        op.f("categorised_certificates_institution_id_category_id_idx"),
        "categorised_certificates",
        ["institution_id", "category_id"],
        unique=False,
    )
    op.create_table(
        "training_consortia",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("certificate_category_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint("until_on >= from_on", name=op.f("training_consortia_time_in_order_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "certificate_category_id"],
            ["certificate_categories.institution_id", "certificate_categories.id"],
            name=op.f("training_consortia_institution_id_certificate_category_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("training_consortia_pkey")),
        sa.UniqueConstraint("institution_id", "name", name=op.f("training_consortia_institution_id_name_key")),
    )
    op.create_table(
        "consortium_members",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("consortium_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("partner_name", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("ending", sa.Text(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("consortium_id"), "="),
            (sa.column("college_id"), "="),
            (sa.text("daterange(from_on, until_on, '[]')"), "&&"),
            using="gist",
            name="consortium_members_college_once_at_a_time_excl",
        ),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("consortium_id"), "="),
            (sa.column("organisation_id"), "="),
            (sa.text("daterange(from_on, until_on, '[]')"), "&&"),
            using="gist",
            name="consortium_members_organisation_once_at_a_time_excl",
        ),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("consortium_id"), "="),
            (sa.column("partner_name"), "="),
            (sa.text("daterange(from_on, until_on, '[]')"), "&&"),
            using="gist",
            name="consortium_members_partner_once_at_a_time_excl",
        ),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("consortium_id"), "="),
            (sa.text("daterange(from_on, until_on, '[]')"), "&&"),
            where=sa.text("role = 'lead'"),
            using="gist",
            name="consortium_members_one_lead_at_a_time_excl",
        ),
        sa.CheckConstraint(
            "CASE kind WHEN 'college' THEN college_id IS NOT NULL WHEN 'organisation' THEN organisation_id IS NOT NULL ELSE partner_name IS NOT NULL END",
            name=op.f("consortium_members_member_of_its_kind_check"),
        ),
        sa.CheckConstraint(
            "kind IN ('college', 'organisation', 'partner')", name=op.f("consortium_members_kind_known_check")
        ),
        sa.CheckConstraint("role IN ('lead', 'member')", name=op.f("consortium_members_role_known_check")),
        sa.CheckConstraint(
            "num_nonnulls(college_id, organisation_id, partner_name) = 1",
            name=op.f("consortium_members_one_member_check"),
        ),
        sa.CheckConstraint("until_on >= from_on", name=op.f("consortium_members_time_in_order_check")),
        sa.CheckConstraint(
            "until_on IS NOT NULL OR ending IS NULL", name=op.f("consortium_members_ending_has_a_day_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("consortium_members_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "consortium_id"],
            ["training_consortia.institution_id", "training_consortia.id"],
            name=op.f("consortium_members_institution_id_consortium_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("consortium_members_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("consortium_members_pkey")),
    )
    op.create_table(
        "seed_teachers",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_category_id", sa.Uuid(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="nominated", nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_references", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("renews_id", sa.Uuid(), nullable=True),
        sa.Column("nominated_by", sa.Uuid(), nullable=False),
        sa.Column("nominated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document_number", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("teacher_id"), "="),
            (sa.column("certificate_category_id"), "="),
            (sa.column("tier"), "="),
            (sa.text("daterange(valid_from, valid_until, '[]')"), "&&"),
            where=sa.text("state = 'certified'"),
            using="gist",
            name="seed_teachers_one_term_at_a_time_excl",
        ),
        sa.CheckConstraint(
            "(state = 'nominated') = (decided_by IS NULL)", name=op.f("seed_teachers_decided_by_somebody_check")
        ),
        sa.CheckConstraint(
            "(state = 'revoked') = (revoked_on IS NOT NULL)", name=op.f("seed_teachers_revoked_on_a_day_check")
        ),
        sa.CheckConstraint(
            "(state IN ('declined', 'revoked')) = (reason IS NOT NULL)",
            name=op.f("seed_teachers_refused_with_a_reason_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(valid_from, valid_until, document_number) = CASE WHEN state IN ('certified', 'revoked') THEN 3 ELSE 0 END",
            name=op.f("seed_teachers_certified_by_a_document_for_a_term_check"),
        ),
        sa.CheckConstraint(
            "state IN ('nominated', 'certified', 'declined', 'revoked')", name=op.f("seed_teachers_state_known_check")
        ),
        sa.CheckConstraint("tier IN ('1', '2', '3')", name=op.f("seed_teachers_tier_known_check")),
        sa.CheckConstraint("decided_by <> nominated_by", name=op.f("seed_teachers_two_persons_check")),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("seed_teachers_term_in_order_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "certificate_category_id"],
            ["certificate_categories.institution_id", "certificate_categories.id"],
            name=op.f("seed_teachers_institution_id_certificate_category_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "renews_id"],
            ["seed_teachers.institution_id", "seed_teachers.id"],
            name=op.f("seed_teachers_institution_id_renews_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "teacher_id"],
            ["teachers.institution_id", "teachers.id"],
            name=op.f("seed_teachers_institution_id_teacher_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("seed_teachers_pkey")),
    )
    op.create_index(
        op.f("seed_teachers_institution_id_certificate_category_id_idx"),
        "seed_teachers",
        ["institution_id", "certificate_category_id"],
        unique=False,
    )
    op.create_index(
        "seed_teachers_one_open_key",
        "seed_teachers",
        ["institution_id", "teacher_id", "certificate_category_id", "tier"],
        unique=True,
        postgresql_where=sa.text("state = 'nominated'"),
    )
    op.create_table(
        "teacher_qualifications",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("document_number", sa.Text(), nullable=True),
        sa.Column("seed_teacher_id", sa.Uuid(), nullable=True),
        sa.Column("granted_by", sa.Uuid(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("revocation_reason", sa.Text(), nullable=True),
        sa.Column("revoked_by", sa.Uuid(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("teacher_id"), "="),
            (sa.column("certificate_level_id"), "="),
            (sa.column("kind"), "="),
            (sa.text("daterange(valid_from, least(valid_until + 1, revoked_on))"), "&&"),
            using="gist",
            name="teacher_qualifications_no_overlap_excl",
        ),
        sa.CheckConstraint("kind IN ('teach', 'examine')", name=op.f("teacher_qualifications_kind_known_check")),
        sa.CheckConstraint(
            "num_nonnulls(document_number, seed_teacher_id) = 1",
            name=op.f("teacher_qualifications_document_or_seed_teacher_check"),
        ),
        sa.CheckConstraint(
            "num_nulls(revoked_on, revocation_reason, revoked_by) IN (0, 3)",
            name=op.f("teacher_qualifications_revocation_has_a_reason_check"),
        ),
        sa.CheckConstraint("revoked_on >= valid_from", name=op.f("teacher_qualifications_revoked_not_before_check")),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("teacher_qualifications_days_in_order_check")),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"],
            ["certificate_levels.id"],
            name=op.f("teacher_qualifications_certificate_level_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "seed_teacher_id"],
            ["seed_teachers.institution_id", "seed_teachers.id"],
            name=op.f("teacher_qualifications_institution_id_seed_teacher_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "teacher_id"],
            ["teachers.institution_id", "teachers.id"],
            name=op.f("teacher_qualifications_institution_id_teacher_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("teacher_qualifications_pkey")),
    )
    op.create_index(
        "teacher_qualifications_of_level_idx",
        "teacher_qualifications",
        ["institution_id", "certificate_level_id", "kind"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("teacher_qualifications")
    op.drop_table("seed_teachers")
    op.drop_table("consortium_members")
    op.drop_table("training_consortia")
    op.drop_table("categorised_certificates")
    op.drop_table("certificate_categories")
