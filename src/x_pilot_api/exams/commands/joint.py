"""The deeds on joint exams: laying down, before results, what they come to; settling what was changed since."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.exams import queries, rules
from x_pilot_api.exams.commands import joining, placing
from x_pilot_api.exams.errors import JointExamAfterResults, JointExamTaken, JointGradeInStep, LevelNotInPlan
from x_pilot_api.exams.models import ExamPlanLevel, JointExam, JointExamBand, JointGrade
from x_pilot_api.exams.schemas import (
    JointExamBandIn,
    JointExamIn,
    JointExamTerms,
    JointGradeOut,
    JointSettlementIn,
    JointStanding,
    SettlementKind,
)
from x_pilot_api.registry import commands as register
from x_pilot_api.registry import queries as registry

_FIELDS = ("term", "state")

_OF_LINK = """
SELECT registration.id AS registration_id, link.student_id, registration.certificate_level_id, result.id AS result_id,
    result.total_hundredths, result.grading, CAST(:reason AS text) AS reason
FROM joint_grades AS link
JOIN registrations AS registration ON registration.institution_id = link.institution_id
    AND registration.id = link.registration_id
JOIN results AS result ON result.institution_id = link.institution_id AND result.id = :result_id
WHERE link.institution_id = :institution_id AND link.id = :joint_grade_id
"""

_PERSON = "SELECT identity_document_id FROM students WHERE institution_id = :institution_id AND id = :student_id"


async def draft_joint_exam(session: AsyncSession, actor: Actor, *, wish: JointExamIn) -> JointExam:
    """Draft that a level of a published plan is the exam of a course as well."""
    course = await registry.get_course(session, actor, wish.course_id, own=True)
    plan = await queries.get_plan(session, actor, wish.exam_plan_id)
    rules.check_running(plan)
    examined = (plan.institution_id, plan.id, wish.certificate_level_id)
    if await session.get(ExamPlanLevel, examined) is None:
        raise LevelNotInPlan(plan_code=plan.code)
    values = wish.model_dump(exclude={"bands"}) | {"institution_id": plan.institution_id, "drafted_by": actor.id}
    values |= {"programme_id": course.programme_id}
    made = (
        await session.scalars(insert(JointExam).values(values).on_conflict_do_nothing().returning(JointExam))
    ).one_or_none()
    if made is None:
        existing = await queries.find_joint_exam_of(session, exam=JointExam(**values))
        raise JointExamTaken(joint_exam_id=str(existing))
    await _write_bands(session, made, wish.bands)
    await _record(session, actor, "draft_joint_exam", made, after=_told(made, wish.bands))
    return made


async def change_joint_exam(session: AsyncSession, actor: Actor, *, exam: JointExam, wish: JointExamTerms) -> None:
    """Write a locked draft anew."""
    rules.JOINT_EXAM_WORKFLOW.target_of("change", state=exam.state)
    before = changes.fields_of(exam, *_FIELDS)
    exam.term, exam.document_number = wish.term, wish.document_number
    await session.flush()
    await session.execute(
        delete(JointExamBand).where(
            JointExamBand.institution_id == exam.institution_id, JointExamBand.joint_exam_id == exam.id
        )
    )
    await _write_bands(session, exam, wish.bands)
    await _record(session, actor, "change_joint_exam", exam, before=before, after=_told(exam, wish.bands))


async def lay_down_joint_exam(session: AsyncSession, actor: Actor, *, exam: JointExam) -> None:
    """Lay a locked draft down: its table is whole, there is no result yet, and from now on nothing of it changes."""
    before = changes.fields_of(exam, *_FIELDS)
    target = rules.JOINT_EXAM_WORKFLOW.target_of("lay_down", state=exam.state)
    bands = (await queries.list_bands(session, [exam]))[exam.id]
    rules.check_table([band.from_hundredths for band in bands])
    await _refuse_after_results(session, exam)
    exam.state, exam.laid_down_by, exam.laid_down_at = target, actor.id, clock.now()
    await session.flush()
    await _record(session, actor, "lay_down_joint_exam", exam, before=before, after=changes.fields_of(exam, *_FIELDS))


async def withdraw_joint_exam(session: AsyncSession, actor: Actor, *, exam: JointExam) -> None:
    """Take a locked joint exam back, as long as no result came; a draft that came to nothing goes at any time."""
    before = changes.fields_of(exam, *_FIELDS)
    target = rules.JOINT_EXAM_WORKFLOW.target_of("withdraw", state=exam.state)
    if exam.laid_down_at is not None:
        await _refuse_after_results(session, exam)
    exam.state, exam.withdrawn_at = target, clock.now()
    await session.flush()
    await _record(session, actor, "withdraw_joint_exam", exam, before=before, after=changes.fields_of(exam, *_FIELDS))


async def _refuse_after_results(session: AsyncSession, exam: JointExam) -> None:
    """Wait for pushes that began without knowing of this, keep others waiting, and refuse if a result is there."""
    await placing.lock_alone(session, institution_id=exam.institution_id, exam_plan_id=exam.exam_plan_id)
    results = await queries.count_results_of_level(session, exam)
    if results:
        raise JointExamAfterResults(results=results)


async def settle_joint_grade(
    session: AsyncSession, actor: Actor, *, joint_grade_id: UUID, wish: JointSettlementIn
) -> JointGradeOut:
    """Settle a flagged grade: what somebody changed stands, or the table's takes its place as one more revision."""
    found = await queries.get_joint_grade(session, actor, joint_grade_id)
    assert actor.institution_id is not None  # noqa: S101 - nobody else sees a grade
    institution_id = actor.institution_id
    await register.lock_register(session, institution_id=institution_id)
    values: dict[str, Any] = {"institution_id": institution_id, "student_id": found.student_id}
    await registry.lock_persons(session, documents=_PERSON, values=values)
    found = await queries.get_joint_grade(session, actor, joint_grade_id)
    if found.standing == JointStanding.IN_STEP:
        raise JointGradeInStep
    result_id = found.current_result_id or found.result_id
    if wish.decision == SettlementKind.FOLLOW:
        await joining.follow_results(
            session,
            actor,
            institution_id=institution_id,
            exam_plan_id=found.exam_plan_id,
            source=_OF_LINK,
            cause=joint_grade_id,
            overrides=True,
            values={"joint_grade_id": joint_grade_id, "result_id": result_id, "reason": wish.reason},
        )
    settled = {"settled_by": actor.id, "settled_at": clock.now(), "settled_reason": wish.reason}
    if wish.decision == SettlementKind.KEEP:
        settled |= {"result_id": result_id, "grade_id": found.current_grade_id}
    await session.execute(
        update(JointGrade)
        .where(JointGrade.institution_id == institution_id, JointGrade.id == joint_grade_id)
        .values(**settled, settled_document=wish.document_number)
    )
    after = await queries.get_joint_grade(session, actor, joint_grade_id)
    await audit.record(
        session,
        actor,
        "settle_joint_grade",
        institution_id=institution_id,
        object_kind="joint_grade",
        object_id=joint_grade_id,
        detail={"decision": wish.decision, "document": wish.document_number},
        before={"grade_id": str(found.current_grade_id), "standing": found.standing},
        after={"grade_id": str(after.current_grade_id), "standing": after.standing},
    )
    return after


async def _write_bands(session: AsyncSession, exam: JointExam, bands: Sequence[JointExamBandIn]) -> None:
    if bands:
        await session.execute(
            insert(JointExamBand),
            [
                {
                    "institution_id": exam.institution_id,
                    "joint_exam_id": exam.id,
                    "from_hundredths": band.from_total,
                    "score_hundredths": band.score,
                    "grade_word": band.grade_word,
                    "passed": band.passed,
                }
                for band in bands
            ],
        )


def _told(exam: JointExam, bands: Sequence[JointExamBandIn]) -> dict[str, Any]:
    return changes.fields_of(exam, *_FIELDS) | {"bands": [band.model_dump() for band in bands]}


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    exam: JointExam,
    *,
    before: audit.State | None = None,
    after: audit.State | None = None,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=exam.institution_id,
        object_kind=rules.JOINT_EXAM_KIND,
        object_id=exam.id,
        detail={
            "exam_plan_id": str(exam.exam_plan_id),
            "course_id": str(exam.course_id),
            "document": exam.document_number,
        },
        before=before,
        after=after,
    )
