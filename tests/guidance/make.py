"""The words of guidance's tests: raise, assign, consult, sign off, survey, write."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import select

from tests.exams.desk import Desk, Json
from x_pilot_api.inbox.models import Message
from x_pilot_api.registry.models import Teacher

TODAY = "2026-05-10"


@dataclass
class Guide:
    """A desk at which problems are heard and parties are consulted."""

    desk: Desk

    def college(self, index: int = 0, *, school: int = 0) -> str:
        """Name a college."""
        return str(self.desk.world.schools[school].colleges[index])

    def person(self, who: str) -> str:
        """Name a person."""
        return str(self.desk.world.callers[who].id)

    async def employ_teacher(self) -> None:
        """Let the teacher teach in the first college."""
        async with self.desk.service.database.transaction() as session:
            session.add(
                Teacher(
                    institution_id=self.desk.world.schools[0].id,
                    id=uuid4(),
                    staff_number="T1",
                    name="教师",
                    college_id=UUID(self.college()),
                    person_id=UUID(self.person("teacher")),
                )
            )

    async def post(self, path: str, body: Json | None = None, *, who: str = "coordinator") -> httpx.Response:
        """Do a deed and give whatever is answered."""
        return await self.desk.client.post(f"/v1{path}", json=body, headers=self.desk.sign_in(who))

    async def done(self, path: str, body: Json | None = None, *, who: str = "coordinator") -> Json:
        """Do a deed that is taken."""
        answer = await self.post(path, body, who=who)
        assert answer.status_code in {200, 201}, answer.text
        told: Json = answer.json()
        return told

    async def refused(self, path: str, body: Json | None = None, *, who: str = "coordinator") -> tuple[int, str]:
        """Do a deed that is refused, and tell how."""
        answer = await self.post(path, body, who=who)
        assert answer.is_error, answer.text
        return answer.status_code, answer.json()["code"]

    async def put(self, path: str, body: Json, *, who: str = "coordinator", tag: str | None = None) -> httpx.Response:
        """Write something anew as it was read just now, or by an older tag."""
        headers = self.desk.sign_in(who)
        if tag is None:
            tag = (await self.desk.client.get(f"/v1{path}", headers=headers)).headers.get("ETag", "none")
        return await self.desk.client.put(f"/v1{path}", json=body, headers=headers | {"If-Match": str(tag)})

    async def items(self, path: str, *, who: str = "coordinator", **query: str | int) -> list[Json]:
        """Read a list."""
        page = await self.desk.get(f"/v1{path}", who=who, **query)
        items: list[Json] = page["items"]
        return items

    def problem_wish(self, **changes: Any) -> Json:  # noqa: ANN401
        """Write down a problem of the first college."""
        return {
            "college_id": self.college(),
            "about": "other",
            "severity": "high",
            "title": "机房掉线",
            "description": "考核时频繁掉线",
        } | changes

    async def raise_problem(self, *, who: str = "coordinator", **changes: Any) -> Json:  # noqa: ANN401
        """Raise a problem."""
        return await self.done("/pilot-problems", self.problem_wish(**changes), who=who)

    async def assigned(self, *, owner: str = "registrar", due_on: str = "2026-05-20", who: str = "coordinator") -> Json:
        """Raise a problem and have the office assign it."""
        problem = await self.raise_problem(who=who)
        wish = {"owner_id": self.person(owner), "due_on": due_on}
        return await self.done(f"/pilot-problems/{problem['id']}:assign", wish, who="registrar")

    async def party(self, name: str = "淮安市会计学会", *, who: str = "coordinator", **changes: Any) -> Json:  # noqa: ANN401
        """Enter a party."""
        return await self.done("/outside-parties", {"name": name, "kind": "association"} | changes, who=who)

    def consultation_wish(self, party: Json, **changes: Any) -> Json:  # noqa: ANN401
        """Write down a consultation of the first college."""
        return {
            "college_id": self.college(),
            "subject": "岗位能力与证书标准对接",
            "held_on": "2026-05-08",
            "party_ids": [party["id"]],
            "participants": "学会秘书长；学院院长",
            "minutes": "一、通报试点政策。\n二、商定联合调查。",
        } | changes

    async def consult(self, *, who: str = "coordinator", **changes: Any) -> Json:  # noqa: ANN401
        """Write a consultation with one party down."""
        party = await self.party(f"单位{uuid4().hex[:6]}", who=who)
        return await self.done("/consultations", self.consultation_wish(party, **changes), who=who)

    async def sign_off(self, consultation: Json, *, who: str = "coordinator") -> httpx.Response:
        """Sign minutes off as they were read."""
        path, headers = f"/v1/consultations/{consultation['id']}", self.desk.sign_in(who)
        tag = (await self.desk.client.get(path, headers=headers)).headers.get("ETag", "none")
        return await self.desk.client.post(f"{path}:sign-off", headers=headers | {"If-Match": tag})

    async def follow_up(
        self, consultation: Json, *, owner: str = "coordinator", due_on: str = "2026-05-12", who: str = "coordinator"
    ) -> Json:
        """Agree on something to be done."""
        wish = {
            "consultation_id": consultation["id"],
            "task": "回函确认企业需求",
            "owner_id": self.person(owner),
            "due_on": due_on,
        }
        return await self.done("/follow-ups", wish, who=who)

    def letter_wish(self, party: Json, **changes: Any) -> Json:  # noqa: ANN401
        """Write down a letter to a party."""
        return {
            "party_id": party["id"],
            "college_id": self.college(),
            "direction": "outgoing",
            "medium": "letter",
            "sent_on": "2026-05-01",
            "subject": "关于联合调查的函",
            "reference_number": "财院函〔2026〕3号",
            "summary": "请协助发放问卷",
        } | changes

    async def survey(self, *, who: str = "coordinator") -> Json:
        """Open a survey of one question of each kind."""
        questions = [
            {"text": "是否录用持证学生", "kind": "choice", "choices": ["是", "否", "不确定"]},
            {"text": "拟录用人数", "kind": "number"},
            {"text": "建议", "kind": "text", "is_required": False},
        ]
        wish = {"college_id": self.college(), "title": "用人需求调查", "questions": questions}
        drafted = await self.done("/surveys", wish, who=who)
        return await self.done(f"/surveys/{drafted['id']}:open", who=who)

    async def told(self, who: str) -> list[tuple[str, str]]:
        """List what a person was told, by kind and what it is about."""
        async with self.desk.service.database.transaction(read_only=True) as session:
            statement = select(Message).where(Message.person_id == UUID(self.person(who))).order_by(Message.id)
            return [(each.kind, str(each.figures["title"])) for each in (await session.scalars(statement)).all()]
