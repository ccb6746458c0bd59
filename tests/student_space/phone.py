"""A student's telephone: it keeps what it was told, and asks what changed since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from tests.exams.desk import SignIn

Json = dict[str, Any]
SCREENS: Mapping[str, tuple[str, str]] = {
    "registration": ("registrations", "id"),
    "result": ("results", "registration_id"),
    "award": ("awards", "id"),
    "learning_outcome": ("learning-outcomes", "id"),
    "conversion": ("conversions", "id"),
    "submitted_outcome": ("learning-outcomes", "id"),
    "award_share": ("award-shares", "id"),
    "result_objection": ("objections", "id"),
    "message": ("messages?page_size=100", "id"),
}
"""The screen that tells each kind of thing, and the field that names one."""
LISTED_AS = {"submitted_outcome": "submitted"}
"""Where a screen lists a kind of thing, if not among its items."""


@dataclass
class Phone:
    """One device of somebody's."""

    client: httpx.AsyncClient
    sign_in: SignIn
    who: str = "student"
    page_size: int = 100
    since: str | None = None
    things: dict[tuple[str, str], Json] = field(default_factory=dict[tuple[str, str], Json])
    gone: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])

    async def ask(self, path: str, **headers: str) -> httpx.Response:
        """Read something of one's own."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.get(f"/v1/me/{path}", headers=self.sign_in(self.who) | named)

    async def get(self, path: str) -> Json:
        """Read something that is there."""
        answer = await self.ask(path)
        assert answer.status_code == 200, answer.text
        told: Json = answer.json()
        return told

    async def do(self, path: str, body: Json | None = None) -> httpx.Response:
        """Do something with what is one's own."""
        headers = self.sign_in(self.who) | {"Idempotency-Key": uuid4().hex}
        return await self.client.post(f"/v1/me/{path}", json=body, headers=headers)

    async def done(self, path: str, body: Json | None = None) -> Json:
        """Do something that is taken, and read what came of it."""
        answer = await self.do(path, body)
        assert answer.is_success, answer.text
        told: Json = answer.json() if answer.content else {}
        return told

    async def page(self) -> Json:
        """Read one page of what changed, and keep it."""
        asked = {"page_size": str(self.page_size)} | ({"modified_since": self.since} if self.since else {})
        answer = await self.client.get("/v1/me/changes", params=asked, headers=self.sign_in(self.who))
        assert answer.status_code == 200, answer.text
        told: Json = answer.json()
        assert len(told["items"]) <= self.page_size
        for change in told["items"]:
            key = (change["kind"], change["id"])
            if change["is_gone"]:
                assert change["object"] is None
                self.things.pop(key, None)
                self.gone.append((*key, change["gone_reason"]))
            else:
                self.things[key] = change["object"]
        self.since = told["next_modified_since"]
        return told

    async def sync(self) -> list[Json]:
        """Ask until there is no more; tell what came."""
        came: list[Json] = []
        while True:
            told = await self.page()
            came += told["items"]
            if not told["has_more"]:
                return came

    def held(self, kind: str) -> dict[str, Json]:
        """Tell what the device holds of a kind."""
        return {id_: thing for (of, id_), thing in self.things.items() if of == kind}

    async def holds_the_truth(self) -> None:
        """Hold what the device has against what every screen tells."""
        for kind, (screen, name) in SCREENS.items():
            told = {it[name]: it for it in (await self.get(screen))[LISTED_AS.get(kind, "items")]}
            assert self.held(kind) == told, kind
        account = await self.ask("credit-account")
        assert self.held("credit_account") == ({account.json()["id"]: account.json()} if account.is_success else {})
        (student,) = self.held("student").values()
        assert student == (await self.get("overview"))["student"]
