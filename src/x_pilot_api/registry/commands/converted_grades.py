"""Grades that nobody entered: what a conversion puts in a course's place, and taking that back by a revision."""

from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.registry.commands import entering

CONVERSION = "conversion"

# A course is replaced in the term its plan teaches it in, else in the term of the day; as one more attempt at it.
_ENTER = """
INSERT INTO course_grades (institution_id, id, student_id, course_id, term, attempt, revision, score_hundredths,
    grade_word, passed, reason, source_kind, source_id)
SELECT :institution_id, placed.grade_id, placed.student_id, placed.course_id, placed.term,
    row_number() OVER (PARTITION BY placed.student_id, placed.course_id, placed.term ORDER BY placed.grade_id)
        + coalesce((SELECT max(known.attempt) FROM course_grades AS known
            WHERE known.institution_id = :institution_id AND known.student_id = placed.student_id
                AND known.course_id = placed.course_id AND known.term = placed.term), 0),
    1, CASE WHEN placed.is_score THEN CAST(placed.grade AS numeric) * 100 END,
    CASE WHEN NOT placed.is_score THEN placed.grade END, true, placed.reason, :source_kind, placed.source_id
FROM (
    SELECT wish.*, wish.grade ~ '^[0-9]{{1,3}}([.][0-9]{{1,2}})?$' AS is_score,
        CASE WHEN taught.term IS NULL THEN :term_of_today ELSE format('%s-%s-0%s',
            student.entry_year + (taught.term - 1) / 2, student.entry_year + (taught.term - 1) / 2 + 1,
            (taught.term - 1) % 2 + 1) END AS term
    FROM ({wishes}) AS wish
    JOIN students AS student ON student.institution_id = :institution_id AND student.id = wish.student_id
    LEFT JOIN training_plans AS plan ON plan.institution_id = :institution_id
        AND plan.programme_id = student.programme_id AND plan.entry_year = student.entry_year
        AND plan.state = 'in_force'
    LEFT JOIN training_plan_courses AS taught ON taught.institution_id = :institution_id
        AND taught.training_plan_id = plan.id AND taught.course_id = wish.course_id
) AS placed
"""

# Whoever corrected the grade since has decided what it is; that stands.
_VOID = """
INSERT INTO course_grades (institution_id, student_id, course_id, term, attempt, revision, passed, is_void, reason,
    source_kind, source_id)
SELECT :institution_id, grade.student_id, grade.course_id, grade.term, grade.attempt, grade.revision + 1, false, true,
    wish.reason, grade.source_kind, grade.source_id
FROM ({wishes}) AS wish
JOIN course_grades AS grade ON grade.institution_id = :institution_id AND grade.id = wish.grade_id
WHERE NOT EXISTS (
    SELECT FROM course_grades AS later WHERE later.institution_id = :institution_id
        AND later.student_id = grade.student_id AND later.course_id = grade.course_id AND later.term = grade.term
        AND later.attempt = grade.attempt AND later.revision > grade.revision)
ON CONFLICT ON CONSTRAINT course_grades_one_revision_key DO NOTHING
"""

_SECOND_TERM_FROM = 2
_YEAR_FROM = 9


def term_on(day: date) -> str:
    """Name the term a day lies in: the first from September to January, the second from February on."""
    first = day.year if day.month >= _YEAR_FROM else day.year - 1
    return f"{first}-{first + 1}-{'02' if _SECOND_TERM_FROM <= day.month < _YEAR_FROM else '01'}"


async def lock_register(session: AsyncSession, *, institution_id: UUID) -> None:
    """Let one deed at a time write an institution's register; asked for before persons are locked, as imports do."""
    await entering.lock_register(session, institution_id)


async def enter_converted_grades(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wishes: str, today: date, cause: UUID
) -> int:
    """Enter passed grades for courses that conversions replace, and tell how many.

    `wishes` is a query of grade_id, student_id, course_id, grade (a score or a word), reason and source_id.
    """
    values = {"institution_id": institution_id, "source_kind": CONVERSION, "term_of_today": term_on(today)}
    entered = await db.write(session, text(_ENTER.format(wishes=wishes)), values)
    await _record(session, actor, "enter_converted_grades", institution_id=institution_id, cause=cause, grades=entered)
    return entered


async def void_converted_grades(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wishes: str, cause: UUID
) -> int:
    """Void grades that conversions entered, by a revision each; `wishes` is a query of grade_id and reason."""
    voided = await db.write(session, text(_VOID.format(wishes=wishes)), {"institution_id": institution_id})
    await _record(session, actor, "void_converted_grades", institution_id=institution_id, cause=cause, grades=voided)
    return voided


async def _record(
    session: AsyncSession, actor: Actor, deed: str, *, institution_id: UUID, cause: UUID, grades: int
) -> None:
    if grades:
        await audit.record(
            session,
            actor,
            deed,
            institution_id=institution_id,
            object_kind="course_grades",
            object_id=cause,
            detail={"grades": grades},
        )
