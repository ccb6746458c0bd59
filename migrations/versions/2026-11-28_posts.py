"""Keep the posts of the colleges, working groups, lead units, and sessions on the pilot."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_posts"
down_revision = "2026_11_28_publications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lead_units",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("unit_name", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("end_document", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("category"), "="),
            (sa.text("daterange(valid_from, valid_to, '[]')"), "&&"),
            using="gist",
            name="lead_units_one_at_a_time_excl",
        ),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("lead_units_term_in_order_check")),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("lead_units_institution_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("lead_units_pkey")),
    )
    op.create_table(
        "lead_unit_certificates",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("lead_unit_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("lead_unit_certificates_certificate_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "lead_unit_id"],
            ["lead_units.institution_id", "lead_units.id"],
            name=op.f("lead_unit_certificates_institution_id_lead_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "lead_unit_id", "certificate_id", name=op.f("lead_unit_certificates_pkey")
        ),
    )
    op.create_index(
        op.f("lead_unit_certificates_institution_id_certificate_id_idx"),
        "lead_unit_certificates",
        ["institution_id", "certificate_id"],
        unique=False,
    )
    op.create_table(
        "pilot_sessions",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("hours", sa.BigInteger(), nullable=False),
        sa.Column("materials", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default="planned", nullable=False),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("planned_by", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancel_reason IS NOT NULL)",
            name=op.f("pilot_sessions_cancelled_for_a_reason_check"),
        ),
        sa.CheckConstraint(
            "audience IN ('students', 'teachers', 'both')", name=op.f("pilot_sessions_audience_known_check")
        ),
        sa.CheckConstraint("mode = 'online' OR place IS NOT NULL", name=op.f("pilot_sessions_a_place_to_meet_check")),
        sa.CheckConstraint("mode IN ('online', 'offline', 'blended')", name=op.f("pilot_sessions_mode_known_check")),
        sa.CheckConstraint("state IN ('planned', 'held', 'cancelled')", name=op.f("pilot_sessions_state_known_check")),
        sa.CheckConstraint("hours BETWEEN 1 AND 80", name=op.f("pilot_sessions_hours_in_range_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("pilot_sessions_institution_id_college_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("pilot_sessions_pkey")),
    )
    op.create_index(
        op.f("pilot_sessions_institution_id_college_id_held_on_idx"),
        "pilot_sessions",
        ["institution_id", "college_id", "held_on"],
        unique=False,
    )
    op.create_table(
        "working_groups",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=True),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("duties", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), server_default="proposed", nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("established_on", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("dissolved_on", sa.Date(), nullable=True),
        sa.Column("end_document", sa.Text(), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("deeds", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "(state = 'dissolved') = (dissolved_on IS NOT NULL)", name=op.f("working_groups_dissolved_on_a_day_check")
        ),
        sa.CheckConstraint(
            "(state IN ('proposed', 'declined')) = (established_on IS NULL)",
            name=op.f("working_groups_established_on_a_day_check"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'declined', 'established', 'dissolved')",
            name=op.f("working_groups_state_known_check"),
        ),
        sa.CheckConstraint(
            "(dissolved_on IS NULL) = (end_document IS NULL)", name=op.f("working_groups_dissolved_by_a_document_check")
        ),
        sa.CheckConstraint(
            "(established_on IS NULL) = (document IS NULL)", name=op.f("working_groups_established_by_a_document_check")
        ),
        sa.CheckConstraint("cardinality(duties) BETWEEN 1 AND 30", name=op.f("working_groups_duties_counted_check")),
        sa.CheckConstraint("dissolved_on > established_on", name=op.f("working_groups_days_in_order_check")),
        sa.CheckConstraint(
            "num_nonnulls(college_id, field) > 0", name=op.f("working_groups_of_a_college_or_field_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("working_groups_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("working_groups_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("working_groups_pkey")),
    )
    op.create_index(
        op.f("working_groups_institution_id_college_id_idx"),
        "working_groups",
        ["institution_id", "college_id"],
        unique=False,
    )
    op.create_table(
        "college_posts",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="proposed", nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("held_from", sa.Date(), nullable=False),
        sa.Column("held_to", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("end_document", sa.Text(), nullable=True),
        sa.Column("handover_note", sa.Text(), nullable=True),
        sa.Column("decline_reason", sa.Text(), nullable=True),
        sa.Column("succeeds_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("college_id"), "="),
            (sa.column("kind"), "="),
            (sa.text("coalesce(teacher_id, person_id)"), "="),
            (sa.text("daterange(held_from, held_to, '[]')"), "&&"),
            where=sa.text("state = 'appointed'"),
            using="gist",
            name="college_posts_holder_once_excl",
        ),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("college_id"), "="),
            (sa.text("daterange(held_from, held_to, '[]')"), "&&"),
            where=sa.text("kind = 'person_in_charge' AND state = 'appointed'"),
            using="gist",
            name="college_posts_one_in_charge_excl",
        ),
        sa.CheckConstraint(
            "(state = 'appointed') = (document IS NOT NULL)",
            name=op.f("college_posts_appointment_has_a_document_check"),
        ),
        sa.CheckConstraint(
            "(state = 'declined') = (decline_reason IS NOT NULL)",
            name=op.f("college_posts_declined_for_a_reason_check"),
        ),
        sa.CheckConstraint(
            "kind IN ('person_in_charge', 'dedicated_staff', 'liaison')", name=op.f("college_posts_kind_known_check")
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'appointed', 'declined')", name=op.f("college_posts_state_known_check")
        ),
        sa.CheckConstraint(
            "end_document IS NULL OR held_to IS NOT NULL", name=op.f("college_posts_end_has_a_day_check")
        ),
        sa.CheckConstraint("held_to >= held_from", name=op.f("college_posts_term_in_order_check")),
        sa.CheckConstraint("num_nonnulls(teacher_id, person_id) = 1", name=op.f("college_posts_one_holder_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("college_posts_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "succeeds_id"],
            ["college_posts.institution_id", "college_posts.id"],
            name=op.f("college_posts_institution_id_succeeds_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "teacher_id"],
            ["teachers.institution_id", "teachers.id"],
            name=op.f("college_posts_institution_id_teacher_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("college_posts_person_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("college_posts_pkey")),
    )
    op.create_index(
        op.f("college_posts_institution_id_college_id_idx"),
        "college_posts",
        ["institution_id", "college_id"],
        unique=False,
    )
    op.create_index(
        op.f("college_posts_institution_id_teacher_id_idx"),
        "college_posts",
        ["institution_id", "teacher_id"],
        unique=False,
    )
    op.create_table(
        "working_group_certificates",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("working_group_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("covered_from", sa.Date(), nullable=False),
        sa.Column("covered_to", sa.Date(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("working_group_id"), "="),
            (sa.column("certificate_id"), "="),
            (sa.text("daterange(covered_from, covered_to, '[]')"), "&&"),
            using="gist",
            name="working_group_certificates_once_excl",
        ),
        sa.CheckConstraint("covered_to >= covered_from", name=op.f("working_group_certificates_days_in_order_check")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("working_group_certificates_certificate_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "working_group_id"],
            ["working_groups.institution_id", "working_groups.id"],
            name=op.f("working_group_certificates_institution_id_working_group_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("working_group_certificates_pkey")),
    )
    op.create_index(
        op.f("working_group_certificates_institution_id_certificate_id_idx"),
        "working_group_certificates",
        ["institution_id", "certificate_id"],
        unique=False,
    )
    op.create_table(
        "working_group_deeds",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("working_group_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("number > 0", name=op.f("working_group_deeds_number_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "working_group_id"],
            ["working_groups.institution_id", "working_groups.id"],
            name=op.f("working_group_deeds_institution_id_working_group_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("working_group_deeds_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "working_group_id",
            "number",
            name=op.f("working_group_deeds_institution_id_working_group_id_number_key"),
        ),
    )
    op.create_table(
        "working_group_leaders",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("working_group_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("outsider_name", sa.Text(), nullable=True),
        sa.Column("outsider_unit", sa.Text(), nullable=True),
        sa.Column("held_from", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(outsider_name IS NULL) = (outsider_unit IS NULL)",
            name=op.f("working_group_leaders_outsider_has_a_unit_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(teacher_id, person_id, outsider_name) = 1",
            name=op.f("working_group_leaders_one_holder_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "teacher_id"],
            ["teachers.institution_id", "teachers.id"],
            name=op.f("working_group_leaders_institution_id_teacher_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "working_group_id"],
            ["working_groups.institution_id", "working_groups.id"],
            name=op.f("working_group_leaders_institution_id_working_group_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("working_group_leaders_person_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("working_group_leaders_pkey")),
        sa.UniqueConstraint(
            "institution_id", "working_group_id", "held_from", name="working_group_leaders_one_a_day_key"
        ),
    )
    # Somebody leads from the first day on: the two tables refer to each other.
    op.create_foreign_key(
        "working_groups_led_from_the_first_day_fkey",
        "working_groups",
        "working_group_leaders",
        ["institution_id", "id", "established_on"],
        ["institution_id", "working_group_id", "held_from"],
    )
    op.create_table(
        "working_group_members",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("working_group_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("outsider_name", sa.Text(), nullable=True),
        sa.Column("outsider_unit", sa.Text(), nullable=True),
        sa.Column("duty", sa.Text(), nullable=True),
        sa.Column("held_from", sa.Date(), nullable=False),
        sa.Column("held_to", sa.Date(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("institution_id"), "="),
            (sa.column("working_group_id"), "="),
            (
                sa.text(
                    "coalesce(CAST(teacher_id AS text), CAST(person_id AS text), outsider_name || '/' || outsider_unit)"
                ),
                "=",
            ),
            (sa.text("daterange(held_from, held_to, '[]')"), "&&"),
            using="gist",
            name="working_group_members_once_excl",
        ),
        sa.CheckConstraint(
            "(outsider_name IS NULL) = (outsider_unit IS NULL)",
            name=op.f("working_group_members_outsider_has_a_unit_check"),
        ),
        sa.CheckConstraint("held_to >= held_from", name=op.f("working_group_members_term_in_order_check")),
        sa.CheckConstraint(
            "num_nonnulls(teacher_id, person_id, outsider_name) = 1",
            name=op.f("working_group_members_one_holder_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "teacher_id"],
            ["teachers.institution_id", "teachers.id"],
            name=op.f("working_group_members_institution_id_teacher_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "working_group_id"],
            ["working_groups.institution_id", "working_groups.id"],
            name=op.f("working_group_members_institution_id_working_group_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("working_group_members_person_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("working_group_members_pkey")),
    )
    op.create_table(
        "pilot_session_participants",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=True),
        sa.Column("teacher_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "num_nonnulls(student_id, teacher_id) = 1", name=op.f("pilot_session_participants_student_or_teacher_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "session_id"],
            ["pilot_sessions.institution_id", "pilot_sessions.id"],
            name=op.f("pilot_session_participants_institution_id_session_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("pilot_session_participants_institution_id_student_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "teacher_id"],
            ["teachers.institution_id", "teachers.id"],
            name=op.f("pilot_session_participants_institution_id_teacher_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("pilot_session_participants_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "session_id",
            "student_id",
            "teacher_id",
            name="pilot_session_participants_once_key",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(
        op.f("pilot_session_participants_institution_id_student_id_idx"),
        "pilot_session_participants",
        ["institution_id", "student_id"],
        unique=False,
    )
    op.create_index(
        op.f("pilot_session_participants_institution_id_teacher_id_idx"),
        "pilot_session_participants",
        ["institution_id", "teacher_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(
        op.f("pilot_session_participants_institution_id_teacher_id_idx"), table_name="pilot_session_participants"
    )
    op.drop_index(
        op.f("pilot_session_participants_institution_id_student_id_idx"), table_name="pilot_session_participants"
    )
    op.drop_table("pilot_session_participants")
    op.drop_table("working_group_members")
    op.drop_constraint("working_groups_led_from_the_first_day_fkey", "working_groups", type_="foreignkey")
    op.drop_table("working_group_leaders")
    op.drop_table("working_group_deeds")
    op.drop_index(
        op.f("working_group_certificates_institution_id_certificate_id_idx"), table_name="working_group_certificates"
    )
    op.drop_table("working_group_certificates")
    op.drop_index(op.f("college_posts_institution_id_teacher_id_idx"), table_name="college_posts")
    op.drop_index(op.f("college_posts_institution_id_college_id_idx"), table_name="college_posts")
    op.drop_table("college_posts")
    op.drop_index(op.f("working_groups_institution_id_college_id_idx"), table_name="working_groups")
    op.drop_table("working_groups")
    op.drop_index(op.f("pilot_sessions_institution_id_college_id_held_on_idx"), table_name="pilot_sessions")
    op.drop_table("pilot_sessions")
    op.drop_index(op.f("lead_unit_certificates_institution_id_certificate_id_idx"), table_name="lead_unit_certificates")
    op.drop_table("lead_unit_certificates")
    op.drop_table("lead_units")
