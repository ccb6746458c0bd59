"""Registrations beside everything else: asked for, accepted, left, with one seat and a line for it.

They are for the lower level, so that whoever holds the certificate is refused and whoever lost it is not. The
guaranteed attempt is reserved with the seat and given back with the registration.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.credits.life_guarantees import Guarantees
from tests.credits.life_model import COMPARED, STUDENTS, TIMEZONE, Student, somebody, whose
from tests.exams import places
from tests.world import World
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.exams import commands as exams
from x_pilot_api.exams import queries
from x_pilot_api.exams.models import Candidate, ExamPlan, ExamPlanLevel, ExamSitting, Registration
from x_pilot_api.exams.rules.registration_life import Terms
from x_pilot_api.exams.schemas import RegistrationWish

NOW = datetime(2026, 6, 25, 4, tzinfo=UTC)
STARTS_AT = datetime(2026, 7, 20, 1, tzinfo=UTC)
CODE = "LIFE-OPEN"

COMPARED["registrations"] = (
    "SELECT coalesce(string_agg(registration.state, ' ' ORDER BY registration.id), '')"
    " FROM registrations AS registration JOIN candidates AS candidate ON candidate.id = registration.candidate_id"
    f" JOIN exam_plans AS plan ON plan.id = registration.exam_plan_id AND plan.code = '{CODE}'"
    " WHERE candidate.student_id = :student_id"
)
# What is counted is what is held, of seats and of quotas, whoever is asked about.
COMPARED["miscounted"] = (
    "SELECT count(*)::int FROM ("
    "SELECT sitting.id FROM exam_sittings AS sitting"
    " LEFT JOIN registrations AS registration ON registration.sitting_id = sitting.id"
    " GROUP BY sitting.institution_id, sitting.id, sitting.taken HAVING count(registration.id) <> sitting.taken"
    " UNION ALL SELECT part.id FROM participations AS part"
    " LEFT JOIN registrations AS registration ON registration.participation_id = part.id"
    " AND registration.state IN ('waiting', 'offered', 'accepted', 'locked')"
    " GROUP BY part.institution_id, part.id, part.taken HAVING count(registration.id) <> part.taken"
    ") AS drift WHERE CAST(:student_id AS uuid) IS NOT NULL"
)

SEATED = frozenset({"offered", "accepted"})
ENDED = frozenset({"withdrawn", "refused"})


def has_registration(student: Student) -> bool:
    return bool(student.registrations) and student.registrations[-1] not in ENDED


def at(*states: str) -> Callable[[Student], bool]:
    """Ask whether somebody's registration is in one of some states."""

    def is_there(student: Student) -> bool:
        return has_registration(student) and student.registrations[-1] in states

    return is_there


async def open_plan(session: AsyncSession, world: World) -> UUID:
    """Announce an exam of the lower level that takes registrations, with a sitting of one seat."""
    there, organised, plan_id = world.schools[0], world.organisations[0], uuid4()
    session.add(
        ExamPlan(
            institution_id=there.id, id=plan_id, organisation_id=organised.id, code=CODE, name="夏季考核",
            registration_opens_on=date(2026, 6, 1), registration_closes_on=date(2026, 7, 10),
            exam_on=STARTS_AT.date(), published_at=NOW - timedelta(days=30),
        )
    )  # fmt: skip
    await session.flush()
    level_id = organised.levels["1"]
    session.add(
        ExamPlanLevel(
            institution_id=there.id, exam_plan_id=plan_id, certificate_level_id=level_id,
            scheme_id=organised.schemes["1"],
        )
    )  # fmt: skip
    site_id = await places.approved(
        session, institution_id=there.id, organisation_id=organised.id, college_id=there.colleges[0], level_id=level_id,
        capacity=1, valid=(date(2026, 1, 1), date(2027, 1, 1)), at=NOW - timedelta(days=60),
    )  # fmt: skip
    session.add(
        ExamSitting(
            institution_id=there.id, exam_plan_id=plan_id, certificate_level_id=level_id, site_id=site_id, code="S1",
            starts_at=STARTS_AT, ends_at=STARTS_AT + timedelta(hours=2), seats=1,
        )
    )  # fmt: skip
    await session.flush()
    return plan_id


