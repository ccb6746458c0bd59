"""Prepare and run the day of an exam."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_exam_days"
down_revision = "2026_11_28_registrations"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "check_in_devices",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("listed_by", sa.Uuid(), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "sitting_id"],
            ["exam_sittings.institution_id", "exam_sittings.id"],
            name=op.f("check_in_devices_institution_id_sitting_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("check_in_devices_pkey")),
        sa.UniqueConstraint("institution_id", "sitting_id", "id", name="check_in_devices_of_key"),
    )
    op.create_table(
        "seat_arrangements",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("seating_order", sa.Text(), nullable=False),
        sa.Column("room_filling", sa.Text(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("arranged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arranged_by", sa.Uuid(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("printed_revision", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "room_filling IN ('one_after_another', 'evenly')", name=op.f("seat_arrangements_room_filling_known_check")
        ),
        sa.CheckConstraint(
            "seating_order IN ('mixed', 'by_class', 'by_admission_number')",
            name=op.f("seat_arrangements_seating_order_known_check"),
        ),
        sa.CheckConstraint(
            "num_nulls(printed_at, printed_revision) IN (0, 2)", name=op.f("seat_arrangements_printing_whole_check")
        ),
        sa.CheckConstraint("revision > 0", name=op.f("seat_arrangements_revision_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "sitting_id"],
            ["exam_sittings.institution_id", "exam_sittings.id"],
            name=op.f("seat_arrangements_institution_id_sitting_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "sitting_id", name=op.f("seat_arrangements_pkey")),
    )
    op.create_table(
        "sitting_papers",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=True),
        sa.Column("tickets", sa.BigInteger(), nullable=True),
        sa.Column("rooms", sa.BigInteger(), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_file", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.CheckConstraint("(made_at IS NULL) = (tickets IS NULL)", name=op.f("sitting_papers_made_has_figures_check")),
        sa.CheckConstraint(
            "sealed_file IS NULL OR made_at IS NOT NULL", name=op.f("sitting_papers_file_was_made_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "sitting_id"],
            ["exam_sittings.institution_id", "exam_sittings.id"],
            name=op.f("sitting_papers_institution_id_sitting_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("sitting_papers_pkey")),
    )
    op.create_index(
        op.f("sitting_papers_asked_at_idx"),
        "sitting_papers",
        ["asked_at"],
        unique=False,
        postgresql_where=sa.text("sealed_file IS NOT NULL"),
    )
    op.create_index(
        op.f("sitting_papers_institution_id_sitting_id_idx"),
        "sitting_papers",
        ["institution_id", "sitting_id"],
        unique=False,
    )
    op.create_table(
        "check_ins",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("nonce", sa.Uuid(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("by_ticket", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("skew_seconds", sa.BigInteger(), nullable=False),
        sa.Column("received_by", sa.Uuid(), nullable=False),
        sa.Column(
            "received_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("conflict", sa.Text(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("claim IN ('present', 'absent')", name=op.f("check_ins_claim_known_check")),
        sa.CheckConstraint(
            "conflict IN ('two_devices', 'wrong_room', 'contradicted')", name=op.f("check_ins_conflict_known_check")
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by IS NULL)", name=op.f("check_ins_settlement_names_somebody_check")
        ),
        sa.CheckConstraint(
            "settled_at IS NULL OR conflict IS NOT NULL", name=op.f("check_ins_only_conflicts_are_settled_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "registration_id"],
            ["registrations.institution_id", "registrations.id"],
            name=op.f("check_ins_institution_id_registration_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "room_id"],
            ["rooms.institution_id", "rooms.id"],
            name=op.f("check_ins_institution_id_room_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "sitting_id", "device_id"],
            ["check_in_devices.institution_id", "check_in_devices.sitting_id", "check_in_devices.id"],
            name=op.f("check_ins_institution_id_sitting_id_device_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("check_ins_pkey")),
        sa.UniqueConstraint("institution_id", "nonce", name="check_ins_nonce_key"),
    )
    op.create_index(
        op.f("check_ins_institution_id_registration_id_id_idx"),
        "check_ins",
        ["institution_id", "registration_id", "id"],
        unique=False,
    )
    op.create_index(
        op.f("check_ins_institution_id_sitting_id_id_idx"),
        "check_ins",
        ["institution_id", "sitting_id", "id"],
        unique=False,
    )
    op.create_table(
        "exam_incidents",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("registration_id", sa.Uuid(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("consequence", sa.Text(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), server_default="reported", nullable=False),
        sa.Column("reported_by", sa.Uuid(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(category IN ('illness', 'breach', 'late')) = (registration_id IS NOT NULL)",
            name=op.f("exam_incidents_candidate_named_check"),
        ),
        sa.CheckConstraint(
            "(consequence = 'extends_time') = (minutes IS NOT NULL)",
            name=op.f("exam_incidents_extension_has_minutes_check"),
        ),
        sa.CheckConstraint(
            "(state = 'reported') = (decided_at IS NULL)", name=op.f("exam_incidents_decided_at_some_time_check")
        ),
        sa.CheckConstraint(
            "category IN ('illness', 'breach', 'late', 'power_failure', 'equipment_failure', 'paper_error', 'cancelled', 'weather')",
            name=op.f("exam_incidents_category_known_check"),
        ),
        sa.CheckConstraint(
            "consequence IN ('none', 'restores_guarantee', 'extends_time', 'voids_result')",
            name=op.f("exam_incidents_consequence_known_check"),
        ),
        sa.CheckConstraint(
            "state IN ('reported', 'confirmed', 'rejected')", name=op.f("exam_incidents_state_known_check")
        ),
        sa.CheckConstraint("decided_by <> reported_by", name=op.f("exam_incidents_decided_by_a_second_person_check")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 240", name=op.f("exam_incidents_minutes_in_range_check")),
        sa.CheckConstraint(
            "num_nulls(decided_at, decided_by) IN (0, 2)", name=op.f("exam_incidents_decision_names_somebody_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "registration_id"],
            ["registrations.institution_id", "registrations.id"],
            name=op.f("exam_incidents_institution_id_registration_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "room_id"],
            ["rooms.institution_id", "rooms.id"],
            name=op.f("exam_incidents_institution_id_room_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "sitting_id"],
            ["exam_sittings.institution_id", "exam_sittings.id"],
            name=op.f("exam_incidents_institution_id_sitting_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("exam_incidents_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("exam_incidents_pkey")),
    )
    op.create_index(
        op.f("exam_incidents_institution_id_registration_id_idx"),
        "exam_incidents",
        ["institution_id", "registration_id"],
        unique=False,
    )
    op.create_index(
        op.f("exam_incidents_institution_id_sitting_id_idx"),
        "exam_incidents",
        ["institution_id", "sitting_id"],
        unique=False,
    )
    op.create_index(op.f("exam_incidents_organisation_id_idx"), "exam_incidents", ["organisation_id"], unique=False)
    op.create_table(
        "seats",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("edition", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("edition BETWEEN 1 AND 65535", name=op.f("seats_edition_in_range_check")),
        sa.CheckConstraint("number > 0", name=op.f("seats_number_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "registration_id"],
            ["registrations.institution_id", "registrations.id"],
            name=op.f("seats_institution_id_registration_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "room_id"],
            ["rooms.institution_id", "rooms.id"],
            name=op.f("seats_institution_id_room_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "sitting_id"],
            ["seat_arrangements.institution_id", "seat_arrangements.sitting_id"],
            name=op.f("seats_institution_id_sitting_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "registration_id", name=op.f("seats_pkey")),
        sa.UniqueConstraint("institution_id", "sitting_id", "room_id", "number", name="seats_one_candidate_key"),
    )
    op.create_table(
        "attendances",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("check_in_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('present', 'absent', 'disputed')", name=op.f("attendances_state_known_check")),
        sa.CheckConstraint(
            "num_nulls(settled_at, settled_by, reason) IN (0, 3)", name=op.f("attendances_settlement_whole_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "check_in_id"],
            ["check_ins.institution_id", "check_ins.id"],
            name=op.f("attendances_institution_id_check_in_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "registration_id"],
            ["registrations.institution_id", "registrations.id"],
            name=op.f("attendances_institution_id_registration_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "sitting_id"],
            ["exam_sittings.institution_id", "exam_sittings.id"],
            name=op.f("attendances_institution_id_sitting_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "registration_id", name=op.f("attendances_pkey")),
    )
    op.create_index(
        op.f("attendances_institution_id_sitting_id_state_idx"),
        "attendances",
        ["institution_id", "sitting_id", "state"],
        unique=False,
    )
    op.create_table(
        "incident_consequences",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "(kind = 'extends_time') = (minutes IS NOT NULL)",
            name=op.f("incident_consequences_extension_has_minutes_check"),
        ),
        sa.CheckConstraint("kind <> 'none'", name=op.f("incident_consequences_something_follows_check")),
        sa.CheckConstraint(
            "kind IN ('none', 'restores_guarantee', 'extends_time', 'voids_result')",
            name=op.f("incident_consequences_kind_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "incident_id"],
            ["exam_incidents.institution_id", "exam_incidents.id"],
            name=op.f("incident_consequences_institution_id_incident_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "registration_id"],
            ["registrations.institution_id", "registrations.id"],
            name=op.f("incident_consequences_institution_id_registration_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("incident_consequences_pkey")),
        sa.UniqueConstraint("institution_id", "incident_id", "registration_id", name="incident_consequences_once_key"),
    )
    op.create_index(
        op.f("incident_consequences_institution_id_registration_id_idx"),
        "incident_consequences",
        ["institution_id", "registration_id"],
        unique=False,
    )


def downgrade() -> None:

    op.drop_index(op.f("incident_consequences_institution_id_registration_id_idx"), table_name="incident_consequences")
    op.drop_table("incident_consequences")
    op.drop_index(op.f("attendances_institution_id_sitting_id_state_idx"), table_name="attendances")
    op.drop_table("attendances")
    op.drop_table("seats")
    op.drop_index(op.f("exam_incidents_organisation_id_idx"), table_name="exam_incidents")
    op.drop_index(op.f("exam_incidents_institution_id_sitting_id_idx"), table_name="exam_incidents")
    op.drop_index(op.f("exam_incidents_institution_id_registration_id_idx"), table_name="exam_incidents")
    op.drop_table("exam_incidents")
    op.drop_index(op.f("check_ins_institution_id_sitting_id_id_idx"), table_name="check_ins")
    op.drop_index(op.f("check_ins_institution_id_registration_id_id_idx"), table_name="check_ins")
    op.drop_table("check_ins")
    op.drop_index(op.f("sitting_papers_institution_id_sitting_id_idx"), table_name="sitting_papers")
    op.drop_index(
        op.f("sitting_papers_asked_at_idx"),
        table_name="sitting_papers",
        postgresql_where=sa.text("sealed_file IS NOT NULL"),
    )
    op.drop_table("sitting_papers")
    op.drop_table("seat_arrangements")
    op.drop_table("check_in_devices")
