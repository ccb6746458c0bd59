"""The deeds on the register: many rows at once, and one by one."""

from x_pilot_api.registry.commands.entering import Bounds, Outcome, RowOutcome
from x_pilot_api.registry.commands.grades import enter_course_grades
from x_pilot_api.registry.commands.rows import (
    enter_colleges,
    enter_courses,
    enter_programmes,
    enter_teachers,
    remove_colleges,
    remove_courses,
    remove_programmes,
    remove_students,
    remove_teachers,
)
from x_pilot_api.registry.commands.students import Desk, enter_students

__all__ = [
    "Bounds",
    "Desk",
    "Outcome",
    "RowOutcome",
    "enter_colleges",
    "enter_course_grades",
    "enter_courses",
    "enter_programmes",
    "enter_students",
    "enter_teachers",
    "remove_colleges",
    "remove_courses",
    "remove_programmes",
    "remove_students",
    "remove_teachers",
]
