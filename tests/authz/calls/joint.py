"""How joint exams are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.authz.calls.asking import Call, Json, deed, get, list_of, post
from tests.authz.ground import Corner

EXAMS = "/v1/joint-exams"
GRADES = "/v1/joint-grades"


def _terms() -> Json:
    bands = [{"from_total": "0.00", "passed": False}, {"from_total": "60.00", "grade_word": "合格", "passed": True}]
    return {"term": "2031-2032-01", "document_number": "文1号", "bands": bands}


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_joint_exams": lambda at: list_of(at, EXAMS, course_id=at.course_id),
    "get_joint_exam": lambda at: get(f"{EXAMS}/{at.joint['draft']}"),
    "draft_joint_exam": lambda at: post(
        EXAMS,
        exam_plan_id=at.results["plan"],
        certificate_level_id=at.level_id,
        course_id=at.course_id,
        **_terms(),
    ),
    "change_joint_exam": lambda at: replace(post(f"{EXAMS}/{at.joint['draft']}", **_terms()), method="PUT"),
    "lay_down_joint_exam": lambda at: deed(f"{EXAMS}/{at.joint['draft']}:lay_down"),
    "withdraw_joint_exam": lambda at: deed(f"{EXAMS}/{at.joint['draft']}:withdraw"),
    "list_joint_grades": lambda at: list_of(at, GRADES, student_id=at.student_id),
    "get_joint_grade": lambda at: get(f"{GRADES}/{at.joint['grade']}"),
    "settle_joint_grade": lambda at: post(
        f"{GRADES}/{at.joint['grade']}:settle", decision="keep", reason="会议", document_number="文2号"
    ),
}
