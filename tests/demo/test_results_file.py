"""The results file has exactly its thousand rows, and each row is what its expectation says it is."""

from collections import Counter
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from x_pilot_api.demo import catalogue, dataset, results_file


def admission_numbers() -> Mapping[tuple[str, str], str]:
    registrations = dataset.build_dataset().registrations
    return {(it.plan_code, it.student_number): f"26{place:010d}" for place, it in enumerate(registrations)}


@pytest.fixture(scope="module")
def first() -> results_file.ResultsFile:
    return results_file.build_results(dataset.build_dataset(), admission_numbers())


@pytest.fixture(scope="module")
def second(first: results_file.ResultsFile) -> results_file.ResultsFile:
    return results_file.second_push(dataset.build_dataset(), first)


def main_scheme() -> catalogue.AssessmentScheme:
    pilots = dataset.build_dataset().pilot_certificates
    return next(it.scheme for it in pilots if (it.certificate_name, it.level) == ("智能财税", "2"))


def every_component_scheme() -> catalogue.AssessmentScheme:
    return next(it.scheme for it in dataset.build_dataset().pilot_certificates if it.certificate_name == "物流管理")


def own_number_and_document(student_number: str | None) -> tuple[str, str]:
    assert student_number is not None
    student = next(it for it in dataset.build_dataset().students if it.student_number == student_number)
    return admission_numbers()[catalogue.MAIN_PLAN, student_number], student.identity_number


def test_the_file_has_exactly_a_thousand_rows_and_the_expectations_add_up(first: results_file.ResultsFile) -> None:
    assert len(first.rows) == len(first.expected_outcome) == sum(first.expected.values()) == 1000
    assert dict(first.expected) == {
        "accepted": 967,
        "quarantined": 7,
        "rejected_unknown_candidate": 10,
        "rejected_document_mismatch": 4,
        "rejected_score_out_of_range": 5,
        "rejected_wrong_component": 4,
        "rejected_duplicate_in_batch": 3,
    }


def test_every_kind_of_special_row_occurs_as_often_as_planned(first: results_file.ResultsFile) -> None:
    assert Counter(line.kind for line in first.lines) == {
        "ordinary": 951,
        "absent": 8,
        "breach": 2,
        "provisional": 5,
        "sent_as_second_revision": 1,
        "document_of_another_person": 4,
        "score_out_of_range": 5,
        "missing_component": 2,
        "unknown_component": 2,
        "pass_flag_disagrees": 7,
        "unknown_admission_number": 6,
        "candidate_of_another_plan": 4,
        "duplicated_org_result_id": 3,
    }


def test_what_the_file_should_set_off_adds_up(first: results_file.ResultsFile) -> None:
    effects = first.effects
    assert effects["awards_issued"] == (
        effects["verified_without_account"] + effects["recognised_without_credits"] + effects["deposits_posted"]
    )
    assert effects == {
        "awards_issued": 749,
        "verified_without_account": 28,
        "recognised_without_credits": 163,
        "deposits_posted": 558,
        "deposited_hundredths": 371_350,
    }


def test_what_the_file_should_set_off_is_what_its_passes_are_worth(first: results_file.ResultsFile) -> None:
    facts = dataset.build_dataset()
    students = {student.student_number: student for student in facts.students}
    rules = [it for it in facts.mapping_rules if (it.certificate_name, it.level) == ("智能财税", "2")]
    counted = Counter[str]()
    for line, outcome in zip(first.lines, first.expected_outcome, strict=True):
        if outcome != "accepted" or line.row["grading"] != "final" or not line.row["passed"]:
            continue
        student = students[line.student_number or ""]
        counted["awards_issued"] += 1
        worth = [
            sum(credit.credit_hundredths for credit in rule.credits)
            for rule in rules
            if rule.programme_code == student.programme_code and rule.first_entry_year <= student.entry_year
        ]
        if not student.opens_account:
            counted["verified_without_account"] += 1
        elif not worth:
            counted["recognised_without_credits"] += 1
        else:
            counted["deposits_posted"] += 1
            counted["deposited_hundredths"] += worth[0]
    assert counted == first.effects


