"""The demonstration's facts agree with each other, with the rules of the pilot and with what was frozen."""

import dataclasses
import hashlib
import json
from collections import Counter
from datetime import date

from stdnum.cn import ric

from x_pilot_api.demo import catalogue, dataset

# Changing the demonstration on purpose means looking at what changed and then writing the new value here.
GOLDEN_SHA256 = "549d646221062a9eabe011e7172b6f6bbf51ffbcd236cfbe3fb5b9ea5d6e2416"


def canonical_text(facts: dataset.Dataset) -> str:
    return json.dumps(dataclasses.asdict(facts), ensure_ascii=False, sort_keys=True, default=str)


def finance_students() -> dict[str, dataset.Student]:
    facts = dataset.build_dataset()
    registered = {it.student_number for it in facts.registrations if it.plan_code == catalogue.MAIN_PLAN}
    return {it.student_number: it for it in facts.students if it.student_number in registered}


def test_the_catalogue_has_its_seventy_eight_certificates() -> None:
    entries = catalogue.read_catalogue()
    assert len(entries) == 78
    by_name = {entry.name: entry for entry in entries}
    assert by_name["智能财税"].levels == ("1", "2", "3")
    assert by_name["智能财税"].organisation == "中联集团教育科技有限公司"
    assert by_name["智能财税"].batch == "2"
    assert by_name["Python程序开发"].batch is None


def test_a_certificate_whose_levels_are_unknown_gets_the_intermediate_one_and_says_so() -> None:
    entries = catalogue.read_catalogue()
    unknown = [entry for entry in entries if not entry.levels_known]
    assert unknown
    assert all(entry.levels == ("2",) for entry in unknown)
    assert all(set(entry.levels) <= {"1", "2", "3"} for entry in entries)


def test_the_whole_dataset_is_the_one_that_was_frozen() -> None:
    text = canonical_text(dataset.build_dataset())
    assert hashlib.sha256(text.encode()).hexdigest() == GOLDEN_SHA256


def test_building_twice_gives_the_same_facts() -> None:
    first = dataset.build_dataset()
    dataset.build_dataset.cache_clear()
    assert dataset.build_dataset() == first


def test_every_student_has_a_valid_identity_number_of_their_own_that_fits_the_entry_year() -> None:
    students = dataset.build_dataset().students
    assert len(students) == 2000
    assert len({student.identity_number for student in students}) == 2000
    for student in students:
        assert ric.is_valid(student.identity_number)
        assert ric.get_birth_place(student.identity_number)["province"] == "江苏省"
        born_on = ric.get_birth_date(student.identity_number)
        assert date(student.entry_year - 19, 9, 1) < born_on <= date(student.entry_year - 18, 9, 1)


def test_made_up_identity_numbers_use_sequence_codes_that_young_people_do_not_have() -> None:
    assert {student.identity_number[14:17] for student in dataset.build_dataset().students} == {
        "996",
        "997",
        "998",
        "999",
    }


def test_student_numbers_are_unique_and_names_are_varied() -> None:
    students = dataset.build_dataset().students
    assert len({student.student_number for student in students}) == 2000
    assert len({student.name for student in students}) > 1900
    assert {student.entry_year for student in students} == {2023, 2024, 2025}
    assert max(Counter(student.class_name for student in students).values()) <= 40


def test_there_are_six_colleges_and_each_has_a_showcase_programme_that_is_piloted() -> None:
    facts = dataset.build_dataset()
    assert len(facts.colleges) == 6
    showcases = {it.college_code for it in facts.programmes if it.is_showcase and it.is_pilot}
    assert showcases == {college.code for college in facts.colleges}
    per_college = Counter(programme.college_code for programme in facts.programmes)
    assert set(per_college) == showcases
    assert all(3 <= count <= 5 for count in per_college.values())


def test_every_programme_has_courses_of_every_category() -> None:
    facts = dataset.build_dataset()
    assert len({course.code for course in facts.courses}) == len(facts.courses)
    for programme in facts.programmes:
        courses = [course for course in facts.courses if course.programme_code == programme.code]
        assert 5 <= len(courses) <= 8
        assert {course.category for course in courses} == {"foundation", "core", "elective"}
        assert all(course.hours * 100 == course.credit_hundredths * 16 for course in courses)


def test_the_facts_refer_only_to_each_other() -> None:
    facts = dataset.build_dataset()
    colleges = {college.code for college in facts.colleges}
    programmes = {programme.code for programme in facts.programmes}
    levels = {(it.certificate_name, it.level) for it in facts.pilot_certificates}
    levels_of = {entry.name: set(entry.levels) for entry in facts.catalogue_entries}
    plans = {plan.code: plan for plan in facts.plans}
    students = {student.student_number for student in facts.students}
    assert {it.college_code for it in facts.programmes} <= colleges
    assert {it.programme_code for it in facts.courses} == programmes
    assert {it.programme_code for it in facts.students} == programmes
    assert {code for it in facts.pilot_certificates for code in it.college_codes} == colleges
    assert all(level in levels_of[name] for name, level in levels)
    assert {(it.certificate_name, it.level) for it in facts.mapping_rules} <= levels
    assert {(it.certificate_name, level) for it in facts.plans for level in it.levels} <= levels
    assert {(it.certificate_name, it.level) for it in facts.fee_standards} <= levels
    assert {(it.certificate_name, it.level) for it in facts.certificate_exits} <= levels
    for registration in facts.registrations:
        assert registration.student_number in students
        assert registration.level in plans[registration.plan_code].levels


