"""Letting course grades follow the results of joint exams: once for one result and for ten thousand.

A grade that somebody changed since is theirs: it is flagged, never written over. What a student may not see yet writes
no grade; the end of the embargo does.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Integer, SmallInteger, Table, Text, Uuid, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.exams import rules
from x_pilot_api.registry import commands as register

STAGED: Table = staging.staging_table(
    "staged_joint_grades",
    Column("effect", Text),
    Column("joint_exam_id", Uuid),
    Column("registration_id", Uuid),
    Column("student_id", Uuid),
    Column("result_id", Uuid),
    Column("grade_id", Uuid),
    Column("course_id", Uuid),
    Column("term", Text),
    Column("attempt", SmallInteger),
    Column("revision", Integer),
    Column("score_hundredths", BigInteger),
    Column("grade_word", Text),
    Column("passed", Boolean),
    Column("is_void", Boolean),
    Column("reason", Text),
)

PUSHED = """
SELECT registration_id, student_id, certificate_level_id, result_id, total_hundredths, grading, reason
FROM staged_results
WHERE outcome IN ('accepted', 'corrected') AND (is_new OR is_released) AND NOT is_held AND student_id IS NOT NULL
"""
"""The results of a push that take effect with it."""

_CORRECTED = "考核成绩更正"
_MAX_ATTEMPT = 9

# A grade is a further attempt at the course; where nine are there already, none is entered.
_STAGE = f"""
INSERT INTO staged_joint_grades (effect, joint_exam_id, registration_id, student_id, result_id, grade_id, course_id,
    term, attempt, revision, score_hundredths, grade_word, passed, is_void, reason)
WITH joint AS MATERIALIZED (
    SELECT * FROM joint_exams WHERE institution_id = :institution_id AND exam_plan_id = :exam_plan_id
        AND state = 'laid_down'),
concerned AS (
    SELECT source.*, joint.id AS joint_exam_id, joint.course_id, joint.term, joint.document_number,
        link.id IS NOT NULL AS is_linked, link.grade_id AS linked_grade_id,
        {rules.COUNTS.format("source")} AS counts
    FROM ({{source}}) AS source
    JOIN students AS student ON student.institution_id = :institution_id AND student.id = source.student_id
    LEFT JOIN joint_grades AS link ON link.institution_id = :institution_id
        AND link.registration_id = source.registration_id
    JOIN joint ON joint.certificate_level_id = source.certificate_level_id
        AND CASE WHEN link.id IS NULL THEN joint.programme_id = student.programme_id
            ELSE joint.id = link.joint_exam_id END),
graded AS (
    SELECT concerned.*, latest.id AS latest_id, latest.attempt AS latest_attempt, latest.revision AS latest_revision,
        latest.source_kind IS DISTINCT FROM '{register.JOINT_EXAM}' AND NOT CAST(:overrides AS boolean) AS is_by_hand,
        (latest.score_hundredths, latest.grade_word, latest.passed, latest.is_void) IS NOT DISTINCT FROM
            (band.score_hundredths, band.grade_word, coalesce(band.passed, false), NOT counts) AS is_same,
        band.score_hundredths, band.grade_word, coalesce(band.passed, false) AS passed
    FROM concerned
    LEFT JOIN course_grades AS linked ON linked.institution_id = :institution_id AND linked.id = linked_grade_id
    {rules.LATEST.format("linked")}
    {
    rules.BAND.format(
        total="concerned.total_hundredths", joint_exam_id="concerned.joint_exam_id", counts="concerned.counts"
    )
}
    WHERE is_linked OR counts),
placed AS (
    SELECT graded.*, coalesce(latest_attempt,
        row_number() OVER (PARTITION BY is_linked, student_id, course_id, term ORDER BY result_id)
            + coalesce((SELECT max(known.attempt) FROM course_grades AS known
                WHERE known.institution_id = :institution_id AND known.student_id = graded.student_id
                    AND known.course_id = graded.course_id AND known.term = graded.term), 0)) AS attempt
    FROM graded)
SELECT CASE WHEN NOT is_linked THEN 'enter' WHEN is_by_hand THEN 'flag' WHEN is_same THEN 'keep'
        WHEN counts THEN 'revise' ELSE 'void' END,
    joint_exam_id, registration_id, student_id, result_id,
    CASE WHEN is_linked AND is_same THEN latest_id ELSE uuidv7() END, course_id, term, attempt,
    coalesce(latest_revision, 0) + 1, score_hundredths, grade_word, passed, NOT counts,
    CASE WHEN is_linked THEN coalesce(reason, '{_CORRECTED}') ELSE document_number END
FROM placed WHERE attempt <= {_MAX_ATTEMPT}
"""

_GRADES = """
SELECT grade_id, student_id, course_id, term, attempt, revision, score_hundredths, grade_word, passed, is_void, reason,
    result_id AS source_id
FROM staged_joint_grades WHERE effect IN ('enter', 'revise', 'void')
"""

_LINK = text("""
INSERT INTO joint_grades (institution_id, joint_exam_id, registration_id, student_id, result_id, grade_id)
SELECT :institution_id, joint_exam_id, registration_id, student_id, result_id, grade_id
FROM staged_joint_grades WHERE effect <> 'flag' ORDER BY registration_id
ON CONFLICT ON CONSTRAINT joint_grades_one_of_a_registration_key DO UPDATE
    SET result_id = excluded.result_id, grade_id = excluded.grade_id
""")

_COUNT = text("SELECT effect, count(*) AS grades FROM staged_joint_grades GROUP BY effect")


@dataclass(frozen=True)
class Joined:
    """How many course grades results entered, revised or made void, and flagged because somebody had changed them."""

    entered: int = 0
    revised: int = 0
    flagged: int = 0

    @property
    def counted(self) -> dict[str, int]:
        """Name the figures as an answer to a push does."""
        return {
            "grades_entered": self.entered,
            "grades_revised": self.revised,
            "grades_flagged": self.flagged,
        }


async def follow_results(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID,
    exam_plan_id: UUID,
    source: str,
    cause: UUID,
    overrides: bool = False,
    values: dict[str, Any] | None = None,
) -> Joined:
    """Let grades follow results of a plan, which are written already.

    `source` is a query of results, `values` binds its parameters; what somebody changed is written over only if it
    `overrides`.
    """
    bound = {"institution_id": institution_id, "exam_plan_id": exam_plan_id, "overrides": overrides, **(values or {})}
    await staging.empty(session, STAGED)
    await session.execute(text(_STAGE.format(source=source)), bound)
    counts = {row.effect: int(row.grades) for row in (await session.execute(_COUNT)).all()}
    if not counts:
        return Joined()
    await register.enter_joint_grades(
        session, actor, institution_id=institution_id, wishes=_GRADES, cause=cause, figures=counts
    )
    await session.execute(_LINK, {"institution_id": institution_id})
    return Joined(
        entered=counts.get("enter", 0),
        revised=counts.get("revise", 0) + counts.get("void", 0),
        flagged=counts.get("flag", 0),
    )
