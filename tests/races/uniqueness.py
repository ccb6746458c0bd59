"""Every rule that something is there once: which deeds race for it, or why nothing can.

The list is complete by a test: a new unique key, unique index or exclusion constraint has to come into one of these.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, UniqueConstraint
from sqlalchemy.dialects.postgresql import ExcludeConstraint

FOLDER = Path(__file__).parent

RACED: Mapping[str, str] = {
    "assessment_sites_institution_id_organisation_id_code_key": "offer_assessment_site",
    "award_reissues_one_open_key": "propose_reissue",
    "certificate_categories_institution_id_code_key": "create_certificate_category",
    "certificate_levels_certificate_id_level_key": "add_certificate_level",
    "certificate_reviews_one_open_key": "propose_certificate_review",
    "certificates_organisation_id_name_key": "enter_certificate",
    "collection_rounds_institution_id_academic_year_key": "open_collection_round",
    "colleges_institution_id_code_key": "create_college",
    "component_offsets_one_live_key": "request_offsets",
    "correction_cases_one_open_of_an_award_key": "propose_correction",
    "course_grades_one_revision_key": "enter_course_grade",
    "cost_change_limits_institution_id_effective_from_key": "load_cost_change_limit",
    "cost_sheets_one_open_key": "draw_up_cost_sheet",
    "course_teachers_each_once_key": "assign_course_teacher",
    "courses_institution_id_programme_id_code_key": "create_course",
    "exam_plans_institution_id_organisation_id_code_key": "announce_exam_plan",
    "exam_sittings_institution_id_exam_plan_id_code_key": "arrange_exam_sitting",
    "fee_ceilings_no_overlap_excl": "issue_fee_ceiling",
    "fee_standards_no_overlap_excl": "propose_fee_standard",
    "joint_exams_one_of_a_programme_key": "draft_joint_exam",
    "lead_units_one_at_a_time_excl": "load_lead_units",
    "organisations_name_key": "enter_organisation",
    "participations_one_a_year_key": "ask_participation",
    "payer_rules_no_overlap_excl": "set_payer_rule",
    "people_username_key": "create_person",
    "policy_limits_one_in_force_excl": "load_policy_limit",
    "programmes_institution_id_code_key": "create_programme",
    "registrations_one_per_level_key": "register_students",
    "relief_rules_institution_id_group_code_effective_from_key": "set_relief_rule",
    "report_types_institution_id_code_key": "define_report_type",
    "result_objections_one_open_key": "raise_result_objection",
    "result_reviews_one_open_key": "propose_result_review",
    "rooms_institution_id_site_id_code_key": "add_room",
    "seed_teachers_one_open_key": "nominate_seed_teacher",
    "site_levels_institution_id_site_id_certificate_level_id_key": "apply_for_site_level",
    "students_institution_id_student_number_key": "create_student",
    "teacher_certificates_each_once_key": "record_teacher_certificate",
    "teachers_institution_id_staff_number_key": "create_teacher",
    "training_consortia_institution_id_name_key": "found_training_consortium",
    "training_plans_one_draft_idx": "draft_training_plan",
    "workload_ratios_one_a_day_excl": "load_workload_ratio",
    "workload_records_once_a_day_key": "log_workload",
}
"""The operation that is asked for several times at once: one does it, the others are told why not."""

Json = dict[str, Any]


def _named_apart(body: Json, n: int) -> Json:
    return body | {"name": f"评价组织{n}", "credit_code": "91350100M000100Y43"}


def _of_documents(body: Json, **apart: object) -> Json:
    (outcome,) = body["outcomes"]
    return body | {"outcomes": [outcome | {"document": outcome["document"] | apart}]}


VARIED: Mapping[str, tuple[str, Callable[[Json, int], Json]]] = {
    "organisations_credit_code_key": ("enter_organisation", _named_apart),
    "submitted_outcomes_one_live_digest_key": (
        "submit_outcomes",
        lambda body, n: _of_documents(body, number=f"RACE-{n}", digest="d" * 64),
    ),
    "submitted_outcomes_one_live_document_key": (
        "submit_outcomes",
        lambda body, n: _of_documents(body, number="RACE", digest=f"{n + 1:064x}"),
    ),
}
"""The same where another rule would be met first: what each asks for differs in all but what this rule is about."""

NUMBERED: Mapping[str, str] = {
    "assessment_schemes_certificate_level_id_version_key": "publish_assessment_scheme",
    "conversion_policies_institution_id_version_key": "load_conversion_policy",
    "expiry_policies_institution_id_version_key": "load_expiry_policy",
    "fee_budgets_one_revision_key": "load_fee_budget",
    "graduation_days_one_revision_key": "load_graduation_day",
    "recognition_policies_institution_id_version_key": "load_recognition_policy",
}
"""The operation that makes one version after the other: each has a number of its own."""


def _in(module: str, test: str, *names: str) -> dict[str, str]:
    return dict.fromkeys(names, f"{module}::{test}")


HELD: Mapping[str, str] = {
    **_in("test_accounts", "test_of_openings_that_meet_each_student_gets_one_account",
          "credit_accounts_one_open_per_student_key"),
    **_in("test_accounts", "test_of_two_who_close_an_account_one_does_and_there_is_one_statement",
          "closing_statements_institution_id_account_id_key"),
    **_in("test_awards", "test_a_correction_by_hand_against_a_push_revokes_once_and_each_case_has_its_number",
          "correction_cases_institution_id_number_key", "correction_cases_institution_id_result_id_key"),
    **_in("test_awards", "test_of_two_reissues_at_once_one_is_open_and_of_two_confirmations_one_issues",
          "award_copies_institution_id_award_id_serial_key"),
    **_in("test_bank", "test_nothing_is_lost_or_overdrawn_while_eight_move_amounts_between_six_accounts",
          "transfers_credit_seq_key", "transfers_debit_seq_key"),
    **_in("test_bank", "test_of_a_posting_and_a_time_out_that_meet_one_has_its_way", "transfers_resolves_key"),
    **_in("test_charges", "test_one_attempt_is_reserved_by_one_of_two_registrations",
          "guarantees_one_a_student_key", "guarantees_one_a_registration_key", "guarantee_events_in_order_key"),
    **_in("test_charges", "test_a_registration_is_charged_once_however_often_it_is_raised",
          "charges_one_a_registration_key"),
    **_in("test_charges", "test_a_callback_said_many_times_at_once_counts_once", "payment_callbacks_once_key"),
    **_in("test_clients", "test_of_many_keys_added_at_once_two_are_taken", "client_keys_one_a_slot_excl"),
    **_in("test_exam_days", "test_even_if_nobody_had_to_look_nobody_shares_a_seat",
          "seats_one_candidate_key"),
    **_in("test_exam_days", "test_what_devices_send_at_once_and_twice_counts_once_and_is_compared",
          "check_ins_nonce_key"),
    **_in("test_joint_exams", "test_eight_pushes_of_the_same_rows_enter_each_grade_once",
          "joint_grades_one_of_a_registration_key"),
    **_in("test_mappings", "test_of_two_first_publications_at_once_one_wins", "mappings_one_rule_in_force_excl"),
    **_in("test_mappings", "test_two_proposals_at_once_get_two_versions",
          "mappings_institution_id_programme_id_certificate_level_id_direction_version_key"),
    **_in("test_mappings", "test_of_two_limits_loaded_at_once_for_one_day_one_wins", "policy_limits_one_version_key"),
    **_in("test_outcomes", "test_even_if_nobody_locked_them_the_same_grade_is_submitted_once",
          "submitted_outcomes_one_live_course_key"),
    **_in("test_outcomes", "test_two_nights_at_once_let_credits_run_out_once_even_if_nobody_locked",
          "expired_credits_institution_id_entry_id_key"),
    **_in("test_publications", "test_what_is_made_known_once_is_there_once",
          "bulletins_institution_id_supersedes_id_key", "case_opinions_one_a_person_key",
          "policy_drafts_institution_id_policy_document_id_key", "policy_versions_one_number_key"),
    **_in("test_posts", "test_the_constraint_stands_where_nobody_looks_first", "college_posts_one_in_charge_excl"),
    **_in("test_posts", "test_nobody_is_appointed_twice_to_one_post", "college_posts_holder_once_excl"),
    **_in("test_posts", "test_of_two_changes_of_leader_on_one_day_one_is_done", "working_group_leaders_one_a_day_key"),
    **_in("test_push", "test_eight_clients_that_push_the_same_batch_under_keys_of_their_own_have_one_effect",
          "awards_one_per_person_and_level_key", "results_one_in_effect_key",
          "results_institution_id_organisation_id_org_result_id_revision_key",
          "learning_outcomes_institution_id_award_id_key",
          "journal_entries_institution_id_source_id_kind_occasion_key",
          "journal_entries_institution_id_reverses_id_key"),
    **_in("test_push", "test_the_first_deposits_of_an_institution_may_come_all_at_once",
          "ledger_accounts_institution_side_key"),
    **_in("test_push", "test_lists_registered_at_once_get_numbers_of_their_own_and_no_student_two",
          "registrations_institution_id_exam_plan_id_admission_number_key", "candidates_student_key",
          "candidates_institution_id_identity_document_id_key"),
    **_in("test_qualifications", "test_overlapping_grants_of_the_same_teachers_make_one_each",
          "teacher_qualifications_no_overlap_excl"),
    **_in("test_qualifications", "test_a_lead_is_handed_over_once_however_many_try",
          "consortium_members_one_lead_at_a_time_excl"),
    **_in("test_guidance", "test_a_questionnaire_entered_at_once_counts_once",
          "survey_responses_institution_id_survey_id_reference_key"),
    **_in("test_guidance", "test_a_party_entered_at_once_is_there_once",
          "outside_parties_institution_id_name_key", "outside_parties_institution_id_credit_code_key"),
    **_in("test_guidance", "test_two_workers_at_once_remind_once", "guidance_reminders_once_key"),
    **_in("test_reports", "test_a_period_opened_and_a_report_submitted_many_times_at_once_is_there_once",
          "reports_no_day_twice_excl", "report_submissions_institution_id_report_id_number_key"),
    **_in("test_supervision", "test_a_year_opened_and_an_assessment_submitted_many_times_at_once_is_there_once",
          "assessment_years_institution_id_year_key", "college_assessments_institution_id_year_id_college_id_key",
          "college_submissions_institution_id_assessment_id_number_key"),
    **_in("test_supervision", "test_of_versions_drawn_up_at_once_one_is_and_it_comes_into_force_once",
          "college_schemes_one_draft_key", "college_schemes_institution_id_number_key",
          "college_schemes_one_a_year_excl"),
    **_in("test_refresh", "test_twenty_refreshes_of_one_token_give_one_child", "refresh_tokens_one_unused_key",
          "refresh_tokens_session_id_number_key"),
    **_in("test_register", "test_two_students_of_one_document_are_one",
          "students_institution_id_identity_document_id_key", "identity_documents_institution_id_lookup_hash_key"),
    **_in("test_register", "test_a_programme_has_one_draft_an_entry_year",
          "training_plans_one_in_force_idx", "training_plans_one_version_key"),
    **_in("test_roles", "test_however_often_they_meet_somebody_is_left", "platform_roles_powers_apart_key"),
    **_in("test_sealing", "test_sealers_and_writers_at_once_lose_no_row_and_seal_none_twice",
          "log_leaves_institution_id_source_row_id_key", "seals_institution_id_size_key",
          "platform_log_leaves_source_row_id_key", "platform_seals_size_key"),
    **_in("test_training", "test_versions_loaded_at_once_have_numbers_of_their_own",
          "training_requirements_institution_id_version_key"),
    **_in("test_training", "test_cycles_opened_by_many_at_once_are_one_a_teacher",
          "training_cycles_one_at_a_time_excl"),
    **_in("test_training", "test_of_thirty_who_enrol_at_once_eight_get_the_places_and_the_others_wait_in_order",
          "training_enrolments_one_number_key"),
    **_in("test_training", "test_one_teacher_enrolled_ten_times_at_once_stands_in_line_once",
          "training_enrolments_one_live_key"),
    **_in("test_training", "test_a_result_recorded_by_many_at_once_is_completed_once_and_reversed_once",
          "training_completions_one_of_an_enrolment_key"),
    **_in("test_training", "test_a_training_elsewhere_recorded_and_confirmed_by_many_at_once_counts_once",
          "outside_trainings_one_live_key", "training_completions_one_of_an_outside_training_key"),
    **_in("test_settlements", "test_of_two_settlements_drawn_up_at_once_one_stands",
          "settlements_one_number_key", "settlements_one_open_key"),
    **_in("test_sittings", "test_of_many_sittings_that_want_one_room_one_gets_it", "sitting_rooms_once_at_a_time_excl"),
    **_in("test_sittings", "test_of_many_sittings_that_want_one_examiner_one_gets_them",
          "sitting_examiners_teacher_once_at_a_time_excl", "sitting_examiners_outsider_once_at_a_time_excl"),
    **_in("test_tallies", "test_pushes_moves_folds_and_mending_at_once_lose_and_double_nothing",
          "tallies_one_per_place_key"),
}  # fmt: skip
"""The test in this folder that races for it already."""

_TARGET = "it is there for a foreign key to point to: the id alone is unique"
_SECRET = "it is a hash or code of 128 random bits and more, made by us"
_PARENT = "the row it belongs to is locked by whoever writes it, whose own state or version admits one"
_JOB = "only one job writes it, under a lock of its own, and writes over what is there"
_SET = "writing it again leaves it as it is: it is inserted unless it is there"
IMPOSSIBLE: Mapping[str, str] = {
    **dict.fromkeys(
        ("fee_ceilings_id_amount_fen_key", "institutions_id_is_test_key", "ledger_accounts_institution_id_id_unit_key",
         "machine_clients_id_is_test_key", "exam_sittings_of_key",
         "check_in_devices_of_key", "correspondence_of_a_party_key"),
        _TARGET,
    ),
    **dict.fromkeys(
        ("password_links_token_hash_key", "awards_institution_id_verification_code_key",
         "award_copies_institution_id_verification_code_key", "award_shares_institution_id_token_hash_key",
         "client_keys_kid_key", "machine_clients_client_id_key"),
        _SECRET,
    ),
    **dict.fromkeys(
        ("admissions_institution_id_college_id_certificate_id_key",
         "review_seats_institution_id_review_id_person_id_key",
         "teach_out_items_institution_id_review_id_kind_subject_id_key",
         "participation_decisions_institution_id_participation_id_number_key",
         "programme_returns_institution_id_collection_round_id_programme_id_key",
         "programme_return_versions_institution_id_programme_return_id_number_key",
         "training_plan_courses_each_once_key",
         "working_group_members_once_excl", "working_group_certificates_once_excl",
         "working_group_deeds_institution_id_working_group_id_number_key", "pilot_session_participants_once_key",
         "mapping_notices_institution_id_mapping_id_key", "password_links_one_open_key",
         "incident_consequences_once_key",
         "correction_cases_one_open_of_a_registration_key",
         "number_patterns_organisation_id_certificate_id_version_key", "review_policies_institution_id_version_key"),
        _PARENT,
    ),
    **dict.fromkeys(
        ("bulletin_audiences_each_once_key", "minute_entries_institution_id_consultation_id_number_key",
         "pilot_problem_steps_institution_id_problem_id_number_key",
         "report_type_versions_institution_id_report_type_id_number_key",
         "college_indicators_institution_id_scheme_id_position_key",
         "college_indicators_institution_id_scheme_id_figure_code_key",
         "supervision_finding_steps_institution_id_finding_id_number_key"),
        _PARENT,
    ),
    "feed_drops_institution_id_file_name_key": "one job at a time makes files, each named by its own id",
    "feed_records_institution_id_award_id_revision_key": _SET,
    **dict.fromkeys(
        ("consortium_members_college_once_at_a_time_excl", "consortium_members_organisation_once_at_a_time_excl",
         "consortium_members_partner_once_at_a_time_excl"),
        _PARENT,
    ),
    "seed_teachers_one_term_at_a_time_excl": "one nomination is open at a time, and whoever answers it locks it",
    "cost_sheet_lines_institution_id_cost_sheet_id_position_key": _PARENT,
    "cost_sheets_one_accepted_key": _PARENT,
    "cost_sheets_one_version_key": "the same deed as the open one's, whose race stands for both",
    "fee_standards_one_proposal_excl": "the same deed as the overlap's, whose race stands for both",
    "expiry_notices_institution_id_deposit_entry_id_key": "the night locks the persons whose credits it names",
    "payments_document_once_key": "whoever takes a payment locks its charge",
    "social_participants_once_a_class_key": _PARENT,
    "workload_accounts_institution_id_teacher_id_key": "whoever verifies hours locks their teachers",
    "workload_accounts_institution_id_ledger_account_id_key": "the account in the book is made by the same deed",
    "workload_records_institution_id_entry_id_key": "the entry is made by the same deed",
    "workload_records_institution_id_reversal_entry_id_key": "the entry is made by the same deed",
    "number_clashes_organisation_id_number_key": _JOB,
    "webhook_deliveries_endpoint_id_event_id_key": _SET,
    "jobs_once_as_key": _SET,
    "institutions_code_key": "institutions are set up by one operator's command, which the constraint itself stops",
    "platform_roles_person_id_role_organisation_id_key": "the same deed as memberships', whose grants lock the person",
    "memberships_one_of_a_kind_key": "whoever grants a role locks the person",
    "teachers_institution_id_person_id_key": "whoever links a teacher holds the register's lock, and looks then",
    "credit_accounts_institution_id_ledger_account_id_key": "the account in the book is made by the same statement",
}  # fmt: skip
"""Why nothing can race for it."""


def unique_rules(metadata: MetaData) -> Iterator[tuple[str, str]]:
    """List every rule that something is there once, with its table."""
    for table in metadata.sorted_tables:
        for constraint in table.constraints:
            if isinstance(constraint, UniqueConstraint | ExcludeConstraint):
                yield str(constraint.name), table.name
        yield from ((str(index.name), table.name) for index in table.indexes if index.unique)


def unmatched(metadata: MetaData) -> list[str]:
    """Name the rules nobody races for without a reason, those with two places, and places of no rule."""
    rules = dict(unique_rules(metadata))
    places = [*RACED, *VARIED, *NUMBERED, *HELD, *IMPOSSIBLE]
    return [
        *(f"{name}: no race, and no reason why none can be" for name in sorted(rules.keys() - set(places))),
        *(f"{name}: no such rule" for name in sorted(set(places) - rules.keys())),
        *(f"{name}: in two places" for name in sorted({name for name in places if places.count(name) > 1})),
    ]