def test_building_the_file_twice_gives_the_same_rows(first: results_file.ResultsFile) -> None:
    assert results_file.build_results(dataset.build_dataset(), admission_numbers()) == first


def test_about_seventy_eight_percent_of_the_ordinary_rows_pass(first: results_file.ResultsFile) -> None:
    ordinary = [line.row for line in first.lines if line.kind == "ordinary"]
    assert 0.76 < sum(bool(row["passed"]) for row in ordinary) / len(ordinary) < 0.80


def test_accepted_rows_carry_the_total_and_the_decision_of_the_scheme(first: results_file.ResultsFile) -> None:
    for line in first.lines:
        row = line.row
        if line.expected_outcome != "accepted" or row["activity"] != "present":
            continue
        theory, practical = Decimal(row["components"]["theory"]), Decimal(row["components"]["practical"])
        total = (theory * 40 + practical * 60) / 100
        assert row["total"] == str(total.quantize(Decimal("0.01"), ROUND_HALF_UP))
        assert row["passed"] == (total.quantize(Decimal("0.01"), ROUND_HALF_UP) >= 60)
        assert 0 <= min(theory, practical) <= max(theory, practical) <= 100


def test_rows_of_known_candidates_name_their_own_number_and_document(first: results_file.ResultsFile) -> None:
    strange = {"unknown_admission_number", "candidate_of_another_plan", "document_of_another_person"}
    for line in first.lines:
        if line.kind not in strange:
            row = line.row
            assert (row["admission_number"], row["document_number"]) == own_number_and_document(line.student_number)


def test_nobody_who_sat_the_exam_is_left_out(first: results_file.ResultsFile) -> None:
    registrations = dataset.build_dataset().registrations
    registered = {it.student_number for it in registrations if it.plan_code == catalogue.MAIN_PLAN}
    assert registered <= {line.student_number for line in first.lines}


def test_unknown_candidates_are_not_in_the_main_plan(first: results_file.ResultsFile) -> None:
    plan_of = {number: plan for (plan, _), number in admission_numbers().items()}
    for line in first.lines:
        if line.kind == "unknown_admission_number":
            assert line.row["admission_number"] not in plan_of
        if line.kind == "candidate_of_another_plan":
            assert plan_of[line.row["admission_number"]] == catalogue.OTHER_PLAN


def test_a_foreign_document_is_really_another_person_s(first: results_file.ResultsFile) -> None:
    foreign = [line for line in first.lines if line.kind == "document_of_another_person"]
    everybody = {student.identity_number for student in dataset.build_dataset().students}
    for line in foreign:
        number, document = own_number_and_document(line.student_number)
        assert line.row["admission_number"] == number
        assert line.row["document_number"] != document
        assert line.row["document_number"] in everybody


def test_defective_scores_have_the_defect_that_they_stand_for(first: results_file.ResultsFile) -> None:
    for line in first.lines:
        row = line.row
        match line.kind:
            case "score_out_of_range":
                assert max(Decimal(score) for score in row["components"].values()) > 100
            case "missing_component":
                assert set(row["components"]) == {"theory"}
            case "unknown_component":
                assert set(row["components"]) == {"theory", "oral"}
            case "absent" | "breach":
                assert (row["components"], row["total"], row["passed"]) == ({}, None, None)
                assert row["activity"] == line.kind
            case "pass_flag_disagrees":
                assert row["passed"] != (Decimal(row["total"] or "") >= 60)
            case _:
                assert set(row["components"]) == {"theory", "practical"}


def test_the_organisation_s_flag_errs_in_both_directions(first: results_file.ResultsFile) -> None:
    assert {line.row["passed"] for line in first.lines if line.kind == "pass_flag_disagrees"} == {True, False}


def test_a_repeated_id_comes_later_than_the_row_it_repeats_and_says_something_else(
    first: results_file.ResultsFile,
) -> None:
    seen: dict[str, results_file.ResultRow] = {}
    repeated = 0
    for line in first.lines:
        row = line.row
        if line.kind == "duplicated_org_result_id":
            repeated += 1
            assert seen[row["org_result_id"]]["components"] != row["components"]
            assert seen[row["org_result_id"]]["admission_number"] == row["admission_number"]
        else:
            assert row["org_result_id"] not in seen
            seen[row["org_result_id"]] = row
    assert repeated == 3


