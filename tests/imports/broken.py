"""Deliberately broken rows, one fault each: what is sent, and where the fault must be found."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.imports import files
from tests.world import World, identity_number

GRADES = ("学号", "课程代码", "学期", "分数", "是否通过")
TEACHERS = ("工号", "姓名", "学院代码")
MORE = (*files.STUDENTS, "学籍状态", "生效日期")


@dataclass(frozen=True)
class Broken:
    """One broken row: under which headers it stands, and the column and code it must get."""

    column: str
    code: str
    row: Callable[[World], list[Any]]
    headers: tuple[str, ...] = files.STUDENTS
    kind: str = "students"
    good: Callable[[], list[Any]] = field(default=lambda: files.student(1))


def _student(column: str, code: str, **changed: Any) -> Broken:  # noqa: ANN401 - cells
    return Broken(column, code, lambda _: files.student(2, **changed))


def _more(column: str, code: str, status: Any, day: Any) -> Broken:  # noqa: ANN401
    good = [*files.student(1), "在读", "2026-09-01"]
    return Broken(column, code, lambda _: [*files.student(2), status, day], MORE, good=lambda: good)


def _course(column: str, code: str, **changed: Any) -> Broken:  # noqa: ANN401
    return Broken(
        column, code, lambda _: files.course("N2", **changed), files.COURSES, "courses", lambda: files.course("N1")
    )


def _grade(column: str, code: str, *row: Any) -> Broken:  # noqa: ANN401
    good = ["202401000", "K0", "2025-2026-01", "86.5", "是"]
    return Broken(column, code, lambda _: list(row), GRADES, "course_grades", lambda: good)


def _teacher(column: str, code: str, *row: Any) -> Broken:  # noqa: ANN401
    return Broken(column, code, lambda _: list(row), TEACHERS, "teachers", lambda: ["T1", "教师", "C0"])


_NUMBER = identity_number(2)
_OTHER_CHECK = "0" if _NUMBER[-1] != "0" else "1"

ROWS: dict[str, Broken] = {
    "a needed cell is blank": _student("姓名", "cell_missing", 姓名=None),
    "a needed cell holds only spaces": _student("班级", "cell_missing", 班级="   "),
    "zeros in front were lost": _student("专业代码", "leading_zeros_lost", 专业代码=30301),
    "an identity number is a number": _student("证件号码", "precision_lost", 证件号码=110101200001010017),
    "a number is written with an exponent": _student("证件号码", "precision_lost", 证件号码="1.10101E+17"),
    "a code became a date": _student("学号", "date_for_code", 学号=date(2026, 3, 1)),
    "a class became a time": _student("班级", "date_for_code", 班级=datetime(2026, 3, 1, 12)),  # noqa: DTZ001
    "a text is too long": _student("班级", "text_too_long", 班级="班" * 201),
    "a code is too long": _student("学号", "text_too_long", 学号="1" * 65),
    "a name holds a line break": _student("姓名", "text_unprintable", 姓名="张\n三"),
    "a code is not of its form": _student("专业代码", "code_malformed", 专业代码="53030X"),
    "a year is no number": _student("入学年份", "not_a_number", 入学年份="二〇二六"),
    "a year has a fraction": _student("入学年份", "not_a_number", 入学年份=2026.5),
    "a year is out of range": _student("入学年份", "number_out_of_range", 入学年份=26),
    "a truth stands for a number": _student("入学年份", "not_a_number", 入学年份=True),
    "a status is none there is": _more("学籍状态", "choice_unknown", "在校生", "2026-09-01"),
    "a day does not exist": _more("生效日期", "not_a_date", "在读", "2026-02-30"),
    "a day is a bare number": _more("生效日期", "date_is_a_number", "在读", 46266),
    "an identity number is too short": _student("证件号码", "identity_number_malformed", 证件号码="1101052000010100"),
    "an identity number's birthday never was": _student(
        "证件号码", "identity_number_birth_date", 证件号码="320102200502300015"
    ),
    "an identity number's check digit is wrong": _student(
        "证件号码", "identity_number_check", 证件号码=_NUMBER[:-1] + _OTHER_CHECK
    ),
    "a document is there twice": _student("证件号码", "document_repeated", 证件号码=files.student(1)[2]),
    "a document is somebody else's": Broken(
        "证件号码", "document_taken", lambda world: files.student(2, 证件号码=world.schools[0].documents[3])
    ),
    "a student number is there twice": _student("学号", "register_row_repeated", 学号=files.student(1)[0]),
    "a programme does not exist": _student("专业代码", "programme_unknown", 专业代码="999999"),
    "credits have three places": _course("学分", "too_many_places", 学分=4.125),
    "credits are nothing": _course("学分", "number_out_of_range", 学分=0),
    "credits are a text": _course("学分", "not_a_number", 学分="四"),
    "hours are negative": _course("学时", "number_out_of_range", 学时=-1),
    "a category is none there is": _course("课程类别", "choice_unknown", 课程类别="核心"),
    "compulsory is neither yes nor no": _course("是否必修", "choice_unknown", 是否必修="也许"),
    "a grade's student does not exist": _grade(
        "学号", "student_number_unknown", "9999", "K0", "2025-2026-01", "60", "是"
    ),
    "a grade's course does not exist": _grade(
        "课程代码", "course_unknown", "202401001", "K9", "2025-2026-01", "60", "是"
    ),
    "a grade's term is malformed": _grade("学期", "code_malformed", "202401001", "K0", "2025-1", "60", "是"),
    "a grade is neither score nor word": _grade("分数", "grade_not_one", "202401001", "K0", "2025-2026-01", None, "是"),
    "a teacher's college does not exist": _teacher("学院代码", "college_unknown", "T2", "教师", "C9"),
}
