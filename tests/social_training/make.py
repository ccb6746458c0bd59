"""The words of social service's tests: give a class, add people, log hours, verify them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.exams import make
from tests.exams.desk import Desk, Json
from tests.world import identity_number
from x_pilot_api.identity.models import Membership
from x_pilot_api.oversight import queries as oversight
from x_pilot_api.registry.models import Teacher

IN_MAY = datetime(2026, 5, 10, 1, tzinfo=UTC)
FIRST, LAST = date(2026, 4, 1), date(2026, 5, 31)
YEAR = "2025-2026"
DOCUMENT = "苏财院教〔2026〕8号"


@dataclass
class Academy:
    """A college that teaches people who are no students of its institution."""

    desk: Desk
    teachers: dict[str, UUID] = field(default_factory=dict[str, UUID])

    async def hire(self) -> None:
        """Let the first school's teacher, and its coordinator too, be teachers of its register."""
        there = self.desk.world.schools[0]
        async with self.desk.service.database.transaction(institution_id=there.id) as session:
            for number, who in enumerate(("teacher", "coordinator"), start=1):
                person_id = self.desk.world.callers[who].id
                self.teachers[who] = uuid4()
                session.add(
                    Teacher(
                        institution_id=there.id,
                        id=self.teachers[who],
                        staff_number=f"S{number}",
                        name=f"教师{who}",
                        college_id=there.colleges[0],
                        person_id=person_id,
                    )
                )
            session.add(
                Membership(institution_id=there.id, person_id=self.desk.world.callers["coordinator"].id, role="teacher")
            )

    async def post(
        self, path: str, body: Json | None = None, *, who: str = "coordinator", key: str | None = None
    ) -> httpx.Response:
        """Do a deed and give whatever is answered."""
        headers = self.desk.sign_in(who) | {"Idempotency-Key": key or uuid4().hex}
        return await self.desk.client.post(f"/v1{path}", json=body, headers=headers)

    async def done(self, path: str, body: Json | None = None, *, who: str = "coordinator") -> Json:
        """Do a deed that is taken."""
        answer = await self.post(path, body, who=who)
        assert answer.is_success, answer.text
        told: Json = answer.json()
        return told

    async def put(self, path: str, body: Json, *, who: str = "coordinator", tag: str | None = None) -> httpx.Response:
        """Change something as it was read, or as a tag says it was."""
        headers = self.desk.sign_in(who)
        read = await self.desk.client.get(f"/v1{path}", headers=headers)
        copy = {"If-Match": tag or str(read.headers["ETag"])}
        return await self.desk.client.put(f"/v1{path}", json=body, headers=headers | copy)

    def level(self) -> str:
        """Name the level that classes are given towards."""
        return str(self.desk.world.organisations[0].levels["2"])

    def college(self, number: int = 0) -> str:
        """Name a college of the first school."""
        return str(self.desk.world.schools[0].colleges[number])

    def wish(self, **changes: Any) -> Json:  # noqa: ANN401
        """Write a class to give."""
        return {
            "college_id": self.college(),
            "certificate_level_id": self.level(),
            "title": "财税技能提升班",
            "partner": "淮安某公司",
            "hours_tenths": 240,
            "starts_on": FIRST.isoformat(),
            "ends_on": LAST.isoformat(),
            "places": 3,
            "teacher_ids": [str(each) for each in self.teachers.values()],
        } | changes

    async def drafted(self, **changes: Any) -> Json:  # noqa: ANN401
        """Draft a class."""
        return await self.done("/social-classes", self.wish(**changes))

    async def opened(self, **changes: Any) -> Json:  # noqa: ANN401
        """Open a class."""
        drafted = await self.drafted(**changes)
        return await self.done(f"/social-classes/{drafted['id']}:open")

    async def running(self, *serials: int, **changes: Any) -> Json:  # noqa: ANN401
        """Begin a class with some people in it."""
        opened = await self.opened(**changes)
        answer = await self.enrol(opened, *(self.person(serial) for serial in serials or (1,)))
        assert answer.status_code == 201, answer.text
        return await self.done(f"/social-classes/{opened['id']}:start")

    def person(self, serial: int, **changes: Any) -> Json:  # noqa: ANN401
        """Write somebody to take part."""
        return {
            "name": f"职工{serial}",
            "document_number": identity_number(600 + serial),
            "social_group": "enterprise_employee",
            "employer": "淮安某公司",
            "consented_on": "2026-03-20",
        } | changes

    async def enrol(self, class_: Json, *people: Json, who: str = "coordinator", query: str = "") -> httpx.Response:
        """Add people to a class."""
        return await self.post(f"/social-classes/{class_['id']}/participants{query}", {"participants": people}, who=who)

    async def people(self, class_: Json, *, who: str = "coordinator") -> list[Json]:
        """List a class's participants."""
        page = await self.desk.get(f"/v1/social-classes/{class_['id']}/participants", who=who, page_size=100)
        items: list[Json] = page["items"]
        return items

    async def attend(self, class_: Json, *rows: Json) -> httpx.Response:
        """Record attendance and results."""
        path = f"/social-classes/{class_['id']}/participants:record-attendance"
        return await self.post(path, {"rows": rows})

    async def read(self, class_: Json, *, who: str = "coordinator") -> Json:
        """Read a class."""
        told: Json = await self.desk.get(f"/v1/social-classes/{class_['id']}", who=who)
        return told

    async def load(self, ratio: str = "1.2", *, first: str = "2026-01-01", last: str | None = None) -> httpx.Response:
        """Load a ratio."""
        body = {"ratio": ratio, "document_number": DOCUMENT, "effective_from": first, "effective_to": last}
        return await self.post("/workload-ratios", body, who="registrar")

    async def log(
        self, class_: Json, *, day: int = 0, tenths: int = 35, who: str = "teacher", what: str = "授课"
    ) -> Json:
        """Log work on a day of the class."""
        body = {
            "social_class_id": class_["id"],
            "worked_on": (FIRST + timedelta(days=day)).isoformat(),
            "hours_tenths": tenths,
            "what": what,
        }
        return await self.done("/workload-records", body, who=who)

    async def verify(self, *records: Json, who: str = "registrar", key: str | None = None) -> httpx.Response:
        """Verify records."""
        body = {"record_ids": [record["id"] for record in records]}
        return await self.post("/workload-records:verify", body, who=who, key=key)

    async def reverse(self, record: Json, *, who: str = "registrar") -> httpx.Response:
        """Reverse a record."""
        return await self.post(f"/workload-records/{record['id']}:reverse", {"reason": "课时重复"}, who=who)

    async def record(self, record: Json, *, who: str = "registrar") -> Json:
        """Read a record."""
        told: Json = await self.desk.get(f"/v1/workload-records/{record['id']}", who=who)
        return told

    async def statement(self, teacher: str = "teacher", *, year: str = YEAR, who: str = "registrar") -> Json:
        """Read a teacher's statement of a year."""
        path = f"/v1/workload-statements/{self.teachers[teacher]}"
        told: Json = await self.desk.get(path, who=who, academic_year=year)
        return told

    async def findings(self) -> list[str]:
        """Verify the first school's book as the owner does."""
        async with self.desk.service.database.transaction() as session:
            report = await oversight.verify_book(session, self.desk.world.schools[0].id)
        return [str(found) for found in report.findings]

    async def plan(self) -> Json:
        """Publish an exam of the level that takes registrations in May."""
        body = {
            "institution_id": str(self.desk.world.schools[0].id),
            "code": uuid4().hex[:8],
            "name": "考核",
            "certificate_level_ids": [self.level()],
            "registration_opens_on": "2026-05-01",
            "registration_closes_on": "2026-05-31",
            "exam_on": "2026-06-20",
        }
        return await self.done("/exam-plans", body, who="org_staff")

    async def push(self, plan: Json, *people: tuple[str, int, dict[str, Any]]) -> None:
        """Push results of admission numbers, each with the person's serial and what differs from a pass."""
        made = make.Plan(
            UUID(plan["id"]), self.desk.world.schools[0].id, [UUID(self.level())], [each[0] for each in people], "P"
        )
        rows = [
            make.row(self.desk.world, made, place, document_number=identity_number(600 + serial), **changes)
            for place, (_, serial, changes) in enumerate(people)
        ]
        batch = await self.desk.push(made, *rows)
        assert {row["outcome"] for row in await self.desk.rows_of(batch)} == {"accepted"}
