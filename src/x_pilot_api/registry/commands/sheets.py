"""The kinds of rows that the register takes, but for students and grades, which have files of their own."""

from functools import cache

from x_pilot_api.core.languages import Both
from x_pilot_api.registry.commands.entering import Sheet
from x_pilot_api.registry.models import CourseCategory
from x_pilot_api.registry.rules import courses
from x_pilot_api.registry.rules.grounds import Ground, know, missing, outside, repeated, taken, unknown, unknown_row

CATEGORIES = ", ".join(f"'{category}'" for category in CourseCategory)
"""The categories of courses, as a list in SQL."""

know(
    "college_unknown",
    Both("没有编号为 {named} 的二级学院。", "There is no college {named}."),
    Both("核对学院编号，或先建立该学院。", "Check its code, or create the college first."),
    named="08",
)
know(
    "programme_unknown",
    Both("没有代码为 {named} 的专业。", "There is no programme {named}."),
    Both("核对专业代码，或先建立该专业。", "Check its code, or create the programme first."),
    named="530302",
)
know(
    "programme_code_malformed",
    Both("专业代码应为 6 位数字，可加 T 或 K。", "A programme's code is six digits, and T or K where it has one."),
    Both("对照专业目录核对；不要让表格软件去掉开头的 0。", "Compare it with the catalogue, and keep leading zeros."),
)
know(
    "showcase_not_pilot",
    Both("典型专业必须是试点专业。", "A showcase programme takes part in the pilot."),
    Both("先把该专业设为试点，或不设为典型专业。", "Make it a pilot programme first, or no showcase."),
)
know(
    "course_category_unknown",
    Both("课程类别 {named} 不是约定的取值：{known}。", "The category {named} is none of {known}."),
    Both("使用列出的取值。", "Use one of those."),
    named="x",
    known="public, foundation, core, extension, practice, elective",
)
know(
    "course_credit_not_positive",
    Both("课程学分必须大于 0。", "A course has more than 0 credits."),
    Both("核对学分。", "Check the credits."),
)
know(
    "course_hours_not_positive",
    Both("课程学时必须大于 0。", "A course has more than 0 hours."),
    Both("核对学时。", "Check the hours."),
)
know(
    "course_credit_held",
    Both(
        "该课程的学分被 {by} 引用（{credit_hundredths} 个百分之一学分），不能修改。",
        "{by} rests on its {credit_hundredths} hundredths of a credit, which cannot change.",
    ),
    Both(
        "先撤回引用它的规则，或为新的学分另立课程代码。",
        "Withdraw what rests on it, or give the course of other credits a code of its own.",
    ),
    by="mapping",
    credit_hundredths=400,
)

COLLEGE = Sheet(
    kind="college",
    table="colleges",
    given={"code": "text", "name": "text"},
    key=("code",),
    stored={"code": "given.code", "name": "given.name"},
    named="named.code = given.code",
    grounds=(repeated("code"), unknown_row(), taken("code"), missing("code"), missing("name")),
)

_COLLEGE = (
    "LEFT JOIN colleges AS college ON college.institution_id = :institution_id AND college.code = given.college_code"
)

PROGRAMME = Sheet(
    kind="programme",
    table="programmes",
    given={"code": "text", "name": "text", "college_code": "text", "is_pilot": "boolean", "is_showcase": "boolean"},
    key=("code",),
    stored={
        "college_id": "college.id",
        "code": "given.code",
        "name": "given.name",
        "is_pilot": "given.is_pilot",
        "is_showcase": "given.is_showcase",
    },
    defaults={"is_pilot": "false", "is_showcase": "false"},
    joins=_COLLEGE,
    named="named.code = given.code",
    grounds=(
        repeated("code"),
        unknown_row(),
        taken("code"),
        missing("code"),
        missing("name"),
        unknown("college_unknown", "college_code", "college"),
        missing("college_code", "new.college_id"),
        Ground("programme_code_malformed", "new.code !~ '^[0-9]{6}[TK]?$'", "code"),
        Ground("showcase_not_pilot", "new.is_showcase AND NOT new.is_pilot", "is_showcase"),
    ),
)

TEACHER = Sheet(
    kind="teacher",
    table="teachers",
    given={"staff_number": "text", "name": "text", "college_code": "text", "is_active": "boolean"},
    key=("staff_number",),
    stored={
        "staff_number": "given.staff_number",
        "name": "given.name",
        "college_id": "college.id",
        "is_active": "given.is_active",
    },
    defaults={"is_active": "true"},
    joins=_COLLEGE,
    named="named.staff_number = given.staff_number",
    grounds=(
        repeated("staff_number"),
        unknown_row(),
        taken("staff_number"),
        missing("staff_number"),
        missing("name"),
        unknown("college_unknown", "college_code", "college"),
        missing("college_code", "new.college_id"),
        outside("target.college_id"),
        outside("new.college_id"),
    ),
    personal=frozenset({"name"}),
)


@cache
def course() -> Sheet:
    """Describe courses; made when it is first needed, for higher areas say what holds a course's credits."""
    return Sheet(
        kind="course",
        table="courses",
        given={
            "programme_code": "text",
            "code": "text",
            "name": "text",
            "credit_hundredths": "int",
            "hours": "int",
            "category": "text",
            "is_compulsory": "boolean",
        },
        key=("programme_code", "code"),
        stored={
            "programme_id": "programme.id",
            "code": "given.code",
            "name": "given.name",
            "credit_hundredths": "given.credit_hundredths",
            "hours": "given.hours",
            "category": "given.category",
            "is_compulsory": "given.is_compulsory",
        },
        joins="LEFT JOIN programmes AS programme ON programme.institution_id = :institution_id"
        " AND programme.code = given.programme_code",
        named="named.code = given.code AND named.programme_id = coalesce(programme.id, own.programme_id)",
        after="LEFT JOIN programmes AS its ON its.institution_id = :institution_id AND its.id = new.programme_id",
        grounds=_grounds_of_courses(courses.held_by()),
    )


def _grounds_of_courses(held: str) -> tuple[Ground, ...]:
    return (
        repeated("code"),
        unknown_row(),
        taken("code"),
        unknown("programme_unknown", "programme_code", "programme"),
        missing("programme_code", "new.programme_id"),
        outside("its.college_id", "its.id"),
        *(missing(name) for name in ("code", "name", "credit_hundredths", "hours", "category", "is_compulsory")),
        Ground(
            "course_category_unknown",
            f"new.category NOT IN ({CATEGORIES})",
            "category",
            f"jsonb_build_object('named', new.category, 'known', '{', '.join(CourseCategory)}')",
        ),
        Ground("course_credit_not_positive", "new.credit_hundredths <= 0", "credit_hundredths"),
        Ground("course_hours_not_positive", "new.hours <= 0", "hours"),
        Ground(
            "course_credit_held",
            f"new.credit_hundredths <> target.credit_hundredths AND {held} IS NOT NULL",
            "credit_hundredths",
            f"jsonb_build_object('by', {held}, 'credit_hundredths', target.credit_hundredths)",
        ),
    )
