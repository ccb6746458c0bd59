"""The words of the tests of teacher training: a requirement, cycles, projects, and who takes part."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from tests.exams.desk import Desk, Json, set_clock
from x_pilot_api.registry.models import Teacher

BEGINS = "2024-01-01"
ENDS = "2028-12-31"
DOCUMENT = "苏财院人〔2024〕1号"


@dataclass
class Academy:
    """A desk at which teachers are trained: six of the first college, one of the second, one of elsewhere.

    The first is the caller `teacher`, and its institution's second one the caller `teacher_2`.
    """

    desk: Desk
    monkeypatch: pytest.MonkeyPatch
    teachers: list[str] = field(default_factory=list[str])
    sibling: str = ""
    foreign: str = ""

    async def hire(self) -> None:
        """Enter the teachers."""
        world = self.desk.world
        first, other = world.schools
        persons = {0: world.callers["teacher"].id}
        async with self.desk.service.database.transaction() as session:
            own = [
                Teacher(
                    institution_id=first.id, staff_number=f"T{index}", name=f"教师{index}",
                    college_id=first.colleges[0], person_id=persons.get(index),
                )
                for index in range(6)
            ]  # fmt: skip
            sibling = Teacher(institution_id=first.id, staff_number="S0", name="邻院教师", college_id=first.colleges[1])
            foreign = Teacher(
                institution_id=other.id, staff_number="F0", name="他校教师", college_id=other.colleges[0],
                person_id=world.callers["teacher_2"].id,
            )  # fmt: skip
            session.add_all([*own, sibling, foreign])
            await session.flush()
            self.teachers = [str(each.id) for each in own]
            self.sibling, self.foreign = str(sibling.id), str(foreign.id)

    def on(self, day: str) -> None:
        """Let it be a day."""
        at = date.fromisoformat(day)
        set_clock(self.monkeypatch, datetime(at.year, at.month, at.day, 4, tzinfo=UTC))

    def college(self, index: int = 0) -> str:
        """Name one of the first school's colleges."""
        return str(self.desk.world.schools[0].colleges[index])

    def level(self, level: str = "2", *, organisation: int = 0) -> str:
        """Name a level of an organisation's certificate."""
        return str(self.desk.world.organisations[organisation].levels[level])

    async def send(self, path: str, body: Json | None = None, *, who: str = "registrar") -> httpx.Response:
        """Do a deed and give whatever is answered."""
        return await self.desk.client.post(f"/v1{path}", json=body, headers=self.desk.sign_in(who))

    async def done(self, path: str, body: Json | None = None, *, who: str = "registrar") -> Any:  # noqa: ANN401 - JSON
        """Do a deed that is taken."""
        answer = await self.send(path, body, who=who)
        assert answer.is_success, answer.text
        return answer.json()

    async def refused(self, path: str, body: Json | None = None, *, who: str = "registrar") -> tuple[int, str]:
        """Do a deed that is refused, and tell how."""
        answer = await self.send(path, body, who=who)
        assert answer.is_error, answer.text
        return answer.status_code, answer.json()["code"]

    async def require(self, **changes: Any) -> Json:  # noqa: ANN401
        """Load a requirement: sixty hours in five years, twenty-four of the X module."""
        wish = {"total_hours": 60, "module_hours": 24, "document_number": DOCUMENT, "effective_from": "2024-01-01"}
        told: Json = await self.done("/training-requirements", wish | changes)
        return told

    async def open(self, *indexes: int, begins_on: str = BEGINS, who: str = "coordinator") -> Json:
        """Open cycles for some teachers of the first college, or for all."""
        wish: Json = {"college_id": self.college(), "begins_on": begins_on}
        if indexes:
            wish["teacher_ids"] = [self.teachers[index] for index in indexes]
        told: Json = await self.done("/training-cycles:open", wish, who=who)
        return told

    def wish(self, **changes: Any) -> Json:  # noqa: ANN401
        """Write a project down."""
        return {
            "title": "智能财税师资培训",
            "origin": "provincial",
            "organisation_id": str(self.desk.world.organisations[0].id),
            "certificate_level_id": self.level(),
            "scheme": "线上理论、线下实操",
            "mode": "blended",
            "hours": 24,
            "is_x_module": True,
            "places": 2,
            "enrols_until": "2026-06-01",
            "starts_on": "2026-06-10",
            "ends_on": "2026-06-12",
        } | changes

    async def draft(self, **changes: Any) -> Json:  # noqa: ANN401
        """Draft a project."""
        told: Json = await self.done("/training-projects", self.wish(**changes))
        return told

    async def publish(self, **changes: Any) -> Json:  # noqa: ANN401
        """Draft a project and publish it."""
        drafted = await self.draft(**changes)
        told: Json = await self.done(f"/training-projects/{drafted['id']}:publish")
        return told

    async def enrol(self, project: Json, *indexes: int, who: str = "coordinator") -> list[Json]:
        """Enrol teachers of the first college."""
        ids = [self.teachers[index] for index in indexes]
        path = f"/training-projects/{project['id']}/enrolments"
        told: list[Json] = await self.done(path, {"teacher_ids": ids}, who=who)
        return told

    async def withdraw(self, enrolment: Json, *, who: str = "coordinator") -> Json:
        """Give a place up."""
        told: Json = await self.done(
            f"/training-enrolments/{enrolment['id']}:withdraw", {"reason": "课务冲突"}, who=who
        )
        return told

    async def record(self, project: Json, *rows: tuple[Json, int, str | None]) -> list[Json]:
        """Record hours and results."""
        body = {
            "rows": [
                {"enrolment_id": it["id"], "hours_attended": hours, "result": result} for it, hours, result in rows
            ]
        }
        told: list[Json] = await self.done(f"/training-projects/{project['id']}:record-results", body)
        return told

    async def line(self, project: Json, *, who: str = "registrar") -> list[tuple[str, str]]:
        """List who stands how in a project's line."""
        page = await self.desk.get("/v1/training-enrolments", who=who, project_id=project["id"], page_size=100)
        return [(it["staff_number"], it["state"]) for it in page["items"]]

    async def cycle(self, index: int = 0, *, who: str = "registrar") -> Json:
        """Read a teacher's one cycle."""
        page = await self.desk.get("/v1/training-cycles", who=who, teacher_id=self.teachers[index])
        (it,) = page["items"]
        cycle: Json = it
        return cycle

    async def project(self, project: Json, *, who: str = "registrar") -> Json:
        """Read a project as it is now."""
        told: Json = await self.desk.get(f"/v1/training-projects/{project['id']}", who=who)
        return told

    async def outside(self, index: int = 1, *, who: str = "coordinator", **changes: Any) -> Json:  # noqa: ANN401
        """Record what a teacher did elsewhere."""
        told: Json = await self.done("/outside-trainings", self.elsewhere(index, **changes), who=who)
        return told

    def elsewhere(self, index: int = 1, **changes: Any) -> Json:  # noqa: ANN401
        """Write down what a teacher did elsewhere."""
        return {
            "teacher_id": self.teachers[index],
            "title": "国家级X证书师资专项培训",
            "organiser": "国家级培训基地",
            "origin": "national",
            "certificate_level_id": self.level(),
            "hours": 40,
            "is_x_module": True,
            "completed_on": "2025-08-20",
            "document_number": "教师司函〔2025〕8号",
        } | changes

    async def messages(self, who: str) -> list[str]:
        """List the kinds of the messages somebody has, the oldest first."""
        async with self.desk.service.database.transaction() as session:
            found = await session.scalars(
                text("SELECT kind FROM messages WHERE person_id = :id ORDER BY id"),
                {"id": self.desk.world.callers[who].id},
            )
            return list(found.all())

    async def link(self, index: int, who: str) -> None:
        """Let a teacher of the first college sign in as somebody."""
        async with self.desk.service.database.transaction() as session:
            await session.execute(
                text("UPDATE teachers SET person_id = :person WHERE id = :id"),
                {"person": self.desk.world.callers[who].id, "id": UUID(self.teachers[index])},
            )
