"""The words of participation's tests: ask, decide, register."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import delete, update

from tests.exams.desk import Desk, Json
from x_pilot_api.certificates.models import Admission
from x_pilot_api.participations.models import Participation

YEAR = "2025-2026"
DOCUMENT = "教〔2025〕31号"


@dataclass
class Office:
    """A desk at which participation is asked for and decided, in a world where nobody takes part yet."""

    desk: Desk

    async def forget(self) -> None:
        """Let nobody take part."""
        async with self.desk.service.database.transaction() as session:
            await session.execute(delete(Participation))

    async def exit_certificate(self) -> None:
        """Let the first college give the certificate up."""
        values = {"status": "exited", "exited_on": date(2026, 2, 1)}
        async with self.desk.service.database.transaction() as session:
            await session.execute(
                update(Admission).where(Admission.college_id == self.desk.world.schools[0].colleges[0]).values(values)
            )

    def wish(self, **changes: Any) -> Json:  # noqa: ANN401
        """Write what the first college asks for."""
        return {
            "academic_year": YEAR,
            "certificate_level_id": str(self.desk.world.organisations[0].levels["2"]),
            "college_id": str(self.desk.world.schools[0].colleges[0]),
            "quota_asked": 10,
        } | changes

    def for_programme(self, **changes: Any) -> Json:  # noqa: ANN401
        """Write what the first programme asks for."""
        wish = self.wish(**{"programme_id": str(self.desk.world.schools[0].programmes[0])} | changes)
        del wish["college_id"]
        return wish

    async def send(self, path: str, body: Json, *, who: str) -> httpx.Response:
        """Do a deed and give whatever is answered."""
        return await self.desk.client.post(f"/v1{path}", json=body, headers=self.desk.sign_in(who))

    async def ask(self, body: Json | None = None, *, who: str = "coordinator") -> Json:
        """Ask for participation."""
        answer = await self.send("/participations", body or self.wish(), who=who)
        assert answer.status_code == 201, answer.text
        asked: Json = await self.desk.get(answer.headers["Location"], who=who)
        return asked

    async def decide(self, it: Json, deed: str, *, who: str = "registrar", **body: object) -> Json:
        """Do a deed on a participation that is taken."""
        answer = await self.send(f"/participations/{it['id']}:{deed}", body, who=who)
        assert answer.status_code == 200, answer.text
        told: Json = answer.json()
        return told

    async def refused(self, it: Json, deed: str, *, who: str = "registrar", **body: object) -> tuple[int, str]:
        """Do a deed that is refused, and tell how."""
        answer = await self.send(f"/participations/{it['id']}:{deed}", body, who=who)
        assert answer.is_error, answer.text
        return answer.status_code, answer.json()["code"]

    async def approved(self, body: Json | None = None, *, quota: int = 10) -> Json:
        """Ask for participation and approve it."""
        return await self.decide(await self.ask(body), "approve", quota=quota, decision_document=DOCUMENT)

    async def read(self, it: Json) -> Json:
        """Read a participation as the office does."""
        told: Json = await self.desk.get(f"/v1/participations/{it['id']}")
        return told

    async def plan(self, **changes: Any) -> Json:  # noqa: ANN401
        """Announce an exam of the first organisation's second level, whose registration is open."""
        body = {
            "institution_id": str(self.desk.world.schools[0].id),
            "code": uuid4().hex[:8],
            "name": "考核",
            "certificate_level_ids": [str(self.desk.world.organisations[0].levels["2"])],
            "registration_opens_on": "2026-05-01",
            "registration_closes_on": "2026-05-31",
            "exam_on": "2026-06-20",
        } | changes
        answer = await self.send("/exam-plans", body, who="org_staff")
        assert answer.status_code == 201, answer.text
        plan: Json = answer.json()
        return plan

    async def register(self, plan: Json, *indexes: int, who: str = "coordinator") -> httpx.Response:
        """Register students of the first school for the plan's first level."""
        students = self.desk.world.schools[0].students
        level_id = plan["levels"][0]["certificate_level_id"]
        wishes = [{"student_id": str(students[index]), "certificate_level_id": level_id} for index in indexes]
        return await self.desk.client.post(
            f"/v1/exam-plans/{plan['id']}/registrations",
            json={"registrations": wishes},
            headers=self.desk.sign_in(who) | {"Idempotency-Key": uuid4().hex},
        )
