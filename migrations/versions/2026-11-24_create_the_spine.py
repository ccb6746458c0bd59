"""Create the spine: identity, register, ledger, catalogue, rules, awards, fees, credits, exams, audit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_24_spine"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Equality inside exclusion constraints, and catalogue search by part of a name.
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.create_table(
        "fee_ceilings",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("exam_form", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("issuing_body", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        postgresql.ExcludeConstraint(
            (sa.column("exam_form"), "="),
            (sa.text("coalesce(level, '')"), "="),
            (sa.text("coalesce(category, '')"), "="),
            (sa.text("daterange(effective_from, effective_to)"), "&&"),
            using="gist",
            name="fee_ceilings_no_overlap_excl",
        ),
        sa.CheckConstraint(
            "exam_form IN ('paper', 'computer', 'ordinary_practical', 'special_practical')",
            name=op.f("fee_ceilings_exam_form_known_check"),
        ),
        sa.CheckConstraint("level IN ('1', '2', '3')", name=op.f("fee_ceilings_level_known_check")),
        sa.CheckConstraint("amount_fen > 0", name=op.f("fee_ceilings_amount_positive_check")),
        sa.CheckConstraint(
            "category IS NULL OR level IS NOT NULL", name=op.f("fee_ceilings_category_within_a_level_check")
        ),
        sa.CheckConstraint("effective_to > effective_from", name=op.f("fee_ceilings_dates_in_order_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("fee_ceilings_pkey")),
        sa.UniqueConstraint("id", "amount_fen", name=op.f("fee_ceilings_id_amount_fen_key")),
    )
    op.create_table(
        "institutions",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("is_test", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("code ~ '^[0-9]{10}$'", name=op.f("institutions_code_digits_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("institutions_pkey")),
        sa.UniqueConstraint("code", name=op.f("institutions_code_key")),
    )
    op.create_table(
        "organisations",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("organisations_pkey")),
        sa.UniqueConstraint("name", name=op.f("organisations_name_key")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("people_pkey")),
        sa.UniqueConstraint("username", name=op.f("people_username_key")),
    )
    op.create_table(
        "platform_audit_events",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("object_kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("platform_audit_events_pkey")),
    )
    op.create_index(
        op.f("platform_audit_events_object_kind_object_id_idx"),
        "platform_audit_events",
        ["object_kind", "object_id"],
        unique=False,
    )
    op.create_table(
        "audit_events",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("object_kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("audit_events_institution_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("audit_events_pkey")),
    )
    op.create_index(
        op.f("audit_events_institution_id_object_kind_object_id_idx"),
        "audit_events",
        ["institution_id", "object_kind", "object_id"],
        unique=False,
    )
    op.create_table(
        "certificates",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("certificates_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("certificates_pkey")),
        sa.UniqueConstraint("organisation_id", "name", name=op.f("certificates_organisation_id_name_key")),
    )
    op.create_index(
        op.f("certificates_name_idx"),
        "certificates",
        ["name"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"name": "gin_trgm_ops"},
    )
    op.create_table(
        "colleges",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("colleges_institution_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("colleges_pkey")),
        sa.UniqueConstraint("institution_id", "code", name=op.f("colleges_institution_id_code_key")),
    )
    op.create_table(
        "exam_plans",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("registration_opens_on", sa.Date(), nullable=False),
        sa.Column("registration_closes_on", sa.Date(), nullable=False),
        sa.Column("exam_on", sa.Date(), nullable=False),
        sa.Column("objections_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_serial", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("exam_on >= registration_closes_on", name=op.f("exam_plans_exam_after_registration_check")),
        sa.CheckConstraint("last_serial >= 0", name=op.f("exam_plans_last_serial_not_negative_check")),
        sa.CheckConstraint(
            "registration_closes_on >= registration_opens_on", name=op.f("exam_plans_registration_in_order_check")
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("exam_plans_institution_id_fkey")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("exam_plans_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("exam_plans_pkey")),
        sa.UniqueConstraint(
            "institution_id", "organisation_id", "code", name=op.f("exam_plans_institution_id_organisation_id_code_key")
        ),
    )
    op.create_index(op.f("exam_plans_organisation_id_idx"), "exam_plans", ["organisation_id"], unique=False)
    op.create_table(
        "idempotency_keys",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("caller_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.BigInteger(), nullable=True),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("idempotency_keys_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "caller_id", "method", "path", "key", name=op.f("idempotency_keys_pkey")
        ),
    )
    op.create_table(
        "identity_documents",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sealed_number", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("lookup_hash", sa.LargeBinary(), nullable=False),
        sa.Column("masked_number", sa.Text(), nullable=False),
        sa.CheckConstraint("octet_length(lookup_hash) = 32", name=op.f("identity_documents_lookup_hash_size_check")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("identity_documents_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("identity_documents_pkey")),
        sa.UniqueConstraint(
            "institution_id", "lookup_hash", name=op.f("identity_documents_institution_id_lookup_hash_key")
        ),
    )
    op.create_table(
        "journal_entries",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_kind", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("occasion", sa.BigInteger(), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "reverses_id"],
            ["journal_entries.institution_id", "journal_entries.id"],
            name=op.f("journal_entries_institution_id_reverses_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("journal_entries_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("journal_entries_pkey")),
        sa.UniqueConstraint(
            "institution_id", "reverses_id", name=op.f("journal_entries_institution_id_reverses_id_key")
        ),
        sa.UniqueConstraint(
            "institution_id",
            "source_id",
            "kind",
            "occasion",
            name=op.f("journal_entries_institution_id_source_id_kind_occasion_key"),
        ),
    )
    op.create_table(
        "ledger_accounts",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("is_limited", sa.Boolean(), nullable=False),
        sa.CheckConstraint("unit IN ('credit', 'cny')", name=op.f("ledger_accounts_unit_known_check")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("ledger_accounts_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("ledger_accounts_pkey")),
        sa.UniqueConstraint("institution_id", "id", "unit", name=op.f("ledger_accounts_institution_id_id_unit_key")),
    )
    op.create_index(
        "ledger_accounts_institution_side_key",
        "ledger_accounts",
        ["institution_id", "kind", "unit"],
        unique=True,
        postgresql_where=sa.text("NOT is_limited"),
    )
    op.create_table(
        "machine_clients",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("machine_clients_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("machine_clients_pkey")),
        sa.UniqueConstraint("client_id", name=op.f("machine_clients_client_id_key")),
    )
    op.create_table(
        "platform_roles",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(role = 'org_staff') = (organisation_id IS NOT NULL)",
            name=op.f("platform_roles_organisation_for_its_staff_check"),
        ),
        sa.CheckConstraint(
            "role IN ('operator', 'security_admin', 'auditor', 'org_staff')",
            name=op.f("platform_roles_role_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("platform_roles_organisation_id_fkey")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("platform_roles_person_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("platform_roles_pkey")),
        sa.UniqueConstraint(
            "person_id",
            "role",
            "organisation_id",
            name=op.f("platform_roles_person_id_role_organisation_id_key"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(
        "platform_roles_powers_apart_key",
        "platform_roles",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("role IN ('operator', 'security_admin', 'auditor')"),
    )
    op.create_table(
        "admissions",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("admitted_on", sa.Date(), nullable=False),
        sa.Column("exited_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(status = 'exited') = (exited_on IS NOT NULL)", name=op.f("admissions_exit_has_a_date_check")
        ),
        sa.CheckConstraint("status IN ('admitted', 'exited')", name=op.f("admissions_status_known_check")),
        sa.CheckConstraint("exited_on >= admitted_on", name=op.f("admissions_exit_after_admission_check")),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificates.id"], name=op.f("admissions_certificate_id_fkey")),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("admissions_institution_id_college_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("admissions_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "college_id",
            "certificate_id",
            name=op.f("admissions_institution_id_college_id_certificate_id_key"),
        ),
    )
    op.create_table(
        "certificate_levels",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.CheckConstraint("level IN ('1', '2', '3')", name=op.f("certificate_levels_level_known_check")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("certificate_levels_certificate_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("certificate_levels_pkey")),
        sa.UniqueConstraint("certificate_id", "level", name=op.f("certificate_levels_certificate_id_level_key")),
    )
    op.create_table(
        "ledger_balances",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("posted", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("pending_in", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("held_out", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("seq", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("posted - held_out >= 0", name=op.f("ledger_balances_available_not_negative_check")),
        sa.CheckConstraint(
            "posted >= 0 AND pending_in >= 0 AND held_out >= 0", name=op.f("ledger_balances_parts_not_negative_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "account_id"],
            ["ledger_accounts.institution_id", "ledger_accounts.id"],
            name=op.f("ledger_balances_institution_id_account_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "account_id", name=op.f("ledger_balances_pkey")),
    )
    op.create_table(
        "programmes",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_pilot", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_showcase", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("code ~ '^[0-9]{6}[TK]?$'", name=op.f("programmes_code_digits_check")),
        sa.CheckConstraint("is_pilot OR NOT is_showcase", name=op.f("programmes_showcase_is_pilot_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("programmes_institution_id_college_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("programmes_pkey")),
        sa.UniqueConstraint("institution_id", "code", name=op.f("programmes_institution_id_code_key")),
    )
    op.create_index(
        op.f("programmes_institution_id_college_id_idx"), "programmes", ["institution_id", "college_id"], unique=False
    )
    op.create_table(
        "result_batches",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("exam_plan_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("caller_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("row_count", sa.BigInteger(), nullable=False),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "received_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "exam_plan_id"],
            ["exam_plans.institution_id", "exam_plans.id"],
            name=op.f("result_batches_institution_id_exam_plan_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("result_batches_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("result_batches_pkey")),
    )
    op.create_index(op.f("result_batches_id_idx"), "result_batches", ["id"], unique=False)
    op.create_index(
        op.f("result_batches_institution_id_exam_plan_id_idx"),
        "result_batches",
        ["institution_id", "exam_plan_id"],
        unique=False,
    )
    op.create_table(
        "transfers",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("debit_account_id", sa.Uuid(), nullable=False),
        sa.Column("credit_account_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("resolves_id", sa.Uuid(), nullable=True),
        sa.Column("debit_seq", sa.BigInteger(), nullable=True),
        sa.Column("debit_available", sa.BigInteger(), nullable=True),
        sa.Column("credit_seq", sa.BigInteger(), nullable=True),
        sa.Column("credit_available", sa.BigInteger(), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "(phase IN ('post', 'void')) = (resolves_id IS NOT NULL)", name=op.f("transfers_resolves_pending_check")
        ),
        sa.CheckConstraint("phase IN ('single', 'pending', 'post', 'void')", name=op.f("transfers_phase_known_check")),
        sa.CheckConstraint(
            "(credit_seq IS NULL) = (credit_available IS NULL)", name=op.f("transfers_credit_side_whole_check")
        ),
        sa.CheckConstraint(
            "(debit_seq IS NULL) = (debit_available IS NULL)", name=op.f("transfers_debit_side_whole_check")
        ),
        sa.CheckConstraint("amount BETWEEN 1 AND 1000000000000", name=op.f("transfers_amount_positive_check")),
        sa.CheckConstraint("credit_available >= 0", name=op.f("transfers_credit_available_not_negative_check")),
        sa.CheckConstraint("debit_account_id <> credit_account_id", name=op.f("transfers_two_accounts_check")),
        sa.CheckConstraint("debit_available >= 0", name=op.f("transfers_debit_available_not_negative_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "credit_account_id", "unit"],
            ["ledger_accounts.institution_id", "ledger_accounts.id", "ledger_accounts.unit"],
            name=op.f("transfers_institution_id_credit_account_id_unit_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "debit_account_id", "unit"],
            ["ledger_accounts.institution_id", "ledger_accounts.id", "ledger_accounts.unit"],
            name=op.f("transfers_institution_id_debit_account_id_unit_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "entry_id"],
            ["journal_entries.institution_id", "journal_entries.id"],
            name=op.f("transfers_institution_id_entry_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "resolves_id"],
            ["transfers.institution_id", "transfers.id"],
            name=op.f("transfers_institution_id_resolves_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("transfers_pkey")),
    )
    op.create_index(
        "transfers_credit_seq_key",
        "transfers",
        ["institution_id", "credit_account_id", "credit_seq"],
        unique=True,
        postgresql_where=sa.text("credit_seq IS NOT NULL"),
    )
    op.create_index(
        "transfers_debit_seq_key",
        "transfers",
        ["institution_id", "debit_account_id", "debit_seq"],
        unique=True,
        postgresql_where=sa.text("debit_seq IS NOT NULL"),
    )
    op.create_index(
        op.f("transfers_institution_id_entry_id_idx"), "transfers", ["institution_id", "entry_id"], unique=False
    )
    op.create_index(
        "transfers_resolves_key",
        "transfers",
        ["institution_id", "resolves_id"],
        unique=True,
        postgresql_where=sa.text("resolves_id IS NOT NULL"),
    )
    op.create_table(
        "assessment_schemes",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("combination", sa.Text(), nullable=False),
        sa.Column("exam_form", sa.Text(), nullable=False),
        sa.Column("pass_mark_hundredths", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(combination = 'weighted_sum') = (pass_mark_hundredths IS NOT NULL)",
            name=op.f("assessment_schemes_pass_mark_for_a_sum_check"),
        ),
        sa.CheckConstraint(
            "combination IN ('weighted_sum', 'every_component')",
            name=op.f("assessment_schemes_combination_known_check"),
        ),
        sa.CheckConstraint(
            "exam_form IN ('paper', 'computer', 'ordinary_practical', 'special_practical')",
            name=op.f("assessment_schemes_exam_form_known_check"),
        ),
        sa.CheckConstraint(
            "pass_mark_hundredths BETWEEN 0 AND 10000", name=op.f("assessment_schemes_pass_mark_in_range_check")
        ),
        sa.CheckConstraint("version > 0", name=op.f("assessment_schemes_version_positive_check")),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"],
            ["certificate_levels.id"],
            name=op.f("assessment_schemes_certificate_level_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("assessment_schemes_pkey")),
        sa.UniqueConstraint(
            "certificate_level_id", "version", name=op.f("assessment_schemes_certificate_level_id_version_key")
        ),
    )
    op.create_table(
        "courses",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("credit_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("hours", sa.BigInteger(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("is_compulsory", sa.Boolean(), nullable=False),
        sa.CheckConstraint("category IN ('foundation', 'core', 'elective')", name=op.f("courses_category_known_check")),
        sa.CheckConstraint("credit_hundredths > 0", name=op.f("courses_credit_positive_check")),
        sa.CheckConstraint("hours > 0", name=op.f("courses_hours_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "programme_id"],
            ["programmes.institution_id", "programmes.id"],
            name=op.f("courses_institution_id_programme_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("courses_pkey")),
        sa.UniqueConstraint(
            "institution_id", "programme_id", "code", name=op.f("courses_institution_id_programme_id_code_key")
        ),
    )
    op.create_table(
        "credit_limits",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=True),
        sa.Column("credit_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("code"), "="),
            (sa.text("coalesce(certificate_level_id, '00000000-0000-0000-0000-000000000000')"), "="),
            (sa.text("daterange(effective_from, effective_to)"), "&&"),
            using="gist",
            name="credit_limits_one_in_force_excl",
        ),
        sa.CheckConstraint("code IN ('per_certificate', 'credit_bank')", name=op.f("credit_limits_code_known_check")),
        sa.CheckConstraint("credit_hundredths >= 0", name=op.f("credit_limits_credit_not_negative_check")),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"], ["certificate_levels.id"], name=op.f("credit_limits_certificate_level_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("credit_limits_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("credit_limits_pkey")),
    )
    op.create_table(
        "fee_standards",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=False),
        sa.Column("exam_form", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=True),
        sa.Column("fee_fen", sa.BigInteger(), nullable=False),
        sa.Column("ceiling_id", sa.Uuid(), nullable=False),
        sa.Column("ceiling_fen", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), server_default="proposed", nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("certificate_level_id"), "="),
            (sa.column("exam_form"), "="),
            (sa.text("daterange(effective_from, effective_to)"), "&&"),
            where=sa.text("state NOT IN ('superseded', 'suspended')"),
            using="gist",
            name="fee_standards_no_overlap_excl",
        ),
        sa.CheckConstraint(
            "exam_form IN ('paper', 'computer', 'ordinary_practical', 'special_practical')",
            name=op.f("fee_standards_exam_form_known_check"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'agreed', 'approved', 'published', 'suspended', 'superseded')",
            name=op.f("fee_standards_state_known_check"),
        ),
        sa.CheckConstraint("effective_to > effective_from", name=op.f("fee_standards_dates_in_order_check")),
        sa.CheckConstraint("fee_fen <= ceiling_fen", name=op.f("fee_standards_fee_within_ceiling_check")),
        sa.CheckConstraint("fee_fen > 0", name=op.f("fee_standards_fee_positive_check")),
        sa.ForeignKeyConstraint(
            ["ceiling_id", "ceiling_fen"],
            ["fee_ceilings.id", "fee_ceilings.amount_fen"],
            name=op.f("fee_standards_ceiling_id_ceiling_fen_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"], ["certificate_levels.id"], name=op.f("fee_standards_certificate_level_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fee_standards_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("fee_standards_pkey")),
    )
    op.create_table(
        "mappings",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("entry_year_from", sa.BigInteger(), nullable=False),
        sa.Column("entry_year_to", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("college_agreed_hash", sa.Text(), nullable=True),
        sa.Column("organisation_agreed_hash", sa.Text(), nullable=True),
        sa.Column("filing_number", sa.Text(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("programme_id"), "="),
            (sa.column("certificate_level_id"), "="),
            (sa.column("direction"), "="),
            (sa.text("int8range(entry_year_from, entry_year_to, '[]')"), "&&"),
            (sa.text("daterange(effective_from, effective_to)"), "&&"),
            where=sa.text("state IN ('published', 'superseded')"),
            using="gist",
            name="mappings_one_rule_in_force_excl",
        ),
        sa.CheckConstraint(
            "direction IN ('certificate_to_course', 'course_to_assessment')",
            name=op.f("mappings_direction_known_check"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'agreed', 'approved', 'filed', 'published', 'superseded', 'withdrawn')",
            name=op.f("mappings_state_known_check"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('published', 'superseded') OR (effective_from IS NOT NULL AND filing_number IS NOT NULL AND college_agreed_hash = content_hash AND organisation_agreed_hash = content_hash)",
            name=op.f("mappings_published_has_all_it_needs_check"),
        ),
        sa.CheckConstraint("effective_to > effective_from", name=op.f("mappings_dates_in_order_check")),
        sa.CheckConstraint("entry_year_from <= entry_year_to", name=op.f("mappings_entry_years_in_order_check")),
        sa.CheckConstraint("version > 0", name=op.f("mappings_version_positive_check")),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"], ["certificate_levels.id"], name=op.f("mappings_certificate_level_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "programme_id"],
            ["programmes.institution_id", "programmes.id"],
            name=op.f("mappings_institution_id_programme_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("mappings_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "programme_id",
            "certificate_level_id",
            "direction",
            "version",
            name=op.f("mappings_institution_id_programme_id_certificate_level_id_direction_version_key"),
        ),
    )
    op.create_table(
        "result_rows",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("org_result_id", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("result_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(outcome IN ('rejected', 'quarantined')) = (code IS NOT NULL)",
            name=op.f("result_rows_refusal_has_a_code_check"),
        ),
        sa.CheckConstraint(
            "outcome IN ('accepted', 'unchanged', 'corrected', 'quarantined', 'rejected')",
            name=op.f("result_rows_outcome_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "batch_id"],
            ["result_batches.institution_id", "result_batches.id"],
            name=op.f("result_rows_institution_id_batch_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "batch_id", "row_number", name=op.f("result_rows_pkey")),
    )
    op.create_table(
        "students",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("student_number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("identity_document_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("class_name", sa.Text(), nullable=False),
        sa.Column("entry_year", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), server_default="enrolled", nullable=False),
        sa.CheckConstraint(
            "status IN ('enrolled', 'suspended', 'graduated', 'left')", name=op.f("students_status_known_check")
        ),
        sa.CheckConstraint("entry_year BETWEEN 1990 AND 2100", name=op.f("students_entry_year_plausible_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "identity_document_id"],
            ["identity_documents.institution_id", "identity_documents.id"],
            name=op.f("students_institution_id_identity_document_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "programme_id"],
            ["programmes.institution_id", "programmes.id"],
            name=op.f("students_institution_id_programme_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("students_pkey")),
        sa.UniqueConstraint(
            "institution_id", "identity_document_id", name=op.f("students_institution_id_identity_document_id_key")
        ),
        sa.UniqueConstraint(
            "institution_id", "student_number", name=op.f("students_institution_id_student_number_key")
        ),
    )
    op.create_index(
        op.f("students_institution_id_programme_id_entry_year_idx"),
        "students",
        ["institution_id", "programme_id", "entry_year"],
        unique=False,
    )
    op.create_table(
        "assessment_components",
        sa.Column("scheme_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("weight_percent", sa.BigInteger(), nullable=False),
        sa.Column("full_mark_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("pass_mark_hundredths", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("full_mark_hundredths > 0", name=op.f("assessment_components_full_mark_positive_check")),
        sa.CheckConstraint(
            "pass_mark_hundredths BETWEEN 0 AND full_mark_hundredths",
            name=op.f("assessment_components_pass_mark_in_range_check"),
        ),
        sa.CheckConstraint(
            "weight_percent BETWEEN 0 AND 100", name=op.f("assessment_components_weight_in_range_check")
        ),
        sa.ForeignKeyConstraint(
            ["scheme_id"], ["assessment_schemes.id"], name=op.f("assessment_components_scheme_id_fkey")
        ),
        sa.PrimaryKeyConstraint("scheme_id", "code", name=op.f("assessment_components_pkey")),
    )
    op.create_table(
        "awards",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("identity_document_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("holder_name", sa.Text(), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("verification_code", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), server_default="valid", nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "(state = 'revoked') = (revoked_at IS NOT NULL)", name=op.f("awards_revocation_has_an_instant_check")
        ),
        sa.CheckConstraint("state IN ('valid', 'suspended', 'revoked')", name=op.f("awards_state_known_check")),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoked_reason IS NULL)", name=op.f("awards_revocation_has_a_reason_check")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"], ["certificate_levels.id"], name=op.f("awards_certificate_level_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "identity_document_id"],
            ["identity_documents.institution_id", "identity_documents.id"],
            name=op.f("awards_institution_id_identity_document_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("awards_institution_id_student_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("awards_pkey")),
        sa.UniqueConstraint(
            "institution_id", "verification_code", name=op.f("awards_institution_id_verification_code_key")
        ),
    )
    op.create_index(
        op.f("awards_institution_id_student_id_idx"), "awards", ["institution_id", "student_id"], unique=False
    )
    op.create_index(
        "awards_number_key",
        "awards",
        ["institution_id", "certificate_level_id", "number"],
        unique=True,
        postgresql_where=sa.text("state <> 'revoked'"),
    )
    op.create_index(
        "awards_one_per_person_and_level_key",
        "awards",
        ["institution_id", "identity_document_id", "certificate_level_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'revoked'"),
    )
    op.create_table(
        "candidates",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("identity_document_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "identity_document_id"],
            ["identity_documents.institution_id", "identity_documents.id"],
            name=op.f("candidates_institution_id_identity_document_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("candidates_institution_id_student_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("candidates_pkey")),
        sa.UniqueConstraint(
            "institution_id", "identity_document_id", name=op.f("candidates_institution_id_identity_document_id_key")
        ),
    )
    op.create_index(
        "candidates_student_key",
        "candidates",
        ["institution_id", "student_id"],
        unique=True,
        postgresql_where=sa.text("student_id IS NOT NULL"),
    )
    op.create_table(
        "credit_accounts",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("ledger_account_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), server_default="active", nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("credit_accounts_closing_has_an_instant_check")
        ),
        sa.CheckConstraint("state IN ('active', 'frozen', 'closed')", name=op.f("credit_accounts_state_known_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "ledger_account_id"],
            ["ledger_accounts.institution_id", "ledger_accounts.id"],
            name=op.f("credit_accounts_institution_id_ledger_account_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("credit_accounts_institution_id_student_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("credit_accounts_pkey")),
        sa.UniqueConstraint(
            "institution_id", "ledger_account_id", name=op.f("credit_accounts_institution_id_ledger_account_id_key")
        ),
    )
    op.create_index(
        "credit_accounts_one_open_per_student_key",
        "credit_accounts",
        ["institution_id", "student_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.create_table(
        "exam_plan_levels",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("exam_plan_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=False),
        sa.Column("scheme_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"], ["certificate_levels.id"], name=op.f("exam_plan_levels_certificate_level_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "exam_plan_id"],
            ["exam_plans.institution_id", "exam_plans.id"],
            name=op.f("exam_plan_levels_institution_id_exam_plan_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["scheme_id"], ["assessment_schemes.id"], name=op.f("exam_plan_levels_scheme_id_fkey")),
        sa.PrimaryKeyConstraint(
            "institution_id", "exam_plan_id", "certificate_level_id", name=op.f("exam_plan_levels_pkey")
        ),
    )
    op.create_table(
        "mapping_courses",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("mapping_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("credit_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.CheckConstraint("credit_hundredths > 0", name=op.f("mapping_courses_credit_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "course_id"],
            ["courses.institution_id", "courses.id"],
            name=op.f("mapping_courses_institution_id_course_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "mapping_id"],
            ["mappings.institution_id", "mappings.id"],
            name=op.f("mapping_courses_institution_id_mapping_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "mapping_id", "course_id", name=op.f("mapping_courses_pkey")),
    )
    op.create_table(
        "memberships",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=True),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(role = 'coordinator') = (college_id IS NOT NULL)", name=op.f("memberships_college_for_coordinators_check")
        ),
        sa.CheckConstraint(
            "(role = 'student') = (student_id IS NOT NULL)", name=op.f("memberships_student_for_students_check")
        ),
        sa.CheckConstraint(
            "role IN ('operator', 'security_admin', 'auditor', 'registrar', 'coordinator', 'expert', 'teacher', 'student', 'org_staff')",
            name=op.f("memberships_role_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("memberships_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("memberships_institution_id_student_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("memberships_institution_id_fkey")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("memberships_person_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("memberships_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "person_id",
            "role",
            "college_id",
            name=op.f("memberships_institution_id_person_id_role_college_id_key"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("memberships_person_id_idx"), "memberships", ["person_id"], unique=False)
    op.create_table(
        "learning_outcomes",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("mapping_id", sa.Uuid(), nullable=True),
        sa.Column("rule_credit_hundredths", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("credit_hundredths", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("deposits", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("earned_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "(reason IN ('deposited', 'deposit_pending')) = (credit_hundredths > 0)",
            name=op.f("learning_outcomes_credits_have_a_deposit_check"),
        ),
        sa.CheckConstraint(
            "reason IN ('deposited', 'deposit_pending', 'account_not_open', 'no_published_mapping', 'limit_leaves_nothing', 'higher_level_counts', 'award_revoked')",
            name=op.f("learning_outcomes_reason_known_check"),
        ),
        sa.CheckConstraint(
            "state IN ('verified', 'recognised', 'revoked')", name=op.f("learning_outcomes_state_known_check")
        ),
        sa.CheckConstraint(
            "credit_hundredths <= rule_credit_hundredths", name=op.f("learning_outcomes_credit_within_rule_check")
        ),
        sa.CheckConstraint(
            "credit_hundredths = 0 OR entry_id IS NOT NULL", name=op.f("learning_outcomes_credits_have_an_entry_check")
        ),
        sa.CheckConstraint("credit_hundredths >= 0", name=op.f("learning_outcomes_credit_not_negative_check")),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"],
            ["certificate_levels.id"],
            name=op.f("learning_outcomes_certificate_level_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "award_id"],
            ["awards.institution_id", "awards.id"],
            name=op.f("learning_outcomes_institution_id_award_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "entry_id"],
            ["journal_entries.institution_id", "journal_entries.id"],
            name=op.f("learning_outcomes_institution_id_entry_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "mapping_id"],
            ["mappings.institution_id", "mappings.id"],
            name=op.f("learning_outcomes_institution_id_mapping_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("learning_outcomes_institution_id_student_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("learning_outcomes_pkey")),
        sa.UniqueConstraint("institution_id", "award_id", name=op.f("learning_outcomes_institution_id_award_id_key")),
    )
    op.create_index(
        op.f("learning_outcomes_institution_id_entry_id_idx"),
        "learning_outcomes",
        ["institution_id", "entry_id"],
        unique=False,
    )
    op.create_index(
        op.f("learning_outcomes_institution_id_student_id_idx"),
        "learning_outcomes",
        ["institution_id", "student_id"],
        unique=False,
    )
    op.create_table(
        "registrations",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("exam_plan_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("admission_number", sa.Text(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'confirmed', 'accepted', 'locked', 'refused', 'withdrawn')",
            name=op.f("registrations_state_known_check"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('accepted', 'locked') OR (admission_number IS NOT NULL AND confirmed_at IS NOT NULL)",
            name=op.f("registrations_accepted_has_a_number_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "candidate_id"],
            ["candidates.institution_id", "candidates.id"],
            name=op.f("registrations_institution_id_candidate_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("registrations_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "exam_plan_id", "certificate_level_id"],
            [
                "exam_plan_levels.institution_id",
                "exam_plan_levels.exam_plan_id",
                "exam_plan_levels.certificate_level_id",
            ],
            name=op.f("registrations_institution_id_exam_plan_id_certificate_level_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("registrations_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "exam_plan_id",
            "admission_number",
            name=op.f("registrations_institution_id_exam_plan_id_admission_number_key"),
        ),
    )
    op.create_index(
        op.f("registrations_institution_id_candidate_id_idx"),
        "registrations",
        ["institution_id", "candidate_id"],
        unique=False,
    )
    op.create_index(
        "registrations_one_per_level_key",
        "registrations",
        ["institution_id", "exam_plan_id", "certificate_level_id", "candidate_id"],
        unique=True,
        postgresql_where=sa.text("state NOT IN ('refused', 'withdrawn')"),
    )
    op.create_table(
        "results",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("org_result_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("grading", sa.Text(), nullable=False),
        sa.Column("components", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("total_hundredths", sa.BigInteger(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("claimed_total_hundredths", sa.BigInteger(), nullable=True),
        sa.Column("claimed_passed", sa.Boolean(), nullable=True),
        sa.Column("certificate_number", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("quarantine_code", sa.Text(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("award_id", sa.Uuid(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "(standing = 'superseded') = (superseded_at IS NOT NULL)",
            name=op.f("results_superseding_has_an_instant_check"),
        ),
        sa.CheckConstraint(
            "activity IN ('present', 'absent', 'excused', 'breach')", name=op.f("results_activity_known_check")
        ),
        sa.CheckConstraint(
            "grading IN ('provisional', 'final', 'corrected', 'voided')", name=op.f("results_grading_known_check")
        ),
        sa.CheckConstraint(
            "standing IN ('effective', 'quarantined', 'superseded')", name=op.f("results_standing_known_check")
        ),
        sa.CheckConstraint("revision > 0", name=op.f("results_revision_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "award_id"],
            ["awards.institution_id", "awards.id"],
            name=op.f("results_institution_id_award_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "batch_id"],
            ["result_batches.institution_id", "result_batches.id"],
            name=op.f("results_institution_id_batch_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "registration_id"],
            ["registrations.institution_id", "registrations.id"],
            name=op.f("results_institution_id_registration_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("results_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "organisation_id",
            "org_result_id",
            "revision",
            name=op.f("results_institution_id_organisation_id_org_result_id_revision_key"),
        ),
    )
    op.create_index(
        op.f("results_institution_id_award_id_idx"), "results", ["institution_id", "award_id"], unique=False
    )
    op.create_index(
        op.f("results_institution_id_batch_id_idx"), "results", ["institution_id", "batch_id"], unique=False
    )
    op.create_index(
        "results_one_in_effect_key",
        "results",
        ["institution_id", "registration_id"],
        unique=True,
        postgresql_where=sa.text("standing = 'effective'"),
    )


def downgrade() -> None:
    op.drop_index("results_one_in_effect_key", table_name="results", postgresql_where=sa.text("standing = 'effective'"))
    op.drop_index(op.f("results_institution_id_batch_id_idx"), table_name="results")
    op.drop_index(op.f("results_institution_id_award_id_idx"), table_name="results")
    op.drop_table("results")
    op.drop_index(
        "registrations_one_per_level_key",
        table_name="registrations",
        postgresql_where=sa.text("state NOT IN ('refused', 'withdrawn')"),
    )
    op.drop_index(op.f("registrations_institution_id_candidate_id_idx"), table_name="registrations")
    op.drop_table("registrations")
    op.drop_index(op.f("learning_outcomes_institution_id_student_id_idx"), table_name="learning_outcomes")
    op.drop_index(op.f("learning_outcomes_institution_id_entry_id_idx"), table_name="learning_outcomes")
    op.drop_table("learning_outcomes")
    op.drop_index(op.f("memberships_person_id_idx"), table_name="memberships")
    op.drop_table("memberships")
    op.drop_table("mapping_courses")
    op.drop_table("exam_plan_levels")
    op.drop_index(
        "credit_accounts_one_open_per_student_key",
        table_name="credit_accounts",
        postgresql_where=sa.text("state <> 'closed'"),
    )
    op.drop_table("credit_accounts")
    op.drop_index("candidates_student_key", table_name="candidates", postgresql_where=sa.text("student_id IS NOT NULL"))
    op.drop_table("candidates")
    op.drop_index(
        "awards_one_per_person_and_level_key", table_name="awards", postgresql_where=sa.text("state <> 'revoked'")
    )
    op.drop_index("awards_number_key", table_name="awards", postgresql_where=sa.text("state <> 'revoked'"))
    op.drop_index(op.f("awards_institution_id_student_id_idx"), table_name="awards")
    op.drop_table("awards")
    op.drop_table("assessment_components")
    op.drop_index(op.f("students_institution_id_programme_id_entry_year_idx"), table_name="students")
    op.drop_table("students")
    op.drop_table("result_rows")
    op.drop_table("mappings")
    op.drop_table("fee_standards")
    op.drop_table("credit_limits")
    op.drop_table("courses")
    op.drop_table("assessment_schemes")
    op.drop_index("transfers_resolves_key", table_name="transfers", postgresql_where=sa.text("resolves_id IS NOT NULL"))
    op.drop_index(op.f("transfers_institution_id_entry_id_idx"), table_name="transfers")
    op.drop_index("transfers_debit_seq_key", table_name="transfers", postgresql_where=sa.text("debit_seq IS NOT NULL"))
    op.drop_index(
        "transfers_credit_seq_key", table_name="transfers", postgresql_where=sa.text("credit_seq IS NOT NULL")
    )
    op.drop_table("transfers")
    op.drop_index(op.f("result_batches_institution_id_exam_plan_id_idx"), table_name="result_batches")
    op.drop_index(op.f("result_batches_id_idx"), table_name="result_batches")
    op.drop_table("result_batches")
    op.drop_index(op.f("programmes_institution_id_college_id_idx"), table_name="programmes")
    op.drop_table("programmes")
    op.drop_table("ledger_balances")
    op.drop_table("certificate_levels")
    op.drop_table("admissions")
    op.drop_index(
        "platform_roles_powers_apart_key",
        table_name="platform_roles",
        postgresql_where=sa.text("role IN ('operator', 'security_admin', 'auditor')"),
    )
    op.drop_table("platform_roles")
    op.drop_table("machine_clients")
    op.drop_index(
        "ledger_accounts_institution_side_key", table_name="ledger_accounts", postgresql_where=sa.text("NOT is_limited")
    )
    op.drop_table("ledger_accounts")
    op.drop_table("journal_entries")
    op.drop_table("identity_documents")
    op.drop_table("idempotency_keys")
    op.drop_index(op.f("exam_plans_organisation_id_idx"), table_name="exam_plans")
    op.drop_table("exam_plans")
    op.drop_table("colleges")
    op.drop_index(
        op.f("certificates_name_idx"),
        table_name="certificates",
        postgresql_using="gin",
        postgresql_ops={"name": "gin_trgm_ops"},
    )
    op.drop_table("certificates")
    op.drop_index(op.f("audit_events_institution_id_object_kind_object_id_idx"), table_name="audit_events")
    op.drop_table("audit_events")
    op.drop_index(op.f("platform_audit_events_object_kind_object_id_idx"), table_name="platform_audit_events")
    op.drop_table("platform_audit_events")
    op.drop_table("people")
    op.drop_table("organisations")
    op.drop_table("institutions")
    op.drop_table("fee_ceilings")
