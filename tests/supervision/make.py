"""The words of supervision's tests: a scheme put in force, a year opened, assessments submitted and reviewed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.exams.desk import Desk, Json
from x_pilot_api.registry.models import College, Teacher

YEAR = 2026

INDICATORS: list[Json] = [
    {"code": "pass", "name": "证书通过率", "figure_code": "pass_rate", "weight": 50, "target_percent": "80.00"},
    {
        "code": "feedback",
        "name": "质量反馈办结率",
        "figure_code": "feedback_closed_rate",
        "weight": 20,
        "target_percent": "100.00",
    },
    {
        "code": "team",
        "name": "双师教师培训",
        "numerator": "已完成培训的教师",
        "denominator": "应参加培训的教师",
        "weight": 30,
        "target_percent": "90.00",
    },
]
TEAM: Json = {"code": "team", "numerator": 9, "denominator": 10, "narrative": "培训名册见附件。\n共两期。"}
WORDS: list[Json] = [{"code": "pass", "narrative": "加强了考前辅导。"}, TEAM]


def scheme(**changes: Any) -> Json:  # noqa: ANN401
    """Write a version of the scheme."""
    return {
        "name": "二级学院试点工作年度考核办法",
        "basis": "教〔2026〕31号",
        "first_year": YEAR,
        "indicators": INDICATORS,
    } | changes


@dataclass
class Chamber:
    """An office that supervises its colleges, and colleges that assess themselves."""

    desk: Desk

    async def send(self, path: str, body: Json | None = None, *, who: str = "registrar") -> httpx.Response:
        """Do a deed as somebody."""
        return await self.desk.client.post(f"/v1{path}", json=body, headers=self.desk.sign_in(who))

    async def tagged(
        self, path: str, *, who: str, verb: str = "POST", deed: str = "", body: Json | None = None, tag: str = ""
    ) -> httpx.Response:
        """Do a deed on something as it is now, or as it was read."""
        headers = self.desk.sign_in(who)
        tag = tag or await self.tag(path, who=who)
        return await self.desk.client.request(verb, f"/v1{path}{deed}", json=body, headers=headers | {"If-Match": tag})

    async def tag(self, path: str, *, who: str) -> str:
        """Read the tag of something as it is now."""
        return (await self.desk.client.get(f"/v1{path}", headers=self.desk.sign_in(who))).headers["ETag"]

    async def draft(self, **changes: Any) -> Json:  # noqa: ANN401
        """Draw a version up."""
        answer = await self.send("/college-schemes", scheme(**changes))
        assert answer.status_code == 201, answer.text
        found: Json = answer.json()
        return found

    async def enact(self, drafted: Json) -> httpx.Response:
        """Put a version in force as it is now."""
        return await self.tagged(f"/college-schemes/{drafted['id']}", who="registrar", deed=":enact")

    async def in_force(self, **changes: Any) -> Json:  # noqa: ANN401
        """Put a version in force."""
        answer = await self.enact(await self.draft(**changes))
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    async def open(self, **wish: Any) -> Json:  # noqa: ANN401
        """Open a year, its figures closed just now unless something else is said."""
        body = {"year": YEAR, "closes_at": datetime.now(UTC).isoformat()} | wish
        answer = await self.send("/assessment-years", body)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    async def opened(self) -> Json:
        """Put a scheme in force, open the year, and give the first college's assessment."""
        await self.in_force()
        await self.open()
        return await self.assessment()

    async def assessment(self, *, who: str = "coordinator", **query: str) -> Json:
        """Find the last assessment somebody sees."""
        page = await self.desk.get("/v1/college-assessments", who=who, **query)
        found: Json = page["items"][-1]
        return found

    async def fill(self, found: Json, entries: list[Json] = WORDS, *, who: str = "coordinator") -> httpx.Response:
        """Say something to an assessment's indicators."""
        path = f"/college-assessments/{found['id']}"
        return await self.tagged(path, who=who, verb="PUT", deed="/entries", body={"entries": entries})

    async def submit(self, found: Json, *, who: str = "coordinator", tag: str = "") -> httpx.Response:
        """Submit an assessment as it is now."""
        return await self.tagged(f"/college-assessments/{found['id']}", who=who, deed=":submit", tag=tag)

    async def submitted(self, found: Json, *, who: str = "coordinator", entries: list[Json] = WORDS) -> Json:
        """Have a college assess itself."""
        assert (await self.fill(found, entries, who=who)).status_code == 200
        answer = await self.submit(found, who=who)
        assert answer.status_code == 200, answer.text
        told: Json = answer.json()
        return told

    async def review(self, found: Json, *, who: str = "registrar", tag: str = "", **body: Any) -> httpx.Response:  # noqa: ANN401
        """Review an assessment as it is now."""
        path = f"/college-assessments/{found['id']}"
        return await self.tagged(path, who=who, deed=":review", body=body, tag=tag)

    async def scores(self, found: Json, *, who: str = "coordinator") -> Json:
        """Read an assessment's points."""
        told: Json = await self.desk.get(f"/v1/college-assessments/{found['id']}/scores", who=who)
        return told

    async def reviewed_year(self, *shares: int) -> list[Json]:
        """Have each college of the year assessed by what it states of itself, out of ten, and reviewed."""
        await self.in_force()
        await self.open()
        done: list[Json] = []
        for who, share in zip(("coordinator", "sibling_coordinator"), shares, strict=True):
            found = await self.assessment(who=who)
            await self.submitted(found, who=who, entries=[TEAM | {"numerator": share}])
            answer = await self.review(found)
            assert answer.status_code == 200, answer.text
            done.append(answer.json())
        return done

    @property
    def college_id(self) -> UUID:
        """Tell the first college."""
        return self.desk.world.schools[0].colleges[0]

    async def raise_(self, *, who: str = "registrar", **about: Any) -> Json:  # noqa: ANN401
        """Find something at the first college."""
        body = {"college_id": str(self.college_id), "title": "培训记录不全", "description": "三个班缺签到。"} | about
        answer = await self.send("/supervision-findings", body, who=who)
        assert answer.status_code == 201, answer.text
        found: Json = answer.json()
        return found

    async def do(self, finding: Json, deed: str, *, who: str, **body: Any) -> httpx.Response:  # noqa: ANN401
        """Do a deed on a finding."""
        return await self.send(f"/supervision-findings/{finding['id']}:{deed}", body, who=who)

    async def found_college(self) -> None:
        """Let there be another college."""
        school = self.desk.world.schools[0]
        async with self.desk.service.database.transaction(institution_id=school.id) as session:
            session.add(College(institution_id=school.id, id=uuid4(), code="C9", name="新设学院"))

    async def employ_teacher(self) -> None:
        """Let the teacher teach at the first college."""
        school = self.desk.world.schools[0]
        async with self.desk.service.database.transaction(institution_id=school.id) as session:
            session.add(
                Teacher(
                    institution_id=school.id,
                    id=uuid4(),
                    college_id=self.college_id,
                    staff_number="T1",
                    name="责任教师",
                    person_id=self.desk.world.callers["teacher"].id,
                )
            )

    async def planned(self, finding: Json, *, owner: str = "teacher", days: int = 5) -> Json:
        """Have the college plan a measure."""
        answer = await self.do(finding, "plan", who="coordinator", **self.plan(owner=owner, days=days))
        assert answer.status_code == 200, answer.text
        told: Json = answer.json()
        return told

    def plan(self, *, owner: str = "teacher", days: int = 5) -> Json:
        """Write a measure down."""
        return {
            "measure": "补齐签到并每周检查",
            "owner_id": str(self.desk.world.callers[owner].id),
            "due_on": self.day(days).isoformat(),
        }

    @staticmethod
    def day(days: int) -> date:
        """Tell a day near today."""
        return (datetime.now(UTC) + timedelta(days=days)).date()

    async def messages(self, who: str) -> list[str]:
        """List the kinds of somebody's messages, the newest first."""
        page = await self.desk.get("/v1/me/messages", who=who)
        return [each["kind"] for each in page["items"]]
