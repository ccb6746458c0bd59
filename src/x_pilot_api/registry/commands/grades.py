"""Entering course grades: they only grow, and a correction is a revision with its reason."""

from collections.abc import Mapping, Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import jobs
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Both
from x_pilot_api.registry.commands import entering
from x_pilot_api.registry.commands.entering import Bounds, Fault, RowOutcome, Sheet
from x_pilot_api.registry.rules.grounds import Ground, know, missing, outside, repeated, taken, unknown, unknown_row
from x_pilot_api.registry.schemas.rows import CourseGradeRow

know(
    "student_number_unknown",
    Both("没有学号为 {named} 的学生。", "There is no student {named}."),
    Both("核对学号，或先录入该学生。", "Check the number, or enter the student first."),
    named="2024010001",
)
know(
    "course_unknown",
    Both("该学生的专业没有代码为 {named} 的课程。", "The student's programme has no course {named}."),
    Both(
        "核对课程代码；其他专业的课程须同时写明专业代码。",
        "Check the code; for another programme's course name its code too.",
    ),
    named="K001",
)
know(
    "term_malformed",
    Both("学期 {named} 的写法不是“2025-2026-01”。", "The term {named} is not written like 2025-2026-01."),
    Both(
        "写成学年加学期号：01、02 或 03，且后一年份比前一年份大 1。",
        "Write the academic year and 01, 02 or 03; its years follow one another.",
    ),
    named="2025-1",
)
know(
    "attempt_implausible",
    Both("第 {attempt} 次考核不在 1 至 9 之间。", "Attempt {attempt} is not between 1 and 9."),
    Both("首次为 1，补考、重修依次加 1。", "The first is 1, each further one is one more."),
    attempt=0,
)
know(
    "grade_not_one",
    Both(
        "成绩应为分数或等级中的一种，作废的两者都不填。",
        "A grade is a score or a word, one of them; a void one is neither.",
    ),
    Both("只保留分数或等级。", "Keep the score or the word."),
)
know(
    "grade_score_implausible",
    Both(
        "分数 {score_hundredths}（百分之一分）不能为负或超过 1000 分。",
        "The score of {score_hundredths} hundredths is below 0 or above 1000.",
    ),
    Both("核对分数。", "Check the score."),
    score_hundredths=-100,
)
know(
    "grade_reason_missing",
    Both("更正已有成绩须写明原因。", "Correcting a grade needs its reason."),
    Both("填写更正原因或文号。", "Say why, or give the document's number."),
)

_SAME = "named.student_id = student.id AND named.course_id = course.id AND named.term = given.term"
_ATTEMPT = "coalesce(given.attempt, 1)"

