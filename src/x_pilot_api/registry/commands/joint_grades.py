"""Grades that come of an exam that was sat for a course and for a certificate at once."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, db
from x_pilot_api.core.actors import Actor

JOINT_EXAM = "joint_exam"
"""What such a grade says it comes of; its source is the result."""

_ENTER = """
INSERT INTO course_grades (institution_id, id, student_id, course_id, term, attempt, revision, score_hundredths,
    grade_word, passed, is_void, reason, source_kind, source_id)
SELECT :institution_id, wish.grade_id, wish.student_id, wish.course_id, wish.term, wish.attempt, wish.revision,
    wish.score_hundredths, wish.grade_word, wish.passed, wish.is_void, wish.reason, :source_kind, wish.source_id
FROM ({wishes}) AS wish
"""


async def enter_joint_grades(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID,
    wishes: str,
    cause: UUID,
    figures: Mapping[str, int],
) -> int:
    """Enter grades, or further revisions of them, that results come to; the register is locked by whoever asks.

    `wishes` is a query of the columns of a grade, with its grade_id and the result as its source_id.
    """
    values = {"institution_id": institution_id, "source_kind": JOINT_EXAM}
    entered = await db.write(session, text(_ENTER.format(wishes=wishes)), values)
    if entered:
        await audit.record(
            session,
            actor,
            "enter_joint_grades",
            institution_id=institution_id,
            object_kind="course_grades",
            object_id=cause,
            detail=dict(figures),
        )
    return entered