class Registrations(Guarantees):
    """Registrations that come and go; the seat goes to who has it, then to who waits."""

    open_plan_id: ClassVar[UUID]

    def terms(self) -> Terms:
        """Tell by what a deed is judged."""
        return Terms(at=NOW, timezone=TIMEZONE, offer_hours=48)

    def self_of(self, student: Student) -> Actor:
        """Be the student."""
        return Actor(
            id=student.id, kind=ActorKind.PERSON, name="-", institution_id=self.own, student_id=student.id,
            permissions=frozenset({"registrations:confirm", "registrations:withdraw"}),
        )  # fmt: skip

    def admit(self, student: Student) -> None:
        """Give the model's student the seat, or a turn in the line."""
        taken = any(at(*SEATED)(it) for it in self.students)
        student.registrations[-1] = "waiting" if taken else "accepted"
        if not taken:
            student.attempt.reserve(self.open_plan_id)

    def free(self, student: Student) -> None:
        """Let the model's student go; who waits is offered the seat that is free by then."""
        had_a_seat = student.registrations[-1] in SEATED
        student.registrations[-1] = "withdrawn"
        student.attempt.release(self.open_plan_id)
        for it in self.students if had_a_seat else ():
            if at("waiting")(it):
                it.registrations[-1] = "offered"
                it.attempt.reserve(self.open_plan_id)

    @rule(turn=whose, by_college=st.booleans())
    def register(self, turn: int, *, by_college: bool) -> None:
        """Be registered by the college, which accepts at once, or draft one's own registration."""
        student = self.students[turn % STUDENTS]
        level_id = self.world.organisations[0].levels["1"]

        async def enter(session: AsyncSession) -> object:
            if not by_college:
                wish = exams.OwnWish(certificate_level_id=level_id)
                return await exams.register_myself(
                    session, self.self_of(student), exam_plan_id=self.open_plan_id, wish=wish, terms=self.terms()
                )
            actor = self.actors["coordinator"]
            plan = await queries.get_plan(session, actor, self.open_plan_id, lock=True)
            wishes = [RegistrationWish(student_id=student.id, certificate_level_id=level_id, sitting_id=None)]
            return await exams.register_students(session, actor, plan=plan, wishes=wishes, terms=self.terms())

        may = not has_registration(student) and not student.passes
        self.attempt(enter, may=may)
        if may:
            student.registrations.append("draft")
            if by_college:
                self.admit(student)

    async def named(self, session: AsyncSession, student: Student) -> UUID:
        """Find a student's latest registration."""
        own = select(Candidate.id).where(Candidate.student_id == student.id)
        asked = select(Registration.id).where(
            Registration.exam_plan_id == self.open_plan_id, Registration.candidate_id.in_(own)
        )
        return (await session.scalars(asked.order_by(Registration.id.desc()).limit(1))).one()

    @precondition(somebody(at("draft")))
    @rule(turn=whose)
    def confirm(self, turn: int) -> None:
        """Confirm one's draft."""
        student = self.who(turn, at("draft"))

        async def deed(session: AsyncSession) -> object:
            registration_id = await self.named(session, student)
            return await exams.confirm_registration(
                session, self.self_of(student), registration_id=registration_id, terms=self.terms()
            )

        self.attempt(deed)
        student.registrations[-1] = "confirmed"

    @precondition(somebody(at("confirmed")))
    @rule(turn=whose)
    def accept(self, turn: int) -> None:
        """Be accepted by the college, unless the certificate came meanwhile."""
        student = self.who(turn, at("confirmed"))

        async def deed(session: AsyncSession) -> object:
            actor, ids = self.actors["coordinator"], [await self.named(session, student)]
            plan = await queries.get_plan(session, actor, self.open_plan_id, lock=True)
            return await exams.accept_registrations(session, actor, plan=plan, registration_ids=ids, terms=self.terms())

        self.attempt(deed, may=not student.passes)
        if not student.passes:
            self.admit(student)

    @precondition(somebody(at("offered")))
    @rule(turn=whose, takes=st.booleans())
    def answer_offer(self, turn: int, *, takes: bool) -> None:
        """Take the seat that is offered, which who holds the certificate by then cannot, or leave it."""
        student = self.who(turn, at("offered"))

        async def deed(session: AsyncSession) -> object:
            registration_id, actor = await self.named(session, student), self.self_of(student)
            answered = exams.take_offer if takes else exams.decline_offer
            return await answered(session, actor, registration_id=registration_id, terms=self.terms())

        may = not takes or not student.passes
        self.attempt(deed, may=may)
        if may and takes:
            student.registrations[-1] = "accepted"
        elif may:
            self.free(student)

    @precondition(somebody(has_registration))
    @rule(turn=whose)
    def withdraw(self, turn: int) -> None:
        """Leave, wherever the registration is; the attempt is free again, and who waits moves up."""
        student = self.who(turn, has_registration)

        async def deed(session: AsyncSession) -> object:
            registration_id = await self.named(session, student)
            return await exams.withdraw_registration(
                session, self.actors["coordinator"], registration_id=registration_id, reason="改选", terms=self.terms()
            )

        self.attempt(deed)
        self.free(student)
