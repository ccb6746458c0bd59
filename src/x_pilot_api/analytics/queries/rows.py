"""The rows behind a figure, from the tables that they stand in: one page, by the same conditions as the figure."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.analytics import rules
from x_pilot_api.analytics.models import Figure
from x_pilot_api.analytics.queries import reach
from x_pilot_api.analytics.queries.reach import FITS, NAMED, Asked
from x_pilot_api.analytics.schemas import AnalyticsRowOut
from x_pilot_api.core import pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish
from x_pilot_api.exams import rules as exams

_MONTH = "CAST(date_trunc('month', CAST({day} AS timestamp)) AS date) AS period_on"
_STUDENT = """
LEFT JOIN students AS student ON student.institution_id = fact.institution_id AND student.id = {student}
LEFT JOIN programmes AS its ON its.institution_id = fact.institution_id AND its.id = student.programme_id
"""
_WHOSE = "student.id AS student_id, student.student_number, {name} AS holder, student.programme_id"
_OF_STUDENT = _WHOSE.format(name="student.name") + ", its.college_id"

_RESULTS = f"""
SELECT 'result' AS object_kind, fact.id, {_WHOSE.format(name="candidate.name")}, registration.college_id,
    registration.certificate_level_id AS level_id, {_MONTH.format(day="plan.exam_on")}, plan.exam_on AS happened_on,
    1 AS amount
FROM results AS fact
JOIN registrations AS registration ON registration.institution_id = fact.institution_id
    AND registration.id = fact.registration_id
JOIN exam_plans AS plan ON plan.institution_id = fact.institution_id AND plan.id = registration.exam_plan_id
JOIN candidates AS candidate ON candidate.institution_id = fact.institution_id
    AND candidate.id = registration.candidate_id
{_STUDENT.format(student="candidate.student_id")}
WHERE fact.institution_id = :institution_id AND {exams.COUNTED} AND {exams.KIND} = ANY(CAST(:kinds AS text[]))
    AND (student.id IS NOT NULL OR NOT :of_students)
"""

_AWARDS = f"""
SELECT 'award' AS object_kind, fact.id, {_OF_STUDENT}, fact.certificate_level_id AS level_id,
    {_MONTH.format(day="fact.issued_on")}, fact.issued_on AS happened_on, 1 AS amount
FROM awards AS fact {_STUDENT.format(student="fact.student_id")}
WHERE fact.institution_id = :institution_id AND fact.student_id IS NOT NULL AND fact.state <> 'revoked'
"""

_NOW = "CAST(NULL AS uuid) AS level_id, CAST(NULL AS date) AS period_on, CAST(NULL AS date) AS happened_on, 1 AS amount"

_STUDENTS = f"""
SELECT 'student' AS object_kind, fact.id, {_OF_STUDENT}, {_NOW}
FROM students AS fact {_STUDENT.format(student="fact.id")}
WHERE fact.institution_id = :institution_id AND fact.status = 'enrolled' AND its.is_pilot
"""

_ACCOUNTS = f"""
SELECT 'credit_account' AS object_kind, fact.id, {_OF_STUDENT}, {_NOW}
FROM credit_accounts AS fact {_STUDENT.format(student="fact.student_id")}
WHERE fact.institution_id = :institution_id AND fact.state <> 'closed' AND student.status = 'enrolled' AND its.is_pilot
"""

_GUARANTEES = f"""
SELECT 'guarantee' AS object_kind, fact.id, {_OF_STUDENT}, {_NOW}
FROM guarantees AS fact {_STUDENT.format(student="fact.student_id")}
WHERE fact.institution_id = :institution_id AND {{which}}
"""

_OUTCOMES = f"""
SELECT 'learning_outcome' AS object_kind, fact.id, {_OF_STUDENT}, fact.certificate_level_id AS level_id,
    {_MONTH.format(day="fact.earned_on")}, fact.earned_on AS happened_on, fact.credit_hundredths AS amount
FROM learning_outcomes AS fact {_STUDENT.format(student="fact.student_id")}
WHERE fact.institution_id = :institution_id AND fact.credit_hundredths > 0 AND fact.reason = '{{reason}}'
"""

_CONVERSIONS = f"""
SELECT 'conversion' AS object_kind, fact.id, {_OF_STUDENT}, fact.certificate_level_id AS level_id,
    {_MONTH.format(day="fact.granted_on")}, fact.granted_on AS happened_on, {{amount}} AS amount
FROM conversions AS fact {_STUDENT.format(student="fact.student_id")}
WHERE fact.institution_id = :institution_id AND fact.state = 'granted'
"""

_FACTS: Mapping[Figure, str] = {
    Figure.CANDIDATES: _RESULTS,
    Figure.ATTENDED: _RESULTS,
    Figure.JUDGED: _RESULTS,
    Figure.PASSED: _RESULTS,
    Figure.STUDENT_CANDIDATES: _RESULTS,
    Figure.CERTIFICATES: _AWARDS,
    Figure.STUDENTS: _STUDENTS,
    Figure.ACCOUNTS: _ACCOUNTS,
    Figure.CREDITS_RECOGNISED: _OUTCOMES.format(reason="deposited"),
    Figure.CREDITS_PENDING: _OUTCOMES.format(reason="deposit_pending"),
    Figure.CREDITS_CONVERTED: _CONVERSIONS.format(amount="fact.credit_hundredths"),
    Figure.CONVERSIONS: _CONVERSIONS.format(amount="1"),
    Figure.GUARANTEES: _GUARANTEES.format(which="true"),
    Figure.GUARANTEES_USED: _GUARANTEES.format(which="fact.state = 'used'"),
}

_PAGE = f"""
SELECT placed.*, college.name AS college_name, programme.name AS programme_name, certificate.name AS certificate_name,
    level.level
FROM ({{facts}}) AS placed {NAMED}
WHERE {FITS} AND placed.amount > 0 AND placed.id > :after ORDER BY placed.id LIMIT :size
"""

_STATEMENTS = {figure: text(_PAGE.format(facts=facts)) for figure, facts in _FACTS.items()}


async def list_rows(
    session: AsyncSession, actor: Actor, *, figure: Figure, asked: Asked, wish: PageWish
) -> tuple[Sequence[AnalyticsRowOut], str | None]:
    """List the rows behind a figure that the actor may see, and the token of the next page."""
    after: UUID = pagination.id_after(wish)
    if figure in rules.STANDING_NOW and asked.knows_certificate:
        return [], None
    values = reach.values_of(actor, asked) | {"after": after, "size": wish.size + 1}
    if _FACTS[figure] is _RESULTS:
        made = rules.FIGURES[figure]
        kinds = [measure.removeprefix("results_") for measure in made.measures]
        values |= {"kinds": kinds, "of_students": made.of_students}
    rows = (await session.execute(_STATEMENTS[figure], values)).all()
    page = rows[: wish.size]
    token = pagination.token_after(str(page[-1].id)) if len(rows) > wish.size else None
    return [
        AnalyticsRowOut(
            figure=figure,
            object_kind=row.object_kind,
            object_id=row.id,
            student_id=row.student_id,
            student_number=row.student_number,
            name=row.holder,
            college_id=row.college_id,
            college_name=row.college_name,
            programme_id=row.programme_id,
            programme_name=row.programme_name,
            certificate_level_id=row.level_id,
            certificate_name=row.certificate_name,
            level=row.level,
            happened_on=row.happened_on,
            amount=row.amount,
        )
        for row in page
    ], token
