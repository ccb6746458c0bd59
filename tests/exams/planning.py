"""Plans and sittings to test with, made through the API on days around the present one."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.certificates.make import TODAY, Json
from tests.sites.make import Office
from x_pilot_api.registry.models import Teacher

PLANS = "/v1/exam-plans"
EXAM_ON = TODAY + timedelta(days=30)


def on(day: date, hour: int = 9) -> datetime:
    """Name an hour of a day in China."""
    return datetime.combine(day, time(hour), tzinfo=UTC) - timedelta(hours=8)


class Planner(Office):
    """A place where plans are drafted and published, and sittings arranged at approved sites."""

    def terms(self, **changes: Any) -> Json:  # noqa: ANN401
        """Write a plan of the second level whose registration is open and whose exam is in a month."""
        return {
            "code": uuid4().hex[:8],
            "name": "第一次考核",
            "certificate_level_ids": [self.level_id()],
            "registration_opens_on": str(TODAY - timedelta(days=5)),
            "registration_closes_on": str(TODAY + timedelta(days=5)),
            "candidates_locked_on": str(TODAY + timedelta(days=8)),
            "tickets_on": str(TODAY + timedelta(days=20)),
            "exam_on": str(EXAM_ON),
            "results_due_on": str(EXAM_ON + timedelta(days=20)),
            "objections_until": on(EXAM_ON + timedelta(days=40)).isoformat(),
        } | changes

    async def plan(self, *, who: str = "registrar", **changes: Any) -> str:  # noqa: ANN401
        """Announce a plan at the first school, and give its path."""
        return f"{PLANS}/{(await self.post(who, PLANS, self.terms(**changes), status=201))['id']}"

    async def put(self, who: str, path: str, body: Json) -> Any:  # noqa: ANN401
        """Write a thing anew as it is now."""
        tag = (await self.ask(who, "GET", path)).headers["etag"]
        return await self.ask(who, "PUT", path, body, If_Match=tag)

    async def post_list(self, who: str, path: str) -> list[Json]:
        """Do a deed that answers with a list."""
        answer = await self.ask(who, "POST", path)
        assert answer.status_code == 200, answer.text
        told: list[Json] = answer.json()
        return told

    async def sitting(self, site: str, *, rooms: int = 1, **changes: Any) -> Json:  # noqa: ANN401
        """Write a sitting in rooms of a site, two hours on the morning of the exam."""
        known = (await self.get(site))["rooms"][:rooms]
        return {
            "certificate_level_id": self.level_id(),
            "site_id": site.rsplit("/", 1)[1],
            "code": uuid4().hex[:8],
            "starts_at": on(EXAM_ON).isoformat(),
            "ends_at": on(EXAM_ON, 11).isoformat(),
            "rooms": [{"room_id": room["id"], "seats": room["seats"]} for room in known],
        } | changes

    async def arranged(self, plan: str, site: str, **changes: Any) -> Json:  # noqa: ANN401
        """Arrange a sitting, and tell it."""
        return await self.post("registrar", f"{plan}/sittings", await self.sitting(site, **changes), status=201)

    def teacher(self, number: str) -> Teacher:
        """Make up a teacher of the first college."""
        there = self.world.schools[0]
        return Teacher(
            institution_id=there.id, id=uuid4(), staff_number=number, name="监考员", college_id=there.colleges[0]
        )


def examiner(who: UUID | str) -> Json:
    """Name an invigilator: a teacher, or somebody from outside."""
    if isinstance(who, UUID):
        return {"teacher_id": str(who), "duty": "invigilator"}
    return {"name": who, "employer": "某职业学院", "duty": "invigilator"}