def test_a_number_that_the_service_gave_out_is_never_taken_for_unknown() -> None:
    given_out = {key: f"99{place + 1:010d}" for place, key in enumerate(admission_numbers())}
    # The service could number its candidates in the very form in which unknown ones are made up.
    rows = results_file.build_results(dataset.build_dataset(), given_out)
    unknown = {it.row["admission_number"] for it in rows.lines if it.kind == "unknown_admission_number"}
    assert len(unknown) == 6
    assert unknown.isdisjoint(given_out.values())


def test_the_second_push_corrects_eight_rows_and_repeats_two(
    first: results_file.ResultsFile, second: results_file.ResultsFile
) -> None:
    assert dict(second.expected) == {"corrected": 8, "unchanged": 1, "rejected_stale_revision": 1}
    before = {it.row["org_result_id"]: it.row for it in first.lines if it.kind != "duplicated_org_result_id"}
    for line in second.lines:
        old, new = before[line.row["org_result_id"]], line.row
        match line.kind:
            case "now_passes":
                assert (old["passed"], new["passed"], new["revision"]) == (False, True, 2)
            case "now_fails":
                assert (old["passed"], new["passed"], new["revision"]) == (True, False, 2)
            case "unchanged":
                assert new == old
            case _:
                assert (old["passed"], old["revision"], new["passed"], new["revision"]) == (True, 2, False, 1)
    assert Counter(line.kind for line in second.lines) == {
        "now_passes": 4,
        "now_fails": 4,
        "unchanged": 1,
        "stale_revision": 1,
    }


def test_the_second_push_leaves_the_first_as_it_was(first: results_file.ResultsFile) -> None:
    before = repr(first)
    _ = results_file.second_push(dataset.build_dataset(), first)
    assert repr(first) == before


def test_what_the_second_push_should_set_off_is_known(second: results_file.ResultsFile) -> None:
    assert second.effects == {
        "awards_issued": 4,
        "verified_without_account": 0,
        "recognised_without_credits": 1,
        "deposits_posted": 3,
        "deposited_hundredths": 1900,
        "awards_revoked": 4,
        "deposits_reversed": 4,
        "reversed_hundredths": 2600,
    }


@given(theory=st.integers(0, 10_000), practical=st.integers(0, 10_000), weight=st.integers(0, 100))
def test_a_total_is_the_weighted_mean_rounded_half_up(theory: int, practical: int, weight: int) -> None:
    scheme = catalogue.AssessmentScheme(
        components=(
            catalogue.AssessmentComponent("theory", "理论", weight, 10_000, None),
            catalogue.AssessmentComponent("practical", "实操", 100 - weight, 10_000, None),
        ),
        combination="weighted_sum",
        total_pass_mark=6000,
        exam_form="computer",
        basis=catalogue.DEMONSTRATION_VALUE,
    )
    total = results_file.total_of(scheme, {"theory": theory, "practical": practical})
    exact = (Decimal(theory) * weight + Decimal(practical) * (100 - weight)) / 100
    assert total == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@pytest.mark.parametrize(
    ("theory", "practical", "passes"),
    [(6000, 6000, True), (0, 10_000, True), (10_000, 3332, False), (10_000, 3333, True), (5999, 5999, False)],
)
def test_a_weighted_sum_passes_when_its_rounded_total_reaches_the_pass_mark(
    theory: int, practical: int, *, passes: bool
) -> None:
    assert results_file.is_passed(main_scheme(), {"theory": theory, "practical": practical}) is passes


@pytest.mark.parametrize(
    ("theory", "practical", "passes"), [(6000, 6000, True), (5999, 10_000, False), (10_000, 5999, False)]
)
def test_every_component_must_reach_its_own_pass_mark(theory: int, practical: int, *, passes: bool) -> None:
    assert results_file.is_passed(every_component_scheme(), {"theory": theory, "practical": practical}) is passes
