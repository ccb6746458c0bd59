"""Registering a cohort: everybody who may be is registered, and of the others it is told why not."""

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import db
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.exams import queries
from x_pilot_api.exams.commands import judging, registrations
from x_pilot_api.exams.errors import RegistrationsTooMany
from x_pilot_api.exams.models import ExamPlan, RegistrationState
from x_pilot_api.exams.queries.judging import Wish
from x_pilot_api.exams.rules import registrations as eligibility
from x_pilot_api.exams.rules.registration_life import Terms
from x_pilot_api.exams.schemas import REGISTRATIONS_MAX, CohortRegistrationIn, ManyRegisteredOut, NotRegisteredOut
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Student


async def register_cohort(
    session: AsyncSession,
    actor: Actor,
    *,
    plan: ExamPlan,
    cohort: CohortRegistrationIn,
    validate_only: bool,
    terms: Terms,
) -> ManyRegisteredOut:
    """Register everybody of a cohort who may be, and tell of the others why not; the plan is locked by the caller."""
    judging.check_open(plan, terms)
    try:
        await registry.get_own_programme(session, actor, cohort.programme_id)
    except NotFound:
        raise queries.refusal_of("/programme_id", eligibility.PROGRAMME_UNKNOWN) from None
    students = (await session.scalars(_of_cohort(actor, cohort))).all()
    if len(students) > REGISTRATIONS_MAX:
        raise RegistrationsTooMany(rows=len(students), limit_rows=REGISTRATIONS_MAX)
    wishes = [
        Wish(
            certificate_level_id=cohort.certificate_level_id,
            student_id=student.id,
            sitting_id=cohort.sitting_id,
        )
        for student in students
    ]
    if not validate_only:
        return await _register_those(session, actor, plan=plan, wishes=wishes, validate_only=False, terms=terms)
    async with db.rehearsal(session):
        return await _register_those(session, actor, plan=plan, wishes=wishes, validate_only=True, terms=terms)


def _of_cohort(actor: Actor, cohort: CohortRegistrationIn) -> Select[Student]:
    statement = registry.visible_students(actor).where(
        Student.programme_id == cohort.programme_id, Student.entry_year == cohort.entry_year
    )
    if cohort.class_name is not None:
        statement = statement.where(Student.class_name == cohort.class_name)
    return statement.order_by(Student.student_number).limit(REGISTRATIONS_MAX + 1)


async def _register_those(
    session: AsyncSession, actor: Actor, *, plan: ExamPlan, wishes: list[Wish], validate_only: bool, terms: Terms
) -> ManyRegisteredOut:
    columns = await queries.columns_of(session, actor, wishes)
    await judging.stage(session, plan=plan, columns=columns, terms=terms)
    refused = await judging.list_refused(session)
    await judging.let_refused_go(session)
    made = await registrations.register_staged(session, actor, plan=plan, terms=terms, deed="register_cohort")
    return ManyRegisteredOut(
        exam_plan_id=plan.id,
        validate_only=validate_only,
        asked=len(wishes),
        accepted=sum(each.state == RegistrationState.ACCEPTED for each in made.registrations),
        waiting=sum(each.state == RegistrationState.WAITING for each in made.registrations),
        registrations=made.registrations,
        refused=[
            NotRegisteredOut(row=None, column=None, student_id=student_id, code=code, detail=detail)
            for _, student_id, code, detail in refused
        ],
    )
