"""The words of the tests about posts and groups: hire, propose, appoint, establish."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy.ext.asyncio import AsyncSession

from tests.exams.desk import Desk, Json
from tests.world import World
from x_pilot_api.registry.models import Teacher

DOCUMENT = "苏财院教〔2026〕18号"
TODAY = date(2026, 9, 10)


async def teachers(session: AsyncSession, world: World, *, each: int = 4) -> dict[tuple[int, int], list[UUID]]:
    """Let every college of every school have some teachers; by school and college."""
    hired: dict[tuple[int, int], list[UUID]] = {}
    for school, there in enumerate(world.schools):
        for college, college_id in enumerate(there.colleges):
            hired[school, college] = [uuid4() for _ in range(each)]
            session.add_all(
                Teacher(
                    institution_id=there.id,
                    id=teacher_id,
                    staff_number=f"P{college}{number:03d}",
                    name=f"教师{college}{number}",
                    college_id=college_id,
                    is_active=True,
                )
                for number, teacher_id in enumerate(hired[school, college])
            )
    await session.flush()
    return hired


@dataclass
class Secretariat:
    """A desk at which posts are filled and groups are made."""

    desk: Desk
    hired: dict[tuple[int, int], list[UUID]] = field(default_factory=dict[tuple[int, int], list[UUID]])

    async def hire(self) -> None:
        """Let there be teachers."""
        async with self.desk.service.database.transaction() as session:
            self.hired = await teachers(session, self.desk.world)

    def college(self, index: int = 0, *, school: int = 0) -> str:
        """Name a college."""
        return str(self.desk.world.schools[school].colleges[index])

    def teacher(self, number: int = 0, *, college: int = 0, school: int = 0) -> Json:
        """Name a teacher as somebody who can hold something."""
        return {"teacher_id": str(self.hired[school, college][number])}

    def certificate(self, organisation: int = 0) -> str:
        """Name a certificate that every college has admitted."""
        return str(self.desk.world.organisations[organisation].certificate_id)

    async def send(self, path: str, body: Json, *, who: str = "registrar") -> httpx.Response:
        """Do a deed and give whatever is answered."""
        return await self.desk.client.post(f"/v1{path}", json=body, headers=self.desk.sign_in(who))

    async def done(self, path: str, body: Json, *, who: str = "registrar") -> Json:
        """Do a deed that is not refused."""
        answer = await self.send(path, body, who=who)
        assert answer.status_code in {200, 201}, answer.text
        told: Json = answer.json()
        return told

    async def code(self, path: str, body: Json, *, who: str = "registrar") -> tuple[int, str]:
        """Do a deed and tell what it is refused with."""
        answer = await self.send(path, body, who=who)
        return answer.status_code, answer.json().get("code", "done")

    def post(self, **changes: Any) -> Json:  # noqa: ANN401
        """Write who is proposed for the first college's head."""
        return {
            "college_id": self.college(),
            "kind": "person_in_charge",
            "holder": self.teacher(),
            "held_from": "2026-09-01",
        } | changes

    async def appointed(self, *, who: str = "coordinator", **changes: Any) -> Json:  # noqa: ANN401
        """Propose and appoint somebody."""
        proposed = await self.done("/college-posts", self.post(**changes), who=who)
        return await self.done(f"/college-posts/{proposed['id']}:appoint", {"document": DOCUMENT})

    def group(self, **changes: Any) -> Json:  # noqa: ANN401
        """Write a group of the first college with one member, watching the first certificate."""
        return {
            "name": "协作组",
            "college_id": self.college(),
            "duties": ["监督各证书试点工作情况"],
            "opens_on": "2026-09-01",
            "leader": self.teacher(0),
            "members": [self.teacher(1) | {"duty": "秘书"}],
            "certificate_ids": [self.certificate()],
        } | changes

    async def established(self, *, on: str = "2026-09-01", **changes: Any) -> Json:  # noqa: ANN401
        """Propose and establish a group."""
        proposed = await self.done("/working-groups", self.group(**changes), who="coordinator")
        body = {"document": DOCUMENT, "established_on": on}
        return await self.done(f"/working-groups/{proposed['id']}:establish", body)

    async def read(self, group: Json, **query: str) -> Json:
        """Read a group."""
        told: Json = await self.desk.get(f"/v1/working-groups/{group['id']}", **query)
        return told