def test_the_weights_of_every_assessment_add_up_and_every_kind_of_rule_occurs() -> None:
    schemes = [it.scheme for it in dataset.build_dataset().pilot_certificates]
    for scheme in schemes:
        assert sum(component.weight_percent for component in scheme.components) == 100
        assert scheme.basis == catalogue.DEMONSTRATION_VALUE
        if scheme.combination == "every_component":
            assert scheme.total_pass_mark is None
            assert all(component.pass_mark is not None for component in scheme.components)
        else:
            assert scheme.total_pass_mark is not None
    assert {scheme.total_pass_mark for scheme in schemes} == {None, 6000, 8000}
    assert {scheme.exam_form for scheme in schemes} == {"paper", "computer", "ordinary_practical", "special_practical"}


def test_no_rule_gives_more_than_eight_credits_or_more_than_its_courses_have() -> None:
    facts = dataset.build_dataset()
    courses = {course.code: course for course in facts.courses}
    allowed = {"1": {"foundation"}, "2": {"core"}, "3": {"foundation", "core"}}
    for rule in facts.mapping_rules:
        assert 0 < rule.credit_hundredths <= 800
        assert rule.first_entry_year <= rule.last_entry_year
        for credit in rule.credits:
            assert courses[credit.course_code].programme_code == rule.programme_code
            assert credit.credit_hundredths <= courses[credit.course_code].credit_hundredths
            assert courses[credit.course_code].category in allowed[rule.level]


def test_a_course_of_a_programme_converts_with_one_certificate_only() -> None:
    facts = dataset.build_dataset()
    pairs = {(credit.course_code, rule.certificate_name) for rule in facts.mapping_rules for credit in rule.credits}
    assert len({course for course, _ in pairs}) == len(pairs)


def test_at_most_one_rule_fits_a_programme_and_level() -> None:
    rules = dataset.build_dataset().mapping_rules
    assert len({(it.programme_code, it.certificate_name, it.level) for it in rules}) == len(rules)


def test_some_candidates_of_the_main_plan_have_no_rule_and_a_few_have_no_account() -> None:
    facts = dataset.build_dataset()
    students = finance_students().values()
    without_rule = {
        (it.programme_code, it.entry_year) for it in students if dataset.find_rule(facts, it, "智能财税", "2") is None
    }
    assert {code for code, _ in without_rule} == {"530202", "530205", "530303", "530304"}
    assert {year for code, year in without_rule if code == "530303"} == {2023}
    share = sum(not student.opens_account for student in students) / len(students)
    assert 0.025 < share < 0.04


def test_nobody_outside_the_pilot_registers_or_has_an_account() -> None:
    facts = dataset.build_dataset()
    outside = {programme.code for programme in facts.programmes if not programme.is_pilot}
    students = {student.student_number: student for student in facts.students}
    assert not any(student.opens_account for student in facts.students if student.programme_code in outside)
    assert not any(students[it.student_number].programme_code in outside for it in facts.registrations)


def test_registrations_are_confirmed_while_the_plan_is_open_and_stay_within_the_quota() -> None:
    facts = dataset.build_dataset()
    plans = {plan.code: plan for plan in facts.plans}
    quota = {(it.certificate_name, it.level): it.quota for it in facts.pilot_certificates}
    for registration in facts.registrations:
        plan = plans[registration.plan_code]
        assert plan.registration_opens_on <= registration.confirmed_on <= plan.registration_closes_on < plan.exam_on
    for code, count in Counter(it.plan_code for it in facts.registrations).items():
        assert count <= quota[plans[code].certificate_name, plans[code].levels[0]]
    assert len(finance_students()) == dataset.REGISTERED_FOR_MAIN_PLAN
    assert len({it.student_number for it in facts.registrations}) == len(facts.registrations)


def test_the_exited_certificate_has_registrations_from_before_and_after_the_exit() -> None:
    facts = dataset.build_dataset()
    exit_ = facts.certificate_exits[0]
    plan = next(it for it in facts.plans if it.code == catalogue.EXITED_PLAN)
    assert plan.certificate_name == exit_.certificate_name
    confirmed = [it.confirmed_on for it in facts.registrations if it.plan_code == plan.code]
    assert sum(day < exit_.exited_on for day in confirmed) == 24
    assert sum(day >= exit_.exited_on for day in confirmed) == 16


def test_the_plans_belong_to_different_organisations() -> None:
    assert len({plan.organisation for plan in dataset.build_dataset().plans}) == 3


def test_no_fee_is_above_its_ceiling_and_every_amount_says_that_it_is_made_up() -> None:
    facts = dataset.build_dataset()
    ceiling_of = {it.exam_form: it.amount_fen for it in facts.fee_ceilings}
    assert len(ceiling_of) == 4
    assert all(it.fee_fen <= ceiling_of[it.exam_form] for it in facts.fee_standards)
    numbers = [it.document_number for it in (*facts.fee_ceilings, *facts.fee_standards)]
    assert all(catalogue.DEMONSTRATION_VALUE in number for number in numbers)
    assert facts.institution.code_basis == catalogue.DEMONSTRATION_VALUE
    assert len(facts.institution.code) == 10


def test_every_role_has_somebody_whose_scope_exists() -> None:
    facts = dataset.build_dataset()
    known = {
        "platform": set[str](),
        "institution": {facts.institution.name},
        "college": {college.name for college in facts.colleges},
        "student": {student.student_number for student in facts.students},
        "organisation": {entry.organisation for entry in facts.catalogue_entries},
    }
    roles = Counter(person.role for person in facts.people)
    assert set(roles) == {
        "operator",
        "registrar",
        "coordinator",
        "expert",
        "teacher",
        "student",
        "org_staff",
        "auditor",
        "finance",
    }
    assert max(roles.values()) <= 2
    assert len({person.username for person in facts.people}) == len(facts.people)
    assert all(set(person.scope_names) <= known[person.scope_kind] for person in facts.people)
    assert {client.organisation for client in facts.machine_clients} <= known["organisation"]
