"""Experts, policies, proposals and feedback to test with, all through the API but for the people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy.ext.asyncio import AsyncSession

from tests.world import Caller, World, signed_in
from x_pilot_api.core import clock
from x_pilot_api.identity.models import Membership, Person

Json = dict[str, Any]
SignIn = Callable[[str], dict[str, str]]
TODAY = clock.today("Asia/Shanghai")
REVIEWS = "/v1/certificate-reviews"
FEEDBACK = "/v1/quality-feedback"


async def expert(session: AsyncSession, world: World, name: str, *, school: int = 0, role: str = "expert") -> UUID:
    """Let somebody more be an expert of a school, and a caller under their name."""
    institution_id, person_id = world.schools[school].id, uuid4()
    session.add(Person(id=person_id, username=name, name=name, password_hash="-"))
    await session.flush()
    session.add_all(
        [
            signed_in(person_id, institution_id),
            Membership(institution_id=institution_id, person_id=person_id, role=role),
        ]
    )
    await session.flush()
    world.callers[name] = Caller(person_id, institution_id)
    return person_id


@dataclass
class Office:
    """The service and a way to be anybody in it."""

    client: httpx.AsyncClient
    sign_in: SignIn
    world: World

    async def ask(self, who: str, method: str, path: str, body: Json | None = None, **headers: str) -> httpx.Response:
        """Ask as somebody."""
        return await self.client.request(
            method,
            path,
            json=body,
            headers=self.sign_in(who) | {name.replace("_", "-"): headers[name] for name in headers},
        )

    async def get(self, path: str, *, who: str = "registrar") -> Any:  # noqa: ANN401 - JSON
        """Read what is there."""
        answer = await self.ask(who, "GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, who: str, path: str, body: Json | None = None, *, status: int = 200) -> Json:
        """Do a deed, and give what is answered."""
        answer = await self.ask(who, "POST", path, body, Idempotency_Key=uuid4().hex)
        assert answer.status_code == status, answer.text
        told: Json = answer.json()
        return told

    async def code(self, who: str, path: str, body: Json | None = None) -> str:
        """Do a deed that is refused, and give the code."""
        answer = await self.ask(who, "POST", path, body, Idempotency_Key=uuid4().hex)
        assert answer.status_code >= 400, answer.text
        code: str = answer.json()["code"]
        return code

    async def change(self, who: str, path: str, body: Json, *, of: str | None = None) -> httpx.Response:
        """Change a thing as it is now, or as it was under a tag."""
        tag = of or (await self.ask(who, "GET", path)).headers["etag"]
        return await self.ask(who, "PATCH", path, body, If_Match=tag)

    async def certificate(
        self, *, organisation: int = 0, name: str = "网店运营推广", levels: Sequence[str] = ("1", "2")
    ) -> Json:
        """Enter a certificate that no college runs yet."""
        wish = {
            "organisation_id": str(self.world.organisations[organisation].id),
            "name": name,
            "basis": "教职所〔2020〕257号",
            "levels": list(levels),
        }
        return await self.post("operator", "/v1/certificates", wish, status=201)

    async def policy(self, **wish: Any) -> Json:  # noqa: ANN401
        """Let two votes decide, at 60 points for industry fit and 70 for employer recognition."""
        terms = {
            "effective_from": "2026-01-01",
            "quorum": 2,
            "industry_fit_min": "60.00",
            "employer_recognition_min": "70.00",
            "basis": "校发〔2026〕3号",
        }
        return await self.post("registrar", "/v1/review-policies", terms | wish, status=201)

    async def propose(self, certificate_id: str, *, who: str = "coordinator", college: int = 0) -> str:
        """Propose a certificate for a college, and give the path of the review."""
        wish = {
            "college_id": str(self.world.schools[0].colleges[college]),
            "certificate_id": certificate_id,
            "grounds": "行业急需",
        }
        return f"{REVIEWS}/{(await self.post(who, REVIEWS, wish, status=201))['id']}"

    async def begun(self, certificate_id: str, *experts: str) -> str:
        """Bring a review to where its experts vote, and give its path."""
        path = await self.propose(certificate_id)
        await self.post("coordinator", f"{path}:submit")
        await self.post("registrar", f"{path}:begin", self.panel(*experts))
        return path

    def panel(self, *experts: str) -> Json:
        """Name experts."""
        return {"person_ids": [str(self.world.callers[name].id) for name in experts]}

    async def vote(self, who: str, path: str, *, fit: str = "80.00", recognition: str = "75.00") -> Json:
        """Let an expert vote."""
        vote = {"industry_fit": fit, "employer_recognition": recognition, "opinion": "同意"}
        return await self.post(who, f"{path}:vote", vote)

    def exit_wish(self, *, college: int = 0, days: int = 30, certificate_id: str | None = None) -> Json:
        """Wish for a certificate to leave a college in some days."""
        return {
            "college_id": str(self.world.schools[0].colleges[college]),
            "certificate_id": certificate_id or str(self.world.organisations[0].certificate_id),
            "grounds": "报名人数连年下降",
            "exit_on": str(TODAY + timedelta(days=days)),
        }

    def feedback_wish(self, *, due_on: date = TODAY + timedelta(days=10), **wish: Any) -> Json:  # noqa: ANN401
        """Wish for something to be set right, for the first college."""
        terms: Json = {
            "certificate_id": str(self.world.organisations[0].certificate_id),
            "college_id": str(self.world.schools[0].colleges[0]),
            "subject": "题库陈旧",
            "body": "题目仍按旧税率",
            "due_on": str(due_on),
        }
        return terms | wish
