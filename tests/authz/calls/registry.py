"""How the operations of registry are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.authz.calls.asking import Call, Json, get, list_of, post
from tests.authz.ground import Corner
from tests.world import identity_number


def _patch(path: str, **body: object) -> Call:
    return replace(post(path, **body), method="PATCH")


def _remove(path: str) -> Call:
    return Call("DELETE", path)


def _content(at: Corner) -> Json:
    return {
        "graduation_credits": "4.00",
        "categories": [{"category": "core", "credits": "4.00"}],
        "courses": [{"course_id": str(at.course_id), "term": 1}],
    }


def _course(at: Corner) -> Call:
    return post(
        "/v1/courses",
        programme_id=at.programme_id,
        code="NEW",
        name="新课程",
        credits="2.00",
        hours=32,
        category="elective",
        is_compulsory=False,
    )


def _student(at: Corner) -> Call:
    return post(
        "/v1/students",
        programme_id=at.programme_id,
        student_number="NEW-1",
        name="新同学",
        document_number=identity_number(999),
        class_name="新班",
        entry_year=2026,
    )


def _grade(at: Corner) -> Call:
    return post(
        "/v1/course-grades",
        student_id=at.student_id,
        course_id=at.course_id,
        term="2030-2031-01",
        score="60.00",
        passed=True,
    )


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_colleges": lambda at: list_of(at, "/v1/colleges"),
    "create_college": lambda _: post("/v1/colleges", code="NEW", name="新学院"),
    "get_college": lambda at: get(f"/v1/colleges/{at.college_id}"),
    "change_college": lambda at: _patch(f"/v1/colleges/{at.college_id}", name="更名"),
    "remove_college": lambda at: _remove(f"/v1/colleges/{at.register['college']}"),
    "list_programmes": lambda at: list_of(at, "/v1/programmes", college_id=at.college_id),
    "create_programme": lambda at: post("/v1/programmes", college_id=at.college_id, code="590101", name="新专业"),
    "get_programme": lambda at: get(f"/v1/programmes/{at.programme_id}"),
    "change_programme": lambda at: _patch(f"/v1/programmes/{at.programme_id}", name="更名"),
    "remove_programme": lambda at: _remove(f"/v1/programmes/{at.register['programme']}"),
    "list_courses": lambda at: list_of(at, "/v1/courses", programme_id=at.programme_id),
    "create_course": _course,
    "get_course": lambda at: get(f"/v1/courses/{at.course_id}"),
    "change_course": lambda at: _patch(f"/v1/courses/{at.course_id}", name="更名"),
    "remove_course": lambda at: _remove(f"/v1/courses/{at.register['course']}"),
    "list_training_plans": lambda at: list_of(at, "/v1/training-plans", programme_id=at.programme_id),
    "draft_training_plan": lambda at: Call(
        "POST", "/v1/training-plans", body=_content(at) | {"programme_id": str(at.programme_id), "entry_year": 2030}
    ),
    "get_training_plan": lambda at: get(f"/v1/training-plans/{at.register['plan']}"),
    "change_training_plan": lambda at: Call("PUT", f"/v1/training-plans/{at.register['plan']}", body=_content(at)),
    "enact_training_plan": lambda at: Call("POST", f"/v1/training-plans/{at.register['plan']}:enact"),
    "remove_training_plan": lambda at: _remove(f"/v1/training-plans/{at.register['plan']}"),
    "list_teachers": lambda at: list_of(at, "/v1/teachers", college_id=at.college_id),
    "create_teacher": lambda at: post("/v1/teachers", college_id=at.college_id, staff_number="NEW", name="新教师"),
    "get_teacher": lambda at: get(f"/v1/teachers/{at.register['teacher']}"),
    "change_teacher": lambda at: _patch(f"/v1/teachers/{at.register['teacher']}", name="更名"),
    "link_teacher": lambda at: post(f"/v1/teachers/{at.register['teacher']}:link", person_id=None),
    "remove_teacher": lambda at: _remove(f"/v1/teachers/{at.register['teacher']}"),
    "list_course_teachers": lambda at: list_of(at, "/v1/course-teachers", course_id=at.course_id),
    "assign_course_teacher": lambda at: post(
        "/v1/course-teachers", course_id=at.course_id, teacher_id=at.register["teacher"], term="2032-2033-01"
    ),
    "get_course_teacher": lambda at: get(f"/v1/course-teachers/{at.register['teaching']}"),
    "remove_course_teacher": lambda at: Call("DELETE", f"/v1/course-teachers/{at.register['teaching']}"),
    "read_own_teacher": lambda _: get("/v1/me/teacher"),
    "read_own_student": lambda _: get("/v1/me/student"),
    "list_students": lambda at: list_of(at, "/v1/students", programme_id=at.programme_id),
    "create_student": _student,
    "get_student": lambda at: get(f"/v1/students/{at.student_id}"),
    "change_student": lambda at: _patch(f"/v1/students/{at.student_id}", name="更名"),
    "move_student": lambda at: post(f"/v1/students/{at.student_id}:move", deed="suspend", reason="休学"),
    "remove_student": lambda at: _remove(f"/v1/students/{at.register['student']}"),
    "list_student_standings": lambda at: get(f"/v1/students/{at.student_id}/standings"),
    "list_course_grades": lambda at: list_of(at, "/v1/course-grades", student_id=at.student_id),
    "enter_course_grade": _grade,
    "get_course_grade": lambda at: get(f"/v1/course-grades/{at.register['grade']}"),
    "correct_course_grade": lambda at: post(
        f"/v1/course-grades/{at.register['grade']}:correct", score="90.00", passed=True, reason="更正"
    ),
    # The one answer that may hold a document number, which is otherwise for nobody to see.
    "reveal_identity_document": lambda at: replace(
        post(f"/v1/students/{at.student_id}/identity-document:reveal", reason="收文 2026-118"),
        shown=frozenset({"nobody"}),
    ),
}