SHEET = Sheet(
    kind="course_grade",
    table="course_grades",
    given={
        "student_number": "text",
        "programme_code": "text",
        "course_code": "text",
        "term": "text",
        "attempt": "int",
        "score_hundredths": "int",
        "grade_word": "text",
        "passed": "boolean",
        "is_void": "boolean",
        "reason": "text",
    },
    key=("student_number", "programme_code", "course_code", "term", "attempt"),
    stored={
        "student_id": "student.id",
        "course_id": "course.id",
        "term": "given.term",
        "attempt": "given.attempt",
        "score_hundredths": "given.score_hundredths",
        "grade_word": "given.grade_word",
        "passed": "given.passed",
        "is_void": "given.is_void",
    },
    defaults={"attempt": "1"},
    exact=frozenset({"score_hundredths", "grade_word", "passed", "is_void"}),
    joins="""
LEFT JOIN students AS student ON student.institution_id = :institution_id
    AND student.student_number = given.student_number
LEFT JOIN programmes AS programme ON programme.institution_id = :institution_id
    AND programme.code = given.programme_code
LEFT JOIN courses AS course ON course.institution_id = :institution_id AND course.code = given.course_code
    AND course.programme_id = CASE WHEN given.programme_code IS NULL THEN student.programme_id ELSE programme.id END
LEFT JOIN programmes AS its ON its.institution_id = :institution_id AND its.id = student.programme_id""",
    named=f"""{_SAME} AND named.attempt = {_ATTEMPT} AND named.revision = (
        SELECT max(latest.revision) FROM course_grades AS latest WHERE latest.institution_id = :institution_id
            AND latest.student_id = student.id AND latest.course_id = course.id AND latest.term = given.term
            AND latest.attempt = {_ATTEMPT})""",
    beside={
        "revision": ("int", "coalesce(target.revision, 0) + 1"),
        "reason": ("text", "given.reason"),
        "fresh_id": ("uuid", "given.fresh_id"),
    },
    grounds=(
        repeated("student_number"),
        missing("student_number", "given.student_number"),
        missing("course_code", "given.course_code"),
        missing("term", "given.term"),
        Ground(
            "term_malformed",
            "given.term !~ '^[0-9]{4}-[0-9]{4}-0[1-3]$'"
            " OR CAST(substr(given.term, 6, 4) AS int) <> CAST(substr(given.term, 1, 4) AS int) + 1",
            "term",
            "jsonb_build_object('named', given.term)",
        ),
        unknown("student_number_unknown", "student_number", "student"),
        outside("its.college_id", "its.id"),
        unknown("programme_unknown", "programme_code", "programme"),
        unknown("course_unknown", "course_code", "course"),
        Ground(
            "attempt_implausible",
            "new.attempt NOT BETWEEN 1 AND 9",
            "attempt",
            "jsonb_build_object('attempt', new.attempt)",
        ),
        taken("attempt"),
        unknown_row(),
        Ground(
            "grade_not_one",
            "num_nonnulls(given.score_hundredths, given.grade_word) <> CASE WHEN given.is_void THEN 0 ELSE 1 END",
            "score_hundredths",
        ),
        Ground(
            "grade_score_implausible",
            "given.score_hundredths NOT BETWEEN 0 AND 100000",
            "score_hundredths",
            "jsonb_build_object('score_hundredths', given.score_hundredths)",
        ),
        missing("passed", "given.passed"),
        Ground(
            "grade_reason_missing",
            "target.id IS NOT NULL AND given.reason IS NULL AND (target.score_hundredths, target.grade_word,"
            " target.passed, target.is_void) IS DISTINCT FROM (given.score_hundredths, given.grade_word,"
            " given.passed, given.is_void)",
            "reason",
        ),
    ),
)

_RENEW = text("UPDATE staged_course_grades SET row_id = fresh_id WHERE outcome IN ('created', 'changed')")

_STORE = text("""
INSERT INTO course_grades (institution_id, id, student_id, course_id, term, attempt, revision, score_hundredths,
    grade_word, passed, is_void, reason)
SELECT :institution_id, row_id, student_id, course_id, term, attempt, revision, score_hundredths, grade_word, passed,
    is_void, reason
FROM staged_course_grades WHERE outcome IN ('created', 'changed')
""")

_REVISED = text("SELECT EXISTS (SELECT FROM staged_course_grades WHERE outcome = 'changed')")


async def enter_course_grades(
    session: AsyncSession, actor: Actor, *, bounds: Bounds, rows: Sequence[CourseGradeRow]
) -> list[RowOutcome]:
    """Enter course grades; another grade for the same attempt is a revision, and what is the same is left alone."""
    await decide_course_grades(session, bounds=bounds, rows=rows)
    await write_course_grades(session, bounds=bounds)
    return await entering.tell(session, actor, SHEET, bounds=bounds)


async def decide_course_grades(
    session: AsyncSession,
    *,
    bounds: Bounds,
    rows: Sequence[CourseGradeRow],
    faults: Mapping[int, Fault] | None = None,
) -> None:
    """Stage course grades with what becomes of each."""
    await entering.decide(session, SHEET, bounds=bounds, rows=rows, faults=faults)


async def write_course_grades(session: AsyncSession, *, bounds: Bounds) -> None:
    """Write what was decided, each as a row of its own."""
    await session.execute(_RENEW)
    await session.execute(_STORE, {"institution_id": bounds.institution_id})
    if await session.scalar(_REVISED):
        # Whatever rests on a grade that was revised looks at it again, once for all of them.
        await jobs.enqueue(
            session,
            "follow_grades",
            arguments={"institution_id": str(bounds.institution_id)},
            institution_id=bounds.institution_id,
        )
