"""Guaranteed attempts beside everything else: held by one of two registrations, used by results that come or change."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.credits.life_model import STUDENTS, Lives, whose
from tests.exams import make
from x_pilot_api.core.row_security import act_for
from x_pilot_api.exams import queries
from x_pilot_api.exams.commands import guaranteeing

_REGISTRATION = text("""
SELECT registration.id FROM registrations AS registration
JOIN candidates AS candidate ON candidate.institution_id = registration.institution_id
    AND candidate.id = registration.candidate_id
WHERE registration.exam_plan_id = :plan_id AND candidate.student_id = :student_id
""")
ABSENT: dict[str, Any] = {"components": {}, "total": None, "passed": None}
SAID: dict[str, dict[str, Any]] = {
    "present": make.FAILED,
    "absent": {"activity": "absent"} | ABSENT,
    "excused": {"activity": "excused"} | ABSENT,
}


class Guarantees(Lives):
    """Attempts that are reserved, given back, used and used up, in any order, for either of two plans."""

    other: ClassVar[make.Plan]
    """A second plan of the same level, in which nobody passes."""

    @rule(
        turn=whose,
        deed=st.sampled_from(["reserve", "reserve", "release", "restore"]),
        is_other=st.sampled_from([True, True, False]),
    )
    def move_attempt(self, turn: int, deed: str, *, is_other: bool) -> None:
        """Reserve an attempt with a seat, give it back with it, or by cause."""
        student = self.students[turn % STUDENTS]
        plan_id = (self.other if is_other else self.plan).id

        async def move(session: AsyncSession) -> None:
            found = {"plan_id": plan_id, "student_id": student.id}
            ids: list[UUID] = [(await session.execute(_REGISTRATION, found)).scalar_one()]
            plan = await queries.get_plan_by_key(session, institution_id=self.own, plan_id=plan_id)
            actor = self.actors["registrar"]
            await act_for(session, actor, institution_id=self.own)
            if deed == "restore":
                incident = {"institution_id": self.own, "incident_id": uuid4()}
                await guaranteeing.restore_incident(session, actor, **incident, registration_ids=ids)
            else:
                deeds = {"reserve": guaranteeing.reserve, "release": guaranteeing.release}
                await deeds[deed](session, actor, plan=plan, registration_ids=ids)

        self.attempt(move)
        {"reserve": student.attempt.reserve, "release": student.attempt.release, "restore": student.attempt.restore}[
            deed
        ](plan_id)

    @rule(turn=whose, activity=st.sampled_from(["absent", "absent", "absent", "present", "excused"]))
    def attend_other(self, turn: int, activity: str) -> None:
        """Let the organisation say who was at the other plan's exam, and say otherwise later; nobody passes it.

        Whoever has their attempt reserved for it is asked for first, so that walks come further.
        """
        reserved = [it for it in self.students if it.attempt.holder == self.other.id]
        student = (reserved or self.students)[turn % len(reserved or self.students)]
        who = self.students.index(student)
        student.other_revision += 1
        row = make.row(self.world, self.other, who, revision=student.other_revision, **SAID[activity])
        self.attempt(lambda session: self.take(session, self.other, row))
        student.attempt.attend(self.other.id, activity)
