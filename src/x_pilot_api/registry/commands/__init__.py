"""The deeds on the register: many rows at once, and one by one."""

from x_pilot_api.registry.commands.converted_grades import (
    enter_converted_grades,
    lock_register,
    void_converted_grades,
)
from x_pilot_api.registry.commands.course_grades import (
    correct_course_grade,
    enter_course_grade,
)
from x_pilot_api.registry.commands.documents import Given, hash_of, keep_documents
from x_pilot_api.registry.commands.entering import Bounds, Outcome, RowOutcome
from x_pilot_api.registry.commands.grades import enter_course_grades
from x_pilot_api.registry.commands.joint_grades import JOINT_EXAM, enter_joint_grades
from x_pilot_api.registry.commands.people import (
    change_student,
    change_teacher,
    create_student,
    create_teacher,
    link_teacher,
    move_student,
    remove_student,
    remove_teacher,
)
from x_pilot_api.registry.commands.plans import (
    change_training_plan,
    draft_training_plan,
    enact_training_plan,
    remove_training_plan,
)
from x_pilot_api.registry.commands.programmes import (
    change_college,
    change_course,
    change_programme,
    create_college,
    create_course,
    create_programme,
    remove_college,
    remove_course,
    remove_programme,
)
from x_pilot_api.registry.commands.revealing import reveal_number
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
from x_pilot_api.registry.commands.students import Desk, enter_students, lock_students
from x_pilot_api.registry.commands.teaching import (
    assign_course_teacher,
    enter_course_teachers,
    remove_course_teacher,
)

__all__ = [
    "JOINT_EXAM",
    "Bounds",
    "Desk",
    "Given",
    "Outcome",
    "RowOutcome",
    "assign_course_teacher",
    "change_college",
    "change_course",
    "change_programme",
    "change_student",
    "change_teacher",
    "change_training_plan",
    "correct_course_grade",
    "create_college",
    "create_course",
    "create_programme",
    "create_student",
    "create_teacher",
    "draft_training_plan",
    "enact_training_plan",
    "enter_colleges",
    "enter_converted_grades",
    "enter_course_grade",
    "enter_course_grades",
    "enter_course_teachers",
    "enter_courses",
    "enter_joint_grades",
    "enter_programmes",
    "enter_students",
    "enter_teachers",
    "hash_of",
    "keep_documents",
    "link_teacher",
    "lock_register",
    "lock_students",
    "move_student",
    "remove_college",
    "remove_colleges",
    "remove_course",
    "remove_course_teacher",
    "remove_courses",
    "remove_programme",
    "remove_programmes",
    "remove_student",
    "remove_students",
    "remove_teacher",
    "remove_teachers",
    "remove_training_plan",
    "reveal_number",
    "void_converted_grades",
]
