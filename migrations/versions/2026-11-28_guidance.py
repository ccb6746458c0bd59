"""Keep problems, publicity, trainings of administrators, consultations, surveys and correspondence."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_guidance"
down_revision = "2026_11_28_reports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guidance_reminders",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('pilot_problem', 'follow_up', 'correspondence')", name=op.f("guidance_reminders_kind_known_check")
        ),
        sa.CheckConstraint("stage IN ('tomorrow', 'overdue')", name=op.f("guidance_reminders_stage_known_check")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("guidance_reminders_institution_id_fkey")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("guidance_reminders_owner_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("guidance_reminders_pkey")),
        sa.UniqueConstraint(
            "institution_id", "object_id", "owner_id", "due_on", "stage", "kind", name="guidance_reminders_once_key"
        ),
    )
    op.create_index(
        op.f("guidance_reminders_institution_id_batch_id_idx"),
        "guidance_reminders",
        ["institution_id", "batch_id"],
        unique=False,
    )
    op.create_table(
        "outside_parties",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("credit_code", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('authority', 'association', 'employer', 'evaluation_organisation', 'other')",
            name=op.f("outside_parties_kind_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("outside_parties_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("outside_parties_pkey")),
        sa.UniqueConstraint(
            "institution_id", "credit_code", name=op.f("outside_parties_institution_id_credit_code_key")
        ),
        sa.UniqueConstraint("institution_id", "name", name=op.f("outside_parties_institution_id_name_key")),
    )
    op.create_table(
        "administrator_trainings",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("hours_tenths", sa.BigInteger(), nullable=False),
        sa.Column("trainer", sa.Text(), nullable=False),
        sa.Column("material", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "hours_tenths BETWEEN 1 AND 10000", name=op.f("administrator_trainings_hours_in_range_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("administrator_trainings_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("administrator_trainings_institution_id_fkey")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name=op.f("administrator_trainings_recorded_by_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("administrator_trainings_pkey")),
    )
    op.create_index(
        op.f("administrator_trainings_institution_id_held_on_idx"),
        "administrator_trainings",
        ["institution_id", "held_on"],
        unique=False,
    )
    op.create_table(
        "consultations",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("participants", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), server_default=sa.text("'draft'"), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'signed_off')", name=op.f("consultations_state_known_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("consultations_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("consultations_institution_id_fkey")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name=op.f("consultations_recorded_by_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("consultations_pkey")),
    )
    op.create_index(
        op.f("consultations_institution_id_held_on_idx"), "consultations", ["institution_id", "held_on"], unique=False
    )
    op.create_table(
        "correspondence",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("medium", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reference_number", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("direction IN ('incoming', 'outgoing')", name=op.f("correspondence_direction_known_check")),
        sa.CheckConstraint("medium IN ('letter', 'mail', 'call')", name=op.f("correspondence_medium_known_check")),
        sa.CheckConstraint("answer_due_on >= sent_on", name=op.f("correspondence_answer_after_it_check")),
        sa.CheckConstraint("answered_by_id <> id", name=op.f("correspondence_answered_by_another_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("correspondence_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "party_id", "answered_by_id"],
            ["correspondence.institution_id", "correspondence.party_id", "correspondence.id"],
            name="correspondence_answered_by_fkey",
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "party_id"],
            ["outside_parties.institution_id", "outside_parties.id"],
            name=op.f("correspondence_institution_id_party_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name=op.f("correspondence_recorded_by_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("correspondence_pkey")),
        sa.UniqueConstraint("institution_id", "party_id", "id", name="correspondence_of_a_party_key"),
    )
    op.create_index(
        op.f("correspondence_institution_id_party_id_sent_on_idx"),
        "correspondence",
        ["institution_id", "party_id", "sent_on"],
        unique=False,
    )
    op.create_table(
        "pilot_problems",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("plan_code", sa.Text(), nullable=True),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'raised'"), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("steps", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint(
            "(about = 'certificate') = (certificate_id IS NOT NULL)",
            name=op.f("pilot_problems_certificate_named_check"),
        ),
        sa.CheckConstraint("(about = 'plan') = (plan_code IS NOT NULL)", name=op.f("pilot_problems_plan_named_check")),
        sa.CheckConstraint(
            "(state = 'confirmed') = (confirmed_on IS NOT NULL)", name=op.f("pilot_problems_confirming_has_a_day_check")
        ),
        sa.CheckConstraint(
            "(state = 'raised') = (owner_id IS NULL) AND (owner_id IS NULL) = (due_on IS NULL)",
            name=op.f("pilot_problems_assigned_whole_check"),
        ),
        sa.CheckConstraint("about IN ('certificate', 'plan', 'other')", name=op.f("pilot_problems_about_known_check")),
        sa.CheckConstraint("severity IN ('low', 'medium', 'high')", name=op.f("pilot_problems_severity_known_check")),
        sa.CheckConstraint(
            "state IN ('raised', 'assigned', 'resolved', 'confirmed', 'reopened')",
            name=op.f("pilot_problems_state_known_check"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('resolved', 'confirmed') OR resolution IS NOT NULL",
            name=op.f("pilot_problems_resolved_by_something_check"),
        ),
        sa.CheckConstraint("owner_id <> raised_by", name=op.f("pilot_problems_owner_is_another_check")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("pilot_problems_certificate_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("pilot_problems_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("pilot_problems_owner_id_fkey")),
        sa.ForeignKeyConstraint(["raised_by"], ["people.id"], name=op.f("pilot_problems_raised_by_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("pilot_problems_pkey")),
    )
    op.create_index(
        op.f("pilot_problems_institution_id_college_id_idx"),
        "pilot_problems",
        ["institution_id", "college_id"],
        unique=False,
    )
    op.create_index(
        op.f("pilot_problems_institution_id_owner_id_idx"),
        "pilot_problems",
        ["institution_id", "owner_id"],
        unique=False,
    )
    op.create_index(
        op.f("pilot_problems_institution_id_raised_by_idx"),
        "pilot_problems",
        ["institution_id", "raised_by"],
        unique=False,
    )
    op.create_table(
        "policy_publicities",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("policy_reference", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("reach", sa.BigInteger(), nullable=False),
        sa.Column("counted_by", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('meeting', 'lecture', 'website', 'social_media', 'print', 'visit', 'other')",
            name=op.f("policy_publicities_channel_known_check"),
        ),
        sa.CheckConstraint("reach BETWEEN 0 AND 10000000", name=op.f("policy_publicities_reach_in_range_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("policy_publicities_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("policy_publicities_institution_id_fkey")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name=op.f("policy_publicities_recorded_by_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("policy_publicities_pkey")),
    )
    op.create_index(
        op.f("policy_publicities_institution_id_held_on_idx"),
        "policy_publicities",
        ["institution_id", "held_on"],
        unique=False,
    )
    op.create_table(
        "surveys",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("questions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'draft'"), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("(state = 'draft') = (opened_on IS NULL)", name=op.f("surveys_opening_has_a_day_check")),
        sa.CheckConstraint("jsonb_typeof(questions) = 'array'", name=op.f("surveys_questions_are_a_list_check")),
        sa.CheckConstraint("state IN ('draft', 'open', 'closed')", name=op.f("surveys_state_known_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("surveys_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["institution_id"], ["institutions.id"], name=op.f("surveys_institution_id_fkey")),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name=op.f("surveys_recorded_by_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("surveys_pkey")),
    )
    op.create_table(
        "administrator_training_people",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("training_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("took_part", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "training_id"],
            ["administrator_trainings.institution_id", "administrator_trainings.id"],
            name=op.f("administrator_training_people_institution_id_training_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("administrator_training_people_person_id_fkey")
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "training_id", "person_id", name=op.f("administrator_training_people_pkey")
        ),
    )
    op.create_index(
        op.f("administrator_training_people_institution_id_person_id_idx"),
        "administrator_training_people",
        ["institution_id", "person_id"],
        unique=False,
    )
    op.create_table(
        "consultation_parties",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "consultation_id"],
            ["consultations.institution_id", "consultations.id"],
            name=op.f("consultation_parties_institution_id_consultation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "party_id"],
            ["outside_parties.institution_id", "outside_parties.id"],
            name=op.f("consultation_parties_institution_id_party_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "consultation_id", "party_id", name=op.f("consultation_parties_pkey")
        ),
    )
    op.create_index(
        op.f("consultation_parties_institution_id_party_id_idx"),
        "consultation_parties",
        ["institution_id", "party_id"],
        unique=False,
    )
    op.create_table(
        "follow_ups",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'open'"), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("checked_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'checked') = (checked_by IS NOT NULL)", name=op.f("follow_ups_checked_by_somebody_check")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'done', 'checked', 'reopened')", name=op.f("follow_ups_state_known_check")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'reopened') OR result IS NOT NULL", name=op.f("follow_ups_done_by_something_check")
        ),
        sa.CheckConstraint("checked_by <> owner_id", name=op.f("follow_ups_checked_by_another_check")),
        sa.ForeignKeyConstraint(["checked_by"], ["people.id"], name=op.f("follow_ups_checked_by_fkey")),
        sa.ForeignKeyConstraint(
            ["institution_id", "consultation_id"],
            ["consultations.institution_id", "consultations.id"],
            name=op.f("follow_ups_institution_id_consultation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("follow_ups_owner_id_fkey")),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"], name=op.f("follow_ups_set_by_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("follow_ups_pkey")),
    )
    op.create_index(
        op.f("follow_ups_institution_id_consultation_id_idx"),
        "follow_ups",
        ["institution_id", "consultation_id"],
        unique=False,
    )
    op.create_index(
        op.f("follow_ups_institution_id_owner_id_idx"), "follow_ups", ["institution_id", "owner_id"], unique=False
    )
    op.create_table(
        "minute_entries",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("record", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column(
            "written_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "(number = 1) = (record IS NOT NULL)", name=op.f("minute_entries_first_is_the_minutes_check")
        ),
        sa.CheckConstraint("number > 0", name=op.f("minute_entries_number_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "consultation_id"],
            ["consultations.institution_id", "consultations.id"],
            name=op.f("minute_entries_institution_id_consultation_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"], name=op.f("minute_entries_written_by_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("minute_entries_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "consultation_id",
            "number",
            name=op.f("minute_entries_institution_id_consultation_id_number_key"),
        ),
    )
    op.create_table(
        "pilot_problem_steps",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("problem_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "state IN ('raised', 'assigned', 'resolved', 'confirmed', 'reopened')",
            name=op.f("pilot_problem_steps_state_known_check"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("pilot_problem_steps_number_positive_check")),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("pilot_problem_steps_actor_id_fkey")),
        sa.ForeignKeyConstraint(
            ["institution_id", "problem_id"],
            ["pilot_problems.institution_id", "pilot_problems.id"],
            name=op.f("pilot_problem_steps_institution_id_problem_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("pilot_problem_steps_owner_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("pilot_problem_steps_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "problem_id",
            "number",
            name=op.f("pilot_problem_steps_institution_id_problem_id_number_key"),
        ),
    )
    op.create_table(
        "survey_responses",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("jsonb_typeof(answers) = 'array'", name=op.f("survey_responses_answers_are_a_list_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "party_id"],
            ["outside_parties.institution_id", "outside_parties.id"],
            name=op.f("survey_responses_institution_id_party_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "survey_id"],
            ["surveys.institution_id", "surveys.id"],
            name=op.f("survey_responses_institution_id_survey_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name=op.f("survey_responses_recorded_by_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("survey_responses_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "survey_id",
            "reference",
            name=op.f("survey_responses_institution_id_survey_id_reference_key"),
        ),
    )
    op.create_index(
        op.f("survey_responses_institution_id_party_id_idx"),
        "survey_responses",
        ["institution_id", "party_id"],
        unique=False,
    )
    op.create_table(
        "training_demands",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=True),
        sa.Column("demand_group", sa.Text(), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=False),
        sa.Column("head_count", sa.BigInteger(), nullable=False),
        sa.Column("wanted_from", sa.Date(), nullable=False),
        sa.Column("wanted_to", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'unmet'"), nullable=False),
        sa.Column("met_by", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'met') = (met_by IS NOT NULL)", name=op.f("training_demands_met_by_something_check")
        ),
        sa.CheckConstraint(
            "demand_group IN ('enterprise_employees', 'key_employment_groups', 'low_income_labourers')",
            name=op.f("training_demands_demand_group_known_check"),
        ),
        sa.CheckConstraint("state IN ('unmet', 'met')", name=op.f("training_demands_state_known_check")),
        sa.CheckConstraint("head_count BETWEEN 1 AND 1000000", name=op.f("training_demands_head_count_in_range_check")),
        sa.CheckConstraint("wanted_to >= wanted_from", name=op.f("training_demands_period_forward_check")),
        sa.ForeignKeyConstraint(
            ["certificate_level_id"], ["certificate_levels.id"], name=op.f("training_demands_certificate_level_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("training_demands_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "party_id"],
            ["outside_parties.institution_id", "outside_parties.id"],
            name=op.f("training_demands_institution_id_party_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name=op.f("training_demands_recorded_by_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("training_demands_pkey")),
    )
    op.create_index(
        op.f("training_demands_institution_id_party_id_idx"),
        "training_demands",
        ["institution_id", "party_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("training_demands_institution_id_party_id_idx"), table_name="training_demands")
    op.drop_table("training_demands")
    op.drop_index(op.f("survey_responses_institution_id_party_id_idx"), table_name="survey_responses")
    op.drop_table("survey_responses")
    op.drop_table("pilot_problem_steps")
    op.drop_table("minute_entries")
    op.drop_index(op.f("follow_ups_institution_id_owner_id_idx"), table_name="follow_ups")
    op.drop_index(op.f("follow_ups_institution_id_consultation_id_idx"), table_name="follow_ups")
    op.drop_table("follow_ups")
    op.drop_index(op.f("consultation_parties_institution_id_party_id_idx"), table_name="consultation_parties")
    op.drop_table("consultation_parties")
    op.drop_index(
        op.f("administrator_training_people_institution_id_person_id_idx"), table_name="administrator_training_people"
    )
    op.drop_table("administrator_training_people")
    op.drop_table("surveys")
    op.drop_index(op.f("policy_publicities_institution_id_held_on_idx"), table_name="policy_publicities")
    op.drop_table("policy_publicities")
    op.drop_index(op.f("pilot_problems_institution_id_raised_by_idx"), table_name="pilot_problems")
    op.drop_index(op.f("pilot_problems_institution_id_owner_id_idx"), table_name="pilot_problems")
    op.drop_index(op.f("pilot_problems_institution_id_college_id_idx"), table_name="pilot_problems")
    op.drop_table("pilot_problems")
    op.drop_index(op.f("correspondence_institution_id_party_id_sent_on_idx"), table_name="correspondence")
    op.drop_table("correspondence")
    op.drop_index(op.f("consultations_institution_id_held_on_idx"), table_name="consultations")
    op.drop_table("consultations")
    op.drop_index(op.f("administrator_trainings_institution_id_held_on_idx"), table_name="administrator_trainings")
    op.drop_table("administrator_trainings")
    op.drop_table("outside_parties")
    op.drop_index(op.f("guidance_reminders_institution_id_batch_id_idx"), table_name="guidance_reminders")
    op.drop_table("guidance_reminders")
