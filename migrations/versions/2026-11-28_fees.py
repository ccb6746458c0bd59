"""Reckon costs on sheets, and let fee standards go their whole way: agreed, approved, published, superseded."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_fees"
down_revision = "2026_11_28_outcomes"
branch_labels = None
depends_on = None

CHECKS = {
    "state_known": (
        "state IN ('proposed', 'agreed', 'approved', 'published', 'suspended', 'superseded', 'refused', 'withdrawn')"
    ),
    "side_known": "side IN ('organisation', 'institution')",
    "cost_of_its_sheet": "cost_fen >= 0 AND (cost_fen IS NULL) = (cost_sheet_id IS NULL)",
    "agreement_names_somebody": "(agreed_at IS NULL) = (agreed_by IS NULL)",
    "approval_names_somebody": "(approved_at IS NULL) = (approved_by IS NULL)",
    "publication_names_somebody": "(published_at IS NULL) = (published_by IS NULL)",
    "agreed_by_a_second_person": "agreed_by <> proposed_by",
    "approved_by_a_second_person": "approved_by <> proposed_by AND approved_by <> agreed_by",
    "published": "state NOT IN ('published', 'superseded') OR published_at IS NOT NULL",
    "only_what_was_published_ends": (
        "ended_on IS NULL OR published_at IS NOT NULL AND state IN ('superseded', 'suspended')"
    ),
    "ends_within_its_days": "ended_on >= effective_from AND ended_on <= coalesce(effective_to, ended_on)",
    "superseded_on_a_day": "state <> 'superseded' OR ended_on IS NOT NULL",
}


def upgrade() -> None:
    op.create_table(
        "cost_change_limits",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("percent", sa.BigInteger(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("percent BETWEEN 1 AND 1000", name=op.f("cost_change_limits_percent_in_range_check")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("cost_change_limits_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("cost_change_limits_pkey")),
        sa.UniqueConstraint(
            "institution_id", "effective_from", name=op.f("cost_change_limits_institution_id_effective_from_key")
        ),
    )
    op.create_table(
        "cost_sheets",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=False),
        sa.Column("exam_form", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("machine_marked", sa.Boolean(), nullable=False),
        sa.Column("candidates", sa.BigInteger(), nullable=False),
        sa.Column("cash_fen", sa.BigInteger(), nullable=False),
        sa.Column("in_kind_fen", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("drawn_up_by", sa.Uuid(), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "exam_form IN ('paper', 'computer', 'ordinary_practical', 'special_practical')",
            name=op.f("cost_sheets_exam_form_known_check"),
        ),
        sa.CheckConstraint(
            "state <> 'returned' OR reason IS NOT NULL", name=op.f("cost_sheets_return_has_a_reason_check")
        ),
        sa.CheckConstraint("state = 'draft' OR submitted_at IS NOT NULL", name=op.f("cost_sheets_submitted_check")),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted') OR decided_at IS NOT NULL", name=op.f("cost_sheets_decided_check")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'accepted', 'superseded')",
            name=op.f("cost_sheets_state_known_check"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name=op.f("cost_sheets_decision_names_somebody_check")
        ),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (submitted_by IS NULL)", name=op.f("cost_sheets_submission_names_somebody_check")
        ),
        sa.CheckConstraint("candidates BETWEEN 1 AND 1000000", name=op.f("cost_sheets_candidates_in_range_check")),
        sa.CheckConstraint("cash_fen >= 0 AND in_kind_fen >= 0", name=op.f("cost_sheets_costs_not_negative_check")),
        sa.CheckConstraint("decided_by <> submitted_by", name=op.f("cost_sheets_decided_by_a_second_person_check")),
        sa.CheckConstraint("version >= 1", name=op.f("cost_sheets_version_counts_check")),
        sa.CheckConstraint("year BETWEEN 2019 AND 2100", name=op.f("cost_sheets_year_in_range_check")),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"], ["certificate_levels.id"], name=op.f("cost_sheets_certificate_level_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("cost_sheets_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("cost_sheets_institution_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("cost_sheets_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("cost_sheets_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "college_id",
            "certificate_level_id",
            "exam_form",
            "year",
            "version",
            name="cost_sheets_one_version_key",
        ),
    )
    op.create_index(
        "cost_sheets_one_accepted_key",
        "cost_sheets",
        ["institution_id", "college_id", "certificate_level_id", "exam_form", "year"],
        unique=True,
        postgresql_where=sa.text("state = 'accepted'"),
    )
    op.create_index(
        "cost_sheets_one_open_key",
        "cost_sheets",
        ["institution_id", "college_id", "certificate_level_id", "exam_form", "year"],
        unique=True,
        postgresql_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
    )
    op.create_index(op.f("cost_sheets_organisation_id_idx"), "cost_sheets", ["organisation_id"], unique=False)
    op.create_table(
        "cost_sheet_lines",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("cost_sheet_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("in_kind", sa.Text(), nullable=True),
        sa.Column("quantity_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("unit_cost_fen", sa.BigInteger(), nullable=False),
        sa.Column("spread_over", sa.BigInteger(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "element IN ('question_bank', 'paper_setting', 'printing', 'marking', 'certificate_printing', 'assessors', 'system_support', 'venue', 'administration', 'consumables')",
            name=op.f("cost_sheet_lines_element_known_check"),
        ),
        sa.CheckConstraint(
            "in_kind IN ('venue', 'equipment', 'staff')", name=op.f("cost_sheet_lines_in_kind_known_check")
        ),
        sa.CheckConstraint(
            "in_kind IS NULL OR payer IN ('institution', 'college')",
            name=op.f("cost_sheet_lines_in_kind_is_the_institutions_own_check"),
        ),
        sa.CheckConstraint(
            "payer IN ('institution', 'college', 'organisation', 'subsidy', 'student')",
            name=op.f("cost_sheet_lines_payer_known_check"),
        ),
        sa.CheckConstraint("position BETWEEN 1 AND 200", name=op.f("cost_sheet_lines_position_in_range_check")),
        sa.CheckConstraint(
            "quantity_hundredths BETWEEN 0 AND 99999999", name=op.f("cost_sheet_lines_quantity_in_range_check")
        ),
        sa.CheckConstraint("spread_over BETWEEN 1 AND 100000000", name=op.f("cost_sheet_lines_spread_in_range_check")),
        sa.CheckConstraint(
            "unit_cost_fen BETWEEN 0 AND 999999999", name=op.f("cost_sheet_lines_unit_cost_in_range_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "cost_sheet_id"],
            ["cost_sheets.institution_id", "cost_sheets.id"],
            name=op.f("cost_sheet_lines_institution_id_cost_sheet_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("cost_sheet_lines_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "cost_sheet_id",
            "position",
            name=op.f("cost_sheet_lines_institution_id_cost_sheet_id_position_key"),
        ),
    )
    op.add_column("fee_standards", sa.Column("side", sa.Text(), server_default="organisation", nullable=False))
    op.add_column("fee_standards", sa.Column("cost_sheet_id", sa.Uuid(), nullable=True))
    op.add_column("fee_standards", sa.Column("cost_fen", sa.BigInteger(), nullable=True))
    op.add_column("fee_standards", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("fee_standards", sa.Column("proposed_by", sa.Uuid(), nullable=True))
    op.add_column("fee_standards", sa.Column("agreed_by", sa.Uuid(), nullable=True))
    op.add_column("fee_standards", sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("fee_standards", sa.Column("approved_by", sa.Uuid(), nullable=True))
    op.add_column("fee_standards", sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("fee_standards", sa.Column("published_by", sa.Uuid(), nullable=True))
    op.add_column("fee_standards", sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("fee_standards", sa.Column("ended_on", sa.Date(), nullable=True))
    op.create_foreign_key(
        op.f("fee_standards_institution_id_cost_sheet_id_fkey"),
        "fee_standards",
        "cost_sheets",
        ["institution_id", "cost_sheet_id"],
        ["institution_id", "id"],
    )
    op.drop_constraint("fee_standards_no_overlap_excl", "fee_standards")
    op.drop_constraint(op.f("fee_standards_state_known_check"), "fee_standards", type_="check")
    for name, condition in CHECKS.items():
        op.create_check_constraint(op.f(f"fee_standards_{name}_check"), "fee_standards", condition)
    _exclude("fee_standards_no_overlap_excl", "least(effective_to, ended_on)", "published_at IS NOT NULL")
    _exclude("fee_standards_one_proposal_excl", "effective_to", "state IN ('proposed', 'agreed', 'approved')")


def _exclude(name: str, end: str, where: str) -> None:
    op.execute(
        f"ALTER TABLE fee_standards ADD CONSTRAINT {name} EXCLUDE USING gist (institution_id WITH =, "
        f"certificate_level_id WITH =, exam_form WITH =, daterange(effective_from, {end}) WITH &&) WHERE ({where})"
    )


def downgrade() -> None:
    op.drop_constraint("fee_standards_one_proposal_excl", "fee_standards")
    op.drop_constraint("fee_standards_no_overlap_excl", "fee_standards")
    for name in CHECKS:
        op.drop_constraint(op.f(f"fee_standards_{name}_check"), "fee_standards", type_="check")
    # What was refused or withdrawn, or ended before its time, claimed no period; the states of before say so as these.
    op.execute("UPDATE fee_standards SET state = 'superseded' WHERE state IN ('refused', 'withdrawn')")
    op.create_check_constraint(
        op.f("fee_standards_state_known_check"),
        "fee_standards",
        "state IN ('proposed', 'agreed', 'approved', 'published', 'suspended', 'superseded')",
    )
    _exclude("fee_standards_no_overlap_excl", "effective_to", "state NOT IN ('superseded', 'suspended')")
    op.drop_constraint(op.f("fee_standards_institution_id_cost_sheet_id_fkey"), "fee_standards", type_="foreignkey")
    op.drop_column("fee_standards", "ended_on")
    op.drop_column("fee_standards", "published_at")
    op.drop_column("fee_standards", "published_by")
    op.drop_column("fee_standards", "approved_at")
    op.drop_column("fee_standards", "approved_by")
    op.drop_column("fee_standards", "agreed_at")
    op.drop_column("fee_standards", "agreed_by")
    op.drop_column("fee_standards", "proposed_by")
    op.drop_column("fee_standards", "reason")
    op.drop_column("fee_standards", "cost_fen")
    op.drop_column("fee_standards", "cost_sheet_id")
    op.drop_column("fee_standards", "side")
    op.drop_table("cost_sheet_lines")
    op.drop_index(op.f("cost_sheets_organisation_id_idx"), table_name="cost_sheets")
    op.drop_index(
        "cost_sheets_one_open_key",
        table_name="cost_sheets",
        postgresql_where=sa.text("state IN ('draft', 'submitted', 'returned')"),
    )
    op.drop_index(
        "cost_sheets_one_accepted_key", table_name="cost_sheets", postgresql_where=sa.text("state = 'accepted'")
    )
    op.drop_table("cost_sheets")
    op.drop_table("cost_change_limits")
