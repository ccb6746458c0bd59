"""The words of the collection's tests: open a round, fill in, submit, answer."""

from dataclasses import dataclass
from typing import Any

import httpx

from tests.exams.desk import Json
from tests.participations.make import Office

YEAR = "2025-2026"
DOCUMENT = "教〔2025〕40号"
FULL: Json = {"classes": 1, "students": 10, "teachers": 0}


@dataclass
class Bureau(Office):
    """An office that collects programme data."""

    def level(self, level: str = "2") -> str:
        """Name a level of the first organisation."""
        return str(self.desk.world.organisations[0].levels[level])

    async def open(self, *, due_on: str = "2026-05-31", year: str = YEAR) -> Json:
        """Open a collection."""
        body = {"academic_year": year, "title": "专业数据填报", "due_on": due_on}
        answer = await self.send("/collection-rounds", body, who="registrar")
        assert answer.status_code == 201, answer.text
        opened: Json = answer.json()
        return opened

    async def form(self, opened: Json, *, who: str = "coordinator") -> Json:
        """Find the form of the first programme that somebody sees."""
        page = await self.desk.get("/v1/programme-returns", who=who, collection_round_id=opened["id"])
        form: Json = page["items"][0]
        return form

    async def tag(self, form: Json, *, who: str = "coordinator") -> str:
        """Read the tag of a form as it is now."""
        path = f"/v1/programme-returns/{form['id']}"
        return (await self.desk.client.get(path, headers=self.desk.sign_in(who))).headers["ETag"]

    async def fill(
        self, form: Json, *, who: str = "coordinator", tag: str | None = None, **figures: object
    ) -> httpx.Response:
        """Fill a form in."""
        headers = self.desk.sign_in(who) | {"If-Match": tag or await self.tag(form)}
        return await self.desk.client.put(f"/v1/programme-returns/{form['id']}", json=figures, headers=headers)

    async def submit(self, form: Json, *, who: str = "coordinator", tag: str | None = None) -> httpx.Response:
        """Confirm a form."""
        headers = self.desk.sign_in(who) | {"If-Match": tag or await self.tag(form)}
        return await self.desk.client.post(f"/v1/programme-returns/{form['id']}:submit", headers=headers)

    async def submitted(self, opened: Json, **figures: Any) -> Json:  # noqa: ANN401
        """Fill the first college's form in and confirm it."""
        form = await self.form(opened)
        wish: Json = {"levels": [{"certificate_level_id": self.level(), "quota_asked": 10}]}
        assert (await self.fill(form, **(FULL | wish | figures))).status_code == 200
        answer = await self.submit(form)
        assert answer.status_code == 200, answer.text
        told: Json = answer.json()
        return told

    async def answer(self, form: Json, deed: str, **body: object) -> httpx.Response:
        """Answer a submission as the office does."""
        return await self.send(f"/programme-returns/{form['id']}:{deed}", body, who="registrar")
