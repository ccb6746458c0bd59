"""The words of registrations' tests: sites and sittings, students who register themselves, colleges that decide."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import select, text, update

from tests.exams import places
from tests.exams.desk import Desk, Json
from x_pilot_api.core import clock
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.jobs import Job
from x_pilot_api.exams import commands, tasks
from x_pilot_api.exams.commands import OwnWish
from x_pilot_api.exams.models import ExamPlan, ExamSitting, Registration
from x_pilot_api.exams.rules.registration_life import Terms
from x_pilot_api.participations.models import Participation

IN_MAY = datetime(2026, 5, 10, 1, tzinfo=UTC)
CLOSED = datetime(2026, 6, 1, 1, tzinfo=UTC)
MORNING = datetime(2026, 6, 20, 1, tzinfo=UTC)
LONG = timedelta(hours=2)

_DRIFT = text("""
SELECT sitting.id FROM exam_sittings AS sitting
LEFT JOIN registrations AS registration ON registration.sitting_id = sitting.id
GROUP BY sitting.institution_id, sitting.id, sitting.taken HAVING count(registration.id) <> sitting.taken
UNION ALL
SELECT part.id FROM participations AS part
LEFT JOIN registrations AS registration ON registration.participation_id = part.id
    AND registration.state IN ('waiting', 'offered', 'accepted', 'locked')
