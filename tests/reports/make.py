"""The words of the reports' tests: define a type, open a period, write, submit, answer."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.exams.desk import Desk, Json

SECTIONS: list[Json] = [
    {
        "code": "exams",
        "title": "考核组织情况",
        "guidance": "写明组织情况与问题",
        "needs_narrative": True,
        "indicators": ["attendance_rate", "pass_rate", "attainment_rate"],
    },
    {
        "code": "credits",
        "title": "学分认定情况",
        "guidance": None,
        "needs_narrative": False,
        "indicators": ["account_opening_rate", "credits_recognised"],
    },
]
WORDS = [{"section_code": "exams", "body": "本月组织一次考核。\n秩序良好。"}]


def definition(**changes: Any) -> Json:  # noqa: ANN401
    """Write what a type asks for."""
    return {
        "name": "1+X 试点工作月报",
        "basis": "教〔2026〕17号",
        "due_days": 5,
        "remind_days": 3,
        "sections": SECTIONS,
    } | changes


@dataclass
class Bureau:
    """An office that asks its colleges for reports, and a college that writes them."""

    desk: Desk

    async def send(self, path: str, body: Json | None = None, *, who: str = "registrar") -> httpx.Response:
        """Do a deed as somebody."""
        return await self.desk.client.post(f"/v1{path}", json=body, headers=self.desk.sign_in(who))

    async def define(self, *, code: str = "monthly", cadence: str = "once", **changes: Any) -> Json:  # noqa: ANN401
        """Define a type."""
        answer = await self.send("/report-types", definition(code=code, cadence=cadence, **changes))
        assert answer.status_code == 201, answer.text
        found: Json = answer.json()
        return found

    async def open(self, type_: Json, **wish: Any) -> Json:  # noqa: ANN401
        """Open a period; unless something else is said, of the year with its figures closed just now."""
        now = datetime.now(UTC)
        body = {
            "period_from": "2026-01-01",
            "period_to": "2026-12-31",
            "closes_at": now.isoformat(),
            "due_on": (now + timedelta(days=2)).date().isoformat(),
        } | wish
        answer = await self.send(
            f"/report-types/{type_['id']}:open", {name: value for name, value in body.items() if value is not None}
        )
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    async def report(self, *, who: str = "coordinator", **query: str) -> Json:
        """Find the last report somebody sees."""
        page = await self.desk.get("/v1/reports", who=who, **query)
        found: Json = page["items"][-1]
        return found

    async def tag(self, path: str, *, who: str = "coordinator") -> str:
        """Read the tag of something as it is now."""
        return (await self.desk.client.get(f"/v1{path}", headers=self.desk.sign_in(who))).headers["ETag"]

    async def fill(
        self, report: Json, narratives: list[Json] = WORDS, *, who: str = "coordinator", tag: str | None = None
    ) -> httpx.Response:
        """Write a report."""
        path = f"/reports/{report['id']}"
        headers = self.desk.sign_in(who) | {"If-Match": tag or await self.tag(path)}
        return await self.desk.client.put(f"/v1{path}/narratives", json={"narratives": narratives}, headers=headers)

    async def submit(self, report: Json, *, who: str = "coordinator", tag: str | None = None) -> httpx.Response:
        """Submit a report as it is now."""
        path = f"/reports/{report['id']}"
        headers = self.desk.sign_in(who) | {"If-Match": tag or await self.tag(path)}
        return await self.desk.client.post(f"/v1{path}:submit", headers=headers)

    async def submitted(self, **period: Any) -> Json:  # noqa: ANN401
        """Define a type, open a period, and have the first college's report of it submitted."""
        await self.open(await self.define(), **period)
        report = await self.report()
        assert (await self.fill(report)).status_code == 200
        answer = await self.submit(report)
        assert answer.status_code == 200, answer.text
        told: Json = answer.json()
        return told

    async def answer(self, report: Json, deed: str, **body: object) -> httpx.Response:
        """Answer a submission as the office does."""
        return await self.send(f"/reports/{report['id']}:{deed}", body)

    async def figures(self, report: Json, *, who: str = "coordinator") -> dict[str, Json]:
        """Read a report's figures by their codes."""
        told = await self.desk.get(f"/v1/reports/{report['id']}/figures", who=who)
        return {each["code"]: each for each in told["figures"]}
