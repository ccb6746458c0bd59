"""Let certificates live: numbers by pattern, other papers, links that show them; and open cases of correction."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_awards"
down_revision = "2026_11_28_results"
branch_labels = None
depends_on = None

# What a number is borne by: where several certificates of an organisation had one, the one that stands keeps it.
_FILL = """
INSERT INTO award_numbers (institution_id, organisation_id, number, award_id)
SELECT DISTINCT ON (award.institution_id, certificate.organisation_id, award.number) award.institution_id,
    certificate.organisation_id, award.number, award.id
FROM awards AS award
JOIN certificate_levels AS level ON level.id = award.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
ORDER BY award.institution_id, certificate.organisation_id, award.number, award.state = 'revoked', award.recorded_at
"""

_CHECKS = (
    ("print_state_known", "print_state IN ('to_print', 'printed', 'handed_over', 'collected', 'returned')"),
    ("copies_counted", "copies >= 0"),
)


def upgrade() -> None:
    op.create_table(
        "correction_counters",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cases", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cases > 0", name=op.f("correction_counters_counted_check")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("correction_counters_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "year", name=op.f("correction_counters_pkey")),
    )
    op.create_table(
        "number_clashes",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("institution_ids", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("number_clashes_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("number_clashes_pkey")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("number_clashes_organisation_id_number_key")),
    )
    op.create_table(
        "number_serials",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("stem", sa.Text(), nullable=False),
        sa.Column("last_serial", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("last_serial > 0", name=op.f("number_serials_last_serial_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("number_serials_institution_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("number_serials_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "organisation_id", "stem", name=op.f("number_serials_pkey")),
    )
    op.create_table(
        "number_patterns",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("version > 0", name=op.f("number_patterns_version_positive_check")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("number_patterns_certificate_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("number_patterns_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("number_patterns_pkey")),
        sa.UniqueConstraint(
            "organisation_id",
            "certificate_id",
            "version",
            name=op.f("number_patterns_organisation_id_certificate_id_version_key"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "award_numbers",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "award_id"],
            ["awards.institution_id", "awards.id"],
            name=op.f("award_numbers_institution_id_award_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("award_numbers_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "organisation_id", "number", name=op.f("award_numbers_pkey")),
    )
    op.create_table(
        "award_print_changes",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("copy_serial", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column(
            "leaf",
            sa.LargeBinary(),
            sa.Computed(
                "sha256('\\x00010000001361776172645f7072696e745f6368616e676573'::bytea || COALESCE('\\x01'::bytea || uuid_send(institution_id), '\\x00'::bytea) || COALESCE('\\x01'::bytea || uuid_send(id), '\\x00'::bytea) || COALESCE('\\x01'::bytea || uuid_send(award_id), '\\x00'::bytea) || COALESCE('\\x01'::bytea || int8send(copy_serial), '\\x00'::bytea) || COALESCE('\\x01'::bytea || int4send(octet_length(state)) || replace(state, '\\'::text, '\\\\'::text)::bytea, '\\x00'::bytea) || COALESCE('\\x01'::bytea || timestamptz_send(changed_at), '\\x00'::bytea) || COALESCE('\\x01'::bytea || uuid_send(actor_id), '\\x00'::bytea) || COALESCE('\\x01'::bytea || timestamptz_send(recorded_at), '\\x00'::bytea))",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state IN ('to_print', 'printed', 'handed_over', 'collected', 'returned')",
            name=op.f("award_print_changes_state_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "award_id"],
            ["awards.institution_id", "awards.id"],
            name=op.f("award_print_changes_institution_id_award_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("award_print_changes_pkey")),
    )
    op.create_index(
        op.f("award_print_changes_institution_id_award_id_idx"),
        "award_print_changes",
        ["institution_id", "award_id"],
        unique=False,
    )
    op.create_index(
        op.f("award_print_changes_institution_id_recorded_at_idx"),
        "award_print_changes",
        ["institution_id", "recorded_at"],
        unique=False,
    )
    op.create_table(
        "award_reissues",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("holder_name", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column(
            "proposed_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(ground = 'name_corrected') = (holder_name IS NOT NULL)",
            name=op.f("award_reissues_correction_has_a_name_check"),
        ),
        sa.CheckConstraint(
            "(state <> 'proposed') = (decided_by IS NOT NULL) AND (decided_by IS NULL) = (decided_at IS NULL)",
            name=op.f("award_reissues_decision_whole_check"),
        ),
        sa.CheckConstraint(
            "ground IN ('lost', 'damaged', 'name_corrected')", name=op.f("award_reissues_ground_known_check")
        ),
        sa.CheckConstraint(
            "state <> 'issued' OR decided_by <> proposed_by", name=op.f("award_reissues_issued_by_a_second_check")
        ),
        sa.CheckConstraint("state IN ('proposed', 'issued', 'refused')", name=op.f("award_reissues_state_known_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "award_id"],
            ["awards.institution_id", "awards.id"],
            name=op.f("award_reissues_institution_id_award_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("award_reissues_pkey")),
    )
    op.create_index(
        "award_reissues_one_open_key",
        "award_reissues",
        ["institution_id", "award_id"],
        unique=True,
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "award_shares",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("fields", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("views_max", sa.BigInteger(), nullable=True),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > created_at", name=op.f("award_shares_lasts_check")),
        sa.CheckConstraint("views_max > 0", name=op.f("award_shares_views_counted_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "award_id"],
            ["awards.institution_id", "awards.id"],
            name=op.f("award_shares_institution_id_award_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("award_shares_institution_id_student_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("award_shares_pkey")),
        sa.UniqueConstraint("institution_id", "token_hash", name=op.f("award_shares_institution_id_token_hash_key")),
    )
    op.create_index(
        op.f("award_shares_institution_id_award_id_idx"), "award_shares", ["institution_id", "award_id"], unique=False
    )
    op.create_table(
        "award_copies",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("reissue_id", sa.Uuid(), nullable=False),
        sa.Column("holder_name", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("verification_code", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column(
            "leaf",
            sa.LargeBinary(),
            sa.Computed(
                "sha256('\\x00010000000c61776172645f636f70696573'::bytea || COALESCE('\\x01'::bytea || uuid_send(institution_id), '\\x00'::bytea) || COALESCE('\\x01'::bytea || uuid_send(id), '\\x00'::bytea) || COALESCE('\\x01'::bytea || uuid_send(award_id), '\\x00'::bytea) || COALESCE('\\x01'::bytea || int8send(serial), '\\x00'::bytea) || COALESCE('\\x01'::bytea || uuid_send(reissue_id), '\\x00'::bytea) || COALESCE('\\x01'::bytea || int4send(octet_length(holder_name)) || replace(holder_name, '\\'::text, '\\\\'::text)::bytea, '\\x00'::bytea) || COALESCE('\\x01'::bytea || int4send(octet_length(number)) || replace(number, '\\'::text, '\\\\'::text)::bytea, '\\x00'::bytea) || COALESCE('\\x01'::bytea || int4send(octet_length(verification_code)) || replace(verification_code, '\\'::text, '\\\\'::text)::bytea, '\\x00'::bytea) || COALESCE('\\x01'::bytea || timestamptz_send(issued_at), '\\x00'::bytea) || COALESCE('\\x01'::bytea || uuid_send(actor_id), '\\x00'::bytea) || COALESCE('\\x01'::bytea || timestamptz_send(recorded_at), '\\x00'::bytea))",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("serial > 0", name=op.f("award_copies_serial_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "award_id"],
            ["awards.institution_id", "awards.id"],
            name=op.f("award_copies_institution_id_award_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "reissue_id"],
            ["award_reissues.institution_id", "award_reissues.id"],
            name=op.f("award_copies_institution_id_reissue_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("award_copies_pkey")),
        sa.UniqueConstraint(
            "institution_id", "award_id", "serial", name=op.f("award_copies_institution_id_award_id_serial_key")
        ),
        sa.UniqueConstraint(
            "institution_id", "verification_code", name=op.f("award_copies_institution_id_verification_code_key")
        ),
    )
    op.create_index(
        op.f("award_copies_institution_id_recorded_at_idx"),
        "award_copies",
        ["institution_id", "recorded_at"],
        unique=False,
    )
    op.create_table(
        "award_share_views",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("share_id", sa.Uuid(), nullable=False),
        sa.Column("client_kind", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.CheckConstraint(
            "client_kind IN ('phone', 'computer', 'program')", name=op.f("award_share_views_client_kind_known_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "share_id"],
            ["award_shares.institution_id", "award_shares.id"],
            name=op.f("award_share_views_institution_id_share_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("award_share_views_pkey")),
    )
    op.create_index(
        op.f("award_share_views_institution_id_share_id_idx"),
        "award_share_views",
        ["institution_id", "share_id"],
        unique=False,
    )
    op.create_table(
        "correction_cases",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("award_id", sa.Uuid(), nullable=True),
        sa.Column("result_id", sa.Uuid(), nullable=True),
        sa.Column("corrected_result_id", sa.Uuid(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("certificate_number", sa.Text(), nullable=True),
        sa.Column("preview", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("correction_cases_decision_has_an_instant_check")
        ),
        sa.CheckConstraint(
            "kind <> 'award_issued' OR registration_id IS NOT NULL",
            name=op.f("correction_cases_issue_has_a_registration_check"),
        ),
        sa.CheckConstraint(
            "kind <> 'award_revoked' OR award_id IS NOT NULL",
            name=op.f("correction_cases_revocation_has_an_award_check"),
        ),
        sa.CheckConstraint(
            "kind IN ('result_corrected', 'objection_upheld', 'award_revoked', 'award_issued')",
            name=op.f("correction_cases_kind_known_check"),
        ),
        sa.CheckConstraint(
            "proposed_by IS NOT NULL OR state = 'done'", name=op.f("correction_cases_a_push_waits_for_nobody_check")
        ),
        sa.CheckConstraint(
            "state <> 'done' OR decided_by <> proposed_by", name=op.f("correction_cases_done_by_a_second_check")
        ),
        sa.CheckConstraint("state IN ('proposed', 'done', 'refused')", name=op.f("correction_cases_state_known_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "award_id"],
            ["awards.institution_id", "awards.id"],
            name=op.f("correction_cases_institution_id_award_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "batch_id"],
            ["result_batches.institution_id", "result_batches.id"],
            name=op.f("correction_cases_institution_id_batch_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrected_result_id"],
            ["results.institution_id", "results.id"],
            name=op.f("correction_cases_institution_id_corrected_result_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "registration_id"],
            ["registrations.institution_id", "registrations.id"],
            name=op.f("correction_cases_institution_id_registration_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "result_id"],
            ["results.institution_id", "results.id"],
            name=op.f("correction_cases_institution_id_result_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("correction_cases_institution_id_student_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("correction_cases_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("correction_cases_pkey")),
        sa.UniqueConstraint("institution_id", "number", name=op.f("correction_cases_institution_id_number_key")),
        sa.UniqueConstraint("institution_id", "result_id", name=op.f("correction_cases_institution_id_result_id_key")),
    )
    op.create_index(
        op.f("correction_cases_institution_id_student_id_idx"),
        "correction_cases",
        ["institution_id", "student_id"],
        unique=False,
    )
    op.create_index(
        "correction_cases_one_open_of_a_registration_key",
        "correction_cases",
        ["institution_id", "registration_id"],
        unique=True,
        postgresql_where=sa.text("state = 'proposed' AND kind = 'award_issued'"),
    )
    op.create_index(
        "correction_cases_one_open_of_an_award_key",
        "correction_cases",
        ["institution_id", "award_id"],
        unique=True,
        postgresql_where=sa.text("state = 'proposed' AND award_id IS NOT NULL"),
    )
    op.create_table(
        "correction_steps",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("object_kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("before", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("after", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "kind IN ('result_changed', 'award_revoked', 'award_issued', 'credits_reversed', 'credits_posted', 'conversion_lapsed', 'conversion_flagged', 'conversion_unwound', 'parties_told')",
            name=op.f("correction_steps_kind_known_check"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("correction_steps_number_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "case_id"],
            ["correction_cases.institution_id", "correction_cases.id"],
            name=op.f("correction_steps_institution_id_case_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "case_id", "number", name=op.f("correction_steps_pkey")),
    )
    op.add_column("awards", sa.Column("print_state", sa.Text(), server_default="to_print", nullable=False))
    op.add_column("awards", sa.Column("copies", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.drop_index(op.f("awards_number_key"), table_name="awards", postgresql_where="(state <> 'revoked'::text)")
    for name, condition in _CHECKS:
        op.create_check_constraint(op.f(f"awards_{name}_check"), "awards", condition)
    op.execute(_FILL)


def downgrade() -> None:
    for name, _ in _CHECKS:
        op.drop_constraint(op.f(f"awards_{name}_check"), "awards")
    op.create_index(
        op.f("awards_number_key"),
        "awards",
        ["institution_id", "certificate_level_id", "number"],
        unique=True,
        postgresql_where="(state <> 'revoked'::text)",
    )
    op.drop_column("awards", "copies")
    op.drop_column("awards", "print_state")
    op.drop_table("correction_steps")
    op.drop_index(
        "correction_cases_one_open_of_an_award_key",
        table_name="correction_cases",
        postgresql_where=sa.text("state = 'proposed' AND award_id IS NOT NULL"),
    )
    op.drop_index(
        "correction_cases_one_open_of_a_registration_key",
        table_name="correction_cases",
        postgresql_where=sa.text("state = 'proposed' AND kind = 'award_issued'"),
    )
    op.drop_index(op.f("correction_cases_institution_id_student_id_idx"), table_name="correction_cases")
    op.drop_table("correction_cases")
    op.drop_index(op.f("award_share_views_institution_id_share_id_idx"), table_name="award_share_views")
    op.drop_table("award_share_views")
    op.drop_index(op.f("award_copies_institution_id_recorded_at_idx"), table_name="award_copies")
    op.drop_table("award_copies")
    op.drop_index(op.f("award_shares_institution_id_award_id_idx"), table_name="award_shares")
    op.drop_table("award_shares")
    op.drop_index(
        "award_reissues_one_open_key", table_name="award_reissues", postgresql_where=sa.text("state = 'proposed'")
    )
    op.drop_table("award_reissues")
    op.drop_index(op.f("award_print_changes_institution_id_recorded_at_idx"), table_name="award_print_changes")
    op.drop_index(op.f("award_print_changes_institution_id_award_id_idx"), table_name="award_print_changes")
    op.drop_table("award_print_changes")
    op.drop_table("award_numbers")
    op.drop_table("number_patterns")
    op.drop_table("number_serials")
    op.drop_table("number_clashes")
    op.drop_table("correction_counters")
