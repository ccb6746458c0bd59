"""The words of these tests: teachers, categories, nominations, consortia and grants."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.exams.desk import Desk, Json
from x_pilot_api.registry.models import Teacher

DOCUMENT = "苏财院教〔2026〕18号"
EVIDENCE: Json = {"evidence": "完成省级师资培训并指导学生取证", "evidence_references": ["PX-2026-07"]}
TERM: Json = {"document_number": DOCUMENT, "valid_from": "2026-05-10", "valid_until": "2028-12-31"}


@dataclass
class Staffroom:
    """A desk at which teachers become qualified."""

    desk: Desk
    serial: list[int] = field(default_factory=list[int])

    async def teacher(self, *, college: int = 0, school: int = 0, who: str | None = None, active: bool = True) -> str:
        """Take a teacher on, and let them be somebody who signs in."""
        there, teacher_id = self.desk.world.schools[school], uuid4()
        async with self.desk.service.database.transaction() as session:
            session.add(
                Teacher(
                    institution_id=there.id,
                    id=teacher_id,
                    staff_number=f"Q{uuid4().hex[:8]}",
                    name="徐老师",
                    college_id=there.colleges[college],
                    is_active=active,
                    person_id=self.desk.world.callers[who].id if who else None,
                )
            )
        return str(teacher_id)

    def level(self, level: str = "2", *, organisation: int = 0) -> str:
        """Name a level of an organisation's certificate."""
        return str(self.desk.world.organisations[organisation].levels[level])

    def certificate(self, *, organisation: int = 0) -> str:
        """Name an organisation's certificate."""
        return str(self.desk.world.organisations[organisation].certificate_id)

    def college(self, index: int = 0, *, school: int = 0) -> str:
        """Name a college."""
        return str(self.desk.world.schools[school].colleges[index])

    async def send(self, path: str, body: Json, *, who: str = "registrar", method: str = "POST") -> httpx.Response:
        """Do a deed and give whatever is answered."""
        headers = self.desk.sign_in(who) | {"Idempotency-Key": uuid4().hex, "If-Match": "*"}
        return await self.desk.client.request(method, f"/v1{path}", json=body, headers=headers)

    async def done(self, path: str, body: Json, *, who: str = "registrar", status: int = 200) -> Json:
        """Do a deed that is done."""
        answer = await self.send(path, body, who=who)
        assert answer.status_code == status, answer.text
        told: Json = answer.json()
        return told

    async def refused(self, path: str, body: Json, *, who: str = "registrar", method: str = "POST") -> tuple[int, str]:
        """Do a deed that is refused, and tell how."""
        answer = await self.send(path, body, who=who, method=method)
        return answer.status_code, answer.json()["code"]

    async def category(self, *certificates: str, code: str = "FIN", who: str = "registrar") -> str:
        """Sort certificates into a new category."""
        body = {"code": code, "name": f"{code}类", "certificate_ids": list(certificates)}
        told = await self.done("/certificate-categories", body, who=who, status=201)
        return str(told["id"])

    async def nominated(self, teacher: str, category: str, *, tier: str = "2", who: str = "coordinator") -> Json:
        """Nominate a teacher."""
        body = {"teacher_id": teacher, "certificate_category_id": category, "tier": tier} | EVIDENCE
        return await self.done("/seed-teachers", body, who=who, status=201)

    async def seed(self, teacher: str, category: str, *, tier: str = "2", **term: str) -> Json:
        """Nominate and certify a teacher."""
        nominated = await self.nominated(teacher, category, tier=tier)
        return await self.done(f"/seed-teachers/{nominated['id']}:certify", TERM | term)

    def grant(self, *teachers: str, levels: tuple[str, ...] = ("2",), **changes: Any) -> Json:  # noqa: ANN401
        """Write a grant of the first certificate's levels by a document."""
        return {
            "kind": "examine",
            "teacher_ids": list(teachers),
            "certificate_level_ids": [self.level(level) for level in levels],
            "valid_from": "2026-05-01",
            "valid_until": "2027-04-30",
            "document_number": DOCUMENT,
        } | changes

    async def granted(self, *teachers: str, levels: tuple[str, ...] = ("2",), **changes: Any) -> Json:  # noqa: ANN401
        """Grant, and tell what became of each row."""
        return await self.done(
            "/teacher-qualifications:grant", self.grant(*teachers, levels=levels, **changes), status=201
        )

    async def list(self, noun: str, *, who: str = "registrar", **query: Any) -> list[Json]:  # noqa: ANN401
        """List what somebody sees."""
        page = await self.desk.get(f"/v1/{noun}", who=who, page_size=100, **query)
        items: list[Json] = page["items"]
        return items


def vouched(seed: Json) -> Json:
    """Rest a grant on a seed teacher instead of a document."""
    return {"document_number": None, "seed_teacher_id": seed["id"]}


def uuid_of(told: Json) -> UUID:
    """Read the id of what was told."""
    return UUID(told["id"])
