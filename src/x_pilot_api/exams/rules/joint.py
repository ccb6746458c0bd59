"""What decides on joint exams: their life, and how SQL finds the grade that a total comes to."""

from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.exams.errors import JointExamWithoutTable
from x_pilot_api.exams.models import JointExamState
from x_pilot_api.identity.permissions import Permission

JOINT_EXAM_KIND = "joint_exam"

_S = JointExamState

JOINT_EXAM_WORKFLOW = Workflow(
    name="joint exam",
    initial=_S.DRAFT,
    deeds={
        "change": Deed(frozenset({_S.DRAFT}), _S.DRAFT, Permission.JOINT_EXAMS_WRITE),
        "lay_down": Deed(frozenset({_S.DRAFT}), _S.LAID_DOWN, Permission.JOINT_EXAMS_ENACT),
        "withdraw": Deed(frozenset({_S.DRAFT, _S.LAID_DOWN}), _S.WITHDRAWN, Permission.JOINT_EXAMS_ENACT),
    },
)

COUNTS = "({0}.grading IN ('final', 'corrected') AND {0}.total_hundredths IS NOT NULL)"
"""Whether a result comes to a grade at all; whoever was absent, or whose result is void, has none of it."""

BAND = """
LEFT JOIN LATERAL (
    SELECT CASE WHEN num_nonnulls(row.score_hundredths, row.grade_word) = 0 THEN {total} ELSE row.score_hundredths
        END AS score_hundredths, row.grade_word, row.passed
    FROM joint_exam_bands AS row
    WHERE row.institution_id = :institution_id AND row.joint_exam_id = {joint_exam_id}
        AND row.from_hundredths <= {total}
    ORDER BY row.from_hundredths DESC LIMIT 1) AS band ON {counts}
"""
"""The row of a joint exam's table that a total falls into."""

LATEST = """
LEFT JOIN LATERAL (
    SELECT revised.* FROM course_grades AS revised
    WHERE revised.institution_id = :institution_id AND revised.student_id = {0}.student_id
        AND revised.course_id = {0}.course_id AND revised.term = {0}.term AND revised.attempt = {0}.attempt
    ORDER BY revised.revision DESC LIMIT 1) AS latest ON true
"""
"""The revision that counts of the attempt that some grade is of."""


def check_table(thresholds: list[int]) -> None:
    """Refuse a table that does not say for every total what it comes to."""
    lowest = min(thresholds, default=None)
    if lowest != 0:
        told = "-" if lowest is None else f"{lowest / 100:.2f}"
        raise JointExamWithoutTable(bands=len(thresholds), lowest=told)
