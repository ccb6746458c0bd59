"""The words of these tests: write, publish, search, read."""

from dataclasses import dataclass
from typing import Any

import httpx

from tests.exams.desk import Desk, Json

TODAY = "2026-05-10"
CONTENT: Json = {
    "title": "职业技能等级证书考核管理办法",
    "issuing_body": "教育部职业技术教育中心研究所",
    "document_number": "教职所〔2020〕22号",
    "issued_on": "2020-02-10",
    "kind": "measures",
    "level": "national",
    "in_force_from": "2020-03-01",
    "body": "第一条 为规范1+X证书考核,制定本办法。\n第二条 考核费用不得超过上限。\n第三条 成果可以认定、积累和转换。",
}
CASE: Json = {
    "title": "财税专业课证融通案例",
    "summary": "以证书标准重构课程。",
    "body": "一、做法\n把证书标准写进课程标准。\n二、成效\n取证率逐年提高。",
}
BULLETIN: Json = {
    "title": "关于组织报名的通知",
    "body": "各位同学:\n请于月底前完成报名。",
    "down_on": "2026-05-20",
    "audience": [{"role": "student"}],
}


@dataclass
class Press:
    """The office and the colleges, as they make things known on 10 May 2026."""

    desk: Desk

    @property
    def colleges(self) -> list[str]:
        """Give the first school's colleges."""
        return [str(college_id) for college_id in self.desk.world.schools[0].colleges]

    @property
    def programme(self) -> str:
        """Give the programme that all students belong to."""
        return str(self.desk.world.schools[0].programmes[0])

    async def get(self, path: str, *, who: str = "registrar", **query: Any) -> Any:  # noqa: ANN401
        """Read something that is there."""
        return await self.desk.get(f"/v1{path}", who=who, **query)

    async def send(self, path: str, body: Json | None = None, *, who: str = "registrar") -> httpx.Response:
        """Do a deed on whatever copy there is."""
        headers = self.desk.sign_in(who) | {"If-Match": "*"}
        return await self.desk.client.post(f"/v1{path}", json=body, headers=headers)

    async def put(self, path: str, body: Json, *, who: str = "registrar", tag: str = "*") -> httpx.Response:
        """Write something anew."""
        headers = self.desk.sign_in(who) | {"If-Match": tag}
        return await self.desk.client.put(f"/v1{path}", json=body, headers=headers)

    async def done(self, path: str, body: Json | None = None, *, who: str = "registrar") -> Json:
        """Do a deed that is taken."""
        answer = await self.send(path, body, who=who)
        assert answer.is_success, answer.text
        told: Json = answer.json()
        return told

    async def code(self, path: str, body: Json | None = None, *, who: str = "registrar") -> tuple[int, str]:
        """Do a deed that is refused, and tell how."""
        answer = await self.send(path, body, who=who)
        assert answer.is_error, answer.text
        return answer.status_code, answer.json()["code"]

    async def policy(self, *, of: str | None = None, **changes: Any) -> Json:  # noqa: ANN401
        """Publish a version of a document."""
        wish = {"policy_document_id": of, "content": CONTENT | changes}
        draft = await self.done("/policy-drafts", wish)
        return await self.done(f"/policy-drafts/{draft['id']}:publish")

    async def found(self, text: str, **query: Any) -> list[str]:  # noqa: ANN401
        """Search, and give the titles in their order."""
        page = await self.get("/policy-documents", text=text, **query)
        return [hit["title"] for hit in page["items"]]

    async def case(
        self,
        *,
        state: str = "submitted",
        who: str = "coordinator",
        college: int = 0,
        **changes: Any,  # noqa: ANN401
    ) -> Json:
        """Bring a case of the first college to a state."""
        told = await self.done("/typical-cases", CASE | {"college_id": self.colleges[college]} | changes, who=who)
        steps = {
            "draft": [],
            "submitted": ["submit"],
            "accepted": ["submit", "accept"],
            "published": ["submit", "accept", "publish"],
        }
        for deed in steps[state]:
            told = await self.done(
                f"/typical-cases/{told['id']}:{deed}",
                None if deed == "submit" else {},
                who=who if deed == "submit" else "registrar",
            )
        return told

    async def bulletin(self, *, who: str = "registrar", **changes: Any) -> Json:  # noqa: ANN401
        """Publish a bulletin."""
        draft = await self.done("/bulletin-drafts", BULLETIN | changes, who=who)
        return await self.done(f"/bulletin-drafts/{draft['id']}:publish", who=who)

    async def titles(self, who: str) -> list[str]:
        """Give the titles of what is shown to somebody."""
        return [it["title"] for it in (await self.get("/bulletins", who=who))["items"]]
