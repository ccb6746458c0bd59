"""Who teaches what by which plan, and what the students have passed so far; all of it made up."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from random import Random
from typing import Any, Final
from uuid import UUID, uuid4

from x_pilot_api.core.db import Base
from x_pilot_api.demo import names
from x_pilot_api.demo.dataset import ENTRY_YEARS, SEED, Course, Dataset
from x_pilot_api.demo.keys import Keys
from x_pilot_api.registry.models import (
    CourseGrade,
    Teacher,
    TrainingPlan,
    TrainingPlanCategory,
    TrainingPlanCourse,
)

_TEACHERS_OF_A_COLLEGE: Final = 3
_TERM: Final = {"foundation": 1, "core": 3, "elective": 5}
_PASS_MARK: Final = 60
_LOWEST, _SPREAD = 52, 47
_FIRST_TERM: Final = "01"

Rows = Iterator[tuple[type[Base], dict[str, Any]]]


def teaching(facts: Dataset, keys: Keys) -> Rows:
    """Give the rows of teachers, training plans in force and course grades, those that are referred to first."""
    there = {"institution_id": keys.institution_id}
    rng = Random(SEED + 1)
    for college in facts.colleges:
        for serial in range(1, _TEACHERS_OF_A_COLLEGE + 1):
            staff_number = f"T{college.code}{serial:02d}"
            name = names.person_name(rng)
            yield (
                Teacher,
                there | {"staff_number": staff_number, "name": name, "college_id": keys.colleges[college.code]},
            )
    yield from _plans(facts, keys, there)
    yield from _grades(facts, keys, there, rng)


def _plans(facts: Dataset, keys: Keys, there: Mapping[str, UUID]) -> Rows:
    by_programme: dict[str, list[Course]] = {}
    for course in facts.courses:
        by_programme.setdefault(course.programme_code, []).append(course)
    plans = [(uuid4(), code, year) for code in by_programme for year in ENTRY_YEARS]
    for plan_id, code, year in plans:
        total = sum(course.credit_hundredths for course in by_programme[code])
        yield (
            TrainingPlan,
            {
                **there,
                "id": plan_id,
                "programme_id": keys.programmes[code],
                "entry_year": year,
                "version": 1,
                "state": "in_force",
                "graduation_credit_hundredths": total,
                "document_number": f"演示方案〔{year}〕{code}号",
                "in_force_at": datetime(year, 8, 1, tzinfo=UTC),
            },
        )
    for plan_id, code, _ in plans:
        part: dict[str, Any] = {**there, "training_plan_id": plan_id}
        asked: dict[str, int] = {}
        for course in by_programme[code]:
            asked[course.category] = asked.get(course.category, 0) + course.credit_hundredths
        for category, credit in asked.items():
            yield TrainingPlanCategory, part | {"category": category, "credit_hundredths": credit}
        for course in by_programme[code]:
            yield (
                TrainingPlanCourse,
                {
                    **part,
                    "course_id": keys.courses[code, course.code],
                    "term": _TERM[course.category],
                    "credit_hundredths": course.credit_hundredths,
                    "category": course.category,
                    "is_compulsory": course.is_compulsory,
                },
            )


def _grades(facts: Dataset, keys: Keys, there: Mapping[str, UUID], rng: Random) -> Rows:
    """Grade the foundation courses of the first term that no rule replaces: what was passed cannot be replaced."""
    replaced = {(rule.programme_code, credit.course_code) for rule in facts.mapping_rules for credit in rule.credits}
    taught: dict[str, list[Course]] = {}
    for course in facts.courses:
        if course.category == "foundation" and (course.programme_code, course.code) not in replaced:
            taught.setdefault(course.programme_code, []).append(course)
    for student in facts.students:
        for course in taught.get(student.programme_code, ()):
            score = _LOWEST + names.below(rng, _SPREAD)
            yield (
                CourseGrade,
                {
                    **there,
                    "student_id": keys.students[student.student_number],
                    "course_id": keys.courses[course.programme_code, course.code],
                    "term": f"{student.entry_year}-{student.entry_year + 1}-{_FIRST_TERM}",
                    "attempt": 1,
                    "revision": 1,
                    "score_hundredths": score * 100,
                    "passed": score >= _PASS_MARK,
                },
            )
