"""Reading the academic register."""

from x_pilot_api.registry.queries.register import (
    find_colleges_of,
    get_programme,
    get_student,
    list_courses_of,
    list_programmes,
    lock_persons,
    visible_programmes,
    visible_students,
)

__all__ = [
    "find_colleges_of",
    "get_programme",
    "get_student",
    "list_courses_of",
    "list_programmes",
    "lock_persons",
    "visible_programmes",
    "visible_students",
]
