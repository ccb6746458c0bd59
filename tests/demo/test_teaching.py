"""Who teaches what by which plan in the demonstration, and what was passed."""

from collections import Counter, defaultdict
from uuid import UUID, uuid4

import pytest

from x_pilot_api.demo.dataset import ENTRY_YEARS, build_dataset
from x_pilot_api.demo.keys import Keys
from x_pilot_api.demo.teaching import teaching
from x_pilot_api.registry.models import CourseGrade, Teacher, TrainingPlan, TrainingPlanCourse

FACTS = build_dataset()


@pytest.fixture
def keys() -> Keys:
    return Keys(
        institution_id=uuid4(),
        colleges={it.code: uuid4() for it in FACTS.colleges},
        programmes={it.code: uuid4() for it in FACTS.programmes},
        courses={(it.programme_code, it.code): uuid4() for it in FACTS.courses},
        students={it.student_number: uuid4() for it in FACTS.students},
    )


def test_every_programme_has_a_plan_for_every_entry_year_that_offers_what_it_asks_for(keys: Keys) -> None:
    rows = list(teaching(FACTS, keys))
    plans = {row["id"]: row for model, row in rows if model is TrainingPlan}
    assert len(plans) == len(FACTS.programmes) * len(ENTRY_YEARS)
    offered: defaultdict[UUID, int] = defaultdict(int)
    for model, row in rows:
        if model is TrainingPlanCourse:
            offered[row["training_plan_id"]] += row["credit_hundredths"]
    assert offered == {key: row["graduation_credit_hundredths"] for key, row in plans.items()}


def test_no_grade_is_in_a_course_that_a_certificate_can_stand_for(keys: Keys) -> None:
    replaced = {keys.courses[it.programme_code, part.course_code] for it in FACTS.mapping_rules for part in it.credits}
    grades = [row for model, row in teaching(FACTS, keys) if model is CourseGrade]
    assert len(grades) > len(FACTS.students)
    assert not replaced & {row["course_id"] for row in grades}
    assert Counter(row["passed"] for row in grades)[False] > 0


def test_every_college_has_teachers(keys: Keys) -> None:
    taught = {row["college_id"] for model, row in teaching(FACTS, keys) if model is Teacher}
    assert taught == set(keys.colleges.values())