GROUP BY part.institution_id, part.id, part.taken HAVING count(registration.id) <> part.taken
""")


@dataclass
class Hall:
    """A desk of the first school at which registrations are made and decided on."""

    desk: Desk
    made: list[UUID] = field(default_factory=list[UUID])

    @property
    def school_id(self) -> UUID:
        """Name the first school."""
        return self.desk.world.schools[0].id

    def level(self, level: str = "2", *, organisation: int = 0) -> UUID:
        """Name a level of an organisation's certificate."""
        return self.desk.world.organisations[organisation].levels[level]

    def terms(self) -> Terms:
        """Tell the terms as the service does now."""
        settings = self.desk.service.settings
        return Terms(at=clock.now(), timezone=settings.timezone, offer_hours=settings.offer_hours)

    def student(self, index: int) -> Actor:
        """Be one of the first school's students."""
        student_id = self.desk.world.schools[0].students[index]
        return Actor(
            id=uuid4(),
            kind=ActorKind.PERSON,
            name="-",
            permissions=frozenset({"registrations:confirm", "registrations:withdraw"}),
            institution_id=self.school_id,
            student_id=student_id,
        )

    async def post(self, path: str, body: Json | None = None, *, who: str = "coordinator") -> httpx.Response:
        """Do a deed and give whatever is answered."""
        headers = self.desk.sign_in(who) | {"Idempotency-Key": uuid4().hex}
        return await self.desk.client.post(f"/v1{path}", json=body, headers=headers)

    async def done(self, path: str, body: Json | None = None, *, who: str = "coordinator") -> Json:
        """Do a deed that is taken."""
        answer = await self.post(path, body, who=who)
        assert answer.is_success, answer.text
        told: Json = answer.json()
        return told

    async def plan(self, *levels: str, **changes: Any) -> Json:  # noqa: ANN401
        """Announce an exam of the first organisation whose registration is open in May."""
        body = {
            "institution_id": str(self.school_id),
            "code": uuid4().hex[:8],
            "name": "考核",
            "certificate_level_ids": [str(self.level(level)) for level in levels or ("2",)],
            "registration_opens_on": "2026-05-01",
            "registration_closes_on": "2026-05-31",
            "exam_on": "2026-06-20",
        } | changes
        plan = await self.done("/exam-plans", body, who="org_staff")
        async with self.desk.service.database.transaction() as session:
            published = update(ExamPlan).where(ExamPlan.id == UUID(plan["id"]), ExamPlan.published_at.is_(None))
            await session.execute(published.values(published_at=IN_MAY))
        return plan

    async def sitting(
        self,
        plan: Json,
        *,
        seats: int,
        level: str = "2",
        starts_at: datetime = MORNING,
        shared: bool = True,
        college: int = 0,
        valid_to: date = date(2027, 1, 1),
    ) -> UUID:
        """Hold a sitting of a plan at a site of its own."""
        there, sitting_id = self.desk.world.schools[0], uuid4()
        async with self.desk.service.database.transaction(institution_id=there.id) as session:
            site_id = await places.approved(
                session,
                institution_id=there.id,
                organisation_id=self.desk.world.organisations[0].id,
                college_id=there.colleges[college],
                level_id=self.level(level),
                capacity=seats,
                valid=(date(2026, 1, 1), valid_to),
                at=IN_MAY,
                is_shared=shared,
            )
            session.add(
                ExamSitting(
                    institution_id=there.id,
                    id=sitting_id,
                    exam_plan_id=UUID(plan["id"]),
                    certificate_level_id=self.level(level),
                    site_id=site_id,
                    code=f"S{len(self.made) + 1}",
                    starts_at=starts_at,
                    ends_at=starts_at + LONG,
                    seats=seats,
                )
            )
        self.made.append(sitting_id)
        return sitting_id

    async def register(self, plan: Json, *indexes: int, who: str = "coordinator", **wish: Any) -> httpx.Response:  # noqa: ANN401
        """Register students of the first school on their behalf."""
        students = self.desk.world.schools[0].students
        wishes = [
            {"student_id": str(students[index]), "certificate_level_id": str(self.level())} | wish for index in indexes
        ]
        return await self.post(f"/exam-plans/{plan['id']}/registrations", {"registrations": wishes}, who=who)

    async def registered(self, plan: Json, *indexes: int, **wish: Any) -> list[Json]:  # noqa: ANN401
        """Register students who may be."""
        answer = await self.register(plan, *indexes, **wish)
        assert answer.status_code == 201, answer.text
        made: list[Json] = answer.json()["registrations"]
        return made

    async def drafted(self, plan: Json, index: int, *, certificate_level_id: UUID | None = None) -> UUID:
        """Let a student register themself."""
        own = OwnWish(certificate_level_id=certificate_level_id or self.level())
        async with self.desk.service.database.transaction(institution_id=self.school_id) as session:
            made = await commands.register_myself(
                session, self.student(index), exam_plan_id=UUID(plan["id"]), wish=own, terms=self.terms()
            )
            return made.id

    async def confirmed(self, plan: Json, index: int, *, certificate_level_id: UUID | None = None) -> UUID:
        """Let a student register themself and confirm it."""
        registration_id = await self.drafted(plan, index, certificate_level_id=certificate_level_id)
        async with self.desk.service.database.transaction(institution_id=self.school_id) as session:
            await commands.confirm_registration(
                session, self.student(index), registration_id=registration_id, terms=self.terms()
            )
        return registration_id

    async def accept(self, plan: Json, *ids: UUID, who: str = "coordinator") -> httpx.Response:
        """Let the college accept registrations."""
        body = {"registration_ids": [str(each) for each in ids]}
        return await self.post(f"/exam-plans/{plan['id']}/registrations:accept", body, who=who)

    async def read(self, registration_id: UUID | str, *, who: str = "registrar") -> Json:
        """Read a registration."""
        told: Json = await self.desk.get(f"/v1/registrations/{registration_id}", who=who)
        return told

    async def states(self, plan: Json) -> list[str]:
        """Tell the states of a plan's registrations in the order of their wishes."""
        of_plan = select(Registration.state).where(Registration.exam_plan_id == UUID(plan["id"]))
        async with self.desk.service.database.transaction(read_only=True) as session:
            return list((await session.scalars(of_plan.order_by(Registration.wished_at, Registration.id))).all())

    async def look(self) -> None:
        """Let the worker look for seats that change hands."""
        await tasks.offer_free_seats(self.desk.service, Job(id=uuid4(), kind="offer_free_seats", attempt=1))

    async def drift(self) -> list[UUID]:
        """List the sittings and quotas whose count is not what registrations hold of them."""
        async with self.desk.service.database.transaction(read_only=True) as session:
            return list((await session.scalars(_DRIFT)).all())

    async def quota(self, quota: int) -> None:
        """Let every participation of the exam's year have this quota."""
        async with self.desk.service.database.transaction() as session:
            of_year = update(Participation).where(Participation.academic_year == "2025-2026")
            await session.execute(of_year.values(quota=quota))


def codes(answer: httpx.Response) -> list[str]:
    """List the codes of an answer's errors."""
    assert answer.is_error, answer.text
    return [error["code"] for error in answer.json()["errors"]]
