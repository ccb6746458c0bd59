"""People who sign in, refresh, lose their tokens and are sent away, at two applications that share one database.

The model knows of each session only its tokens in their order and whether it is over. After each step every access
token that was ever given out is shown at both doors: it opens exactly if the model says so.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

import httpx
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import delete, insert, update

from x_pilot_api.core import clock
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.service import Service
from x_pilot_api.identity import commands, passwords
from x_pilot_api.identity.models import Membership, Person, SessionEnd, SignInAttempts

GRACE = timedelta(seconds=10)
ACCESS = timedelta(minutes=10)
IDLE = timedelta(minutes=30)
LIFE = timedelta(hours=12)
PASSWORDS = [f"correct horse {number}" for number in range(3)]
HASHES = [passwords.hash_secret(password) for password in PASSWORDS]
OK, UNAUTHENTICATED = 200, 401
ADMINISTRATOR = Actor(id=UUID(int=1), kind=ActorKind.SYSTEM, name="a test", permissions=frozenset())


@dataclass
class Signed:
    """One session: its refresh tokens in their order, when each was used, its newest access token."""

    who: int
    opened_at: datetime
    seen_at: datetime
    refresh: list[str]
    used_at: list[datetime] = field(default_factory=list[datetime])
    access: list[tuple[str, datetime]] = field(default_factory=list[tuple[str, datetime]])
    is_over: bool = False

    def lives(self, now: datetime) -> bool:
        return not self.is_over and now < min(self.opened_at + LIFE, self.seen_at + IDLE)

    def take(self, answer: dict[str, Any], now: datetime) -> None:
        self.access = [*self.access, (str(answer["access_token"]), now + ACCESS)][-3:]


@dataclass
class Somebody:
    """One person as the model knows them."""

    id: UUID
    username: str
    password: int = 0
    is_disabled: bool = False
    role: str = "teacher"


class Sessions(RuleBasedStateMachine):
    """What may happen, in any order."""

    services: ClassVar[list[Service]]
    doors: ClassVar[list[httpx.AsyncClient]]
    run: ClassVar[Callable[..., Any]]
    institution_id: ClassVar[UUID]

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 11, 28, 8, tzinfo=UTC)
        self.real_now, clock.now = clock.now, lambda: self.now
        self.people = [Somebody(uuid4(), f"p-{uuid4().hex}") for _ in range(2)]
        self.sessions: list[Signed] = []
        self.run(self._seed())

    def teardown(self) -> None:
        """Show every refresh token of what is over once more: none of them may work again."""
        try:
            for signed in self.sessions:
                if not signed.lives(self.now):
                    for token in signed.refresh[-3:]:
                        assert self._refresh(token, 0).status_code == UNAUTHENTICATED
        finally:
            clock.now = self.real_now

    async def _seed(self) -> None:
        async with self.services[0].database.transaction() as session:
            # Each walk begins at the same hour, and what failed in another would be in its future.
            await session.execute(delete(SignInAttempts))
            for somebody in self.people:
                values = {"id": somebody.id, "username": somebody.username, "name": "-", "password_hash": HASHES[0]}
                await session.execute(insert(Person).values(values))
                seat = {"institution_id": self.institution_id, "person_id": somebody.id, "role": "teacher"}
                await session.execute(insert(Membership).values(seat))

    def _ask(self, door: int, method: str, path: str, **how: object) -> httpx.Response:
        answer: httpx.Response = self.run(self.doors[door].request(method, path, **how))  # type: ignore[arg-type]
        assert answer.status_code < 500, answer.text
        return answer

    def _refresh(self, token: str, door: int) -> httpx.Response:
        form = {"grant_type": "refresh_token", "refresh_token": token}
        return self._ask(door, "POST", "/v1/auth/token", data=form)

    def _living(self) -> list[Signed]:
        return [signed for signed in self.sessions if signed.lives(self.now)]

    def _can_ask(self, signed: Signed) -> bool:
        return signed.lives(self.now) and self.now < signed.access[-1][1]

    def _bearer(self, signed: Signed) -> dict[str, str]:
        return {"Authorization": f"Bearer {signed.access[-1][0]}"}

    @initialize()
    def begin_with_somebody_who_is_in(self) -> None:
        self.sign_in(who=0, door=0, behind=0)

    @rule(who=st.integers(0, 1), door=st.integers(0, 1), behind=st.sampled_from([0, 0, 0, 0, 1]))
    def sign_in(self, who: int, door: int, behind: int) -> None:
        """Sign in by the password of now or by the one before it."""
        somebody = self.people[who]
        password = (somebody.password - behind) % len(PASSWORDS)
        form = {"grant_type": "password", "username": somebody.username, "password": PASSWORDS[password]}
        answer = self._ask(door, "POST", "/v1/auth/token", data=form)
        if password != somebody.password or somebody.is_disabled:
            assert answer.status_code in {UNAUTHENTICATED, 429}
        elif answer.status_code != 429:
            assert answer.status_code == OK, answer.text
            signed = Signed(who, self.now, self.now, [answer.json()["refresh_token"]])
            signed.take(answer.json(), self.now)
            self.sessions.append(signed)

    @precondition(lambda self: self.sessions)
    @rule(data=st.data(), door=st.integers(0, 1), back=st.sampled_from([0, 0, 1, 1, 2, 5]))
    def refresh_by_the_last_token_or_an_older_one(self, data: st.DataObject, door: int, back: int) -> None:
        """Refresh as the owner does, or, with an older token, as a thief or as somebody whose answer was lost."""
        signed = data.draw(st.sampled_from(self.sessions[-4:]))
        number = max(0, len(signed.refresh) - 1 - back)
        answer = self._refresh(signed.refresh[number], door)
        if not signed.lives(self.now):
            assert answer.status_code == UNAUTHENTICATED
        elif number == len(signed.refresh) - 1:
            assert answer.status_code == OK, answer.text
            self._rotated(signed, answer.json())
        elif number == len(signed.refresh) - 2 and self.now - signed.used_at[number] <= GRACE:
            assert (answer.status_code, answer.json()["refresh_token"]) == (OK, signed.refresh[-1])
            signed.take(answer.json(), self.now)
        else:
            assert answer.status_code == UNAUTHENTICATED
            signed.is_over = True

    def _rotated(self, signed: Signed, answer: dict[str, Any]) -> None:
        assert answer["refresh_token"] not in signed.refresh
        signed.used_at.append(self.now)
        signed.refresh.append(answer["refresh_token"])
        signed.seen_at = self.now
        signed.take(answer, self.now)

    @precondition(lambda self: self._living())
    @rule(data=st.data())
    def refresh_at_both_doors_at_once(self, data: st.DataObject) -> None:
        signed = data.draw(st.sampled_from(self._living()))
        form = {"grant_type": "refresh_token", "refresh_token": signed.refresh[-1]}
        everywhere = (*self.doors, *self.doors)

        async def both() -> list[httpx.Response]:
            return await asyncio.gather(*(door.post("/v1/auth/token", data=form) for door in everywhere))

        answers: list[httpx.Response] = self.run(both())
        assert {answer.status_code for answer in answers} == {OK}
        assert len({answer.json()["refresh_token"] for answer in answers}) == 1
        self._rotated(signed, answers[0].json())

    @precondition(lambda self: any(self._can_ask(signed) for signed in self.sessions))
    @rule(data=st.data(), door=st.integers(0, 1), how=st.sampled_from(["out", "one", "others"]))
    def end(self, data: st.DataObject, door: int, how: str) -> None:
        signed = data.draw(st.sampled_from([one for one in self.sessions if self._can_ask(one)]))
        mine = [other for other in self._living() if other.who == signed.who]
        if how == "out":
            assert self._ask(door, "POST", "/v1/auth/sign-out", headers=self._bearer(signed)).status_code == 204
            signed.is_over = True
        elif how == "others":
            answer = self._ask(door, "POST", "/v1/me/sessions:end-others", headers=self._bearer(signed))
            assert answer.json() == {"ended": len(mine) - 1}
            for other in mine:
                other.is_over = other is not signed
        else:
            listed = self._ask(door, "GET", "/v1/me/sessions?page_size=100", headers=self._bearer(signed)).json()[
                "items"
            ]
            assert len(listed) == len(mine)
            chosen = data.draw(st.integers(0, len(mine) - 1))
            path = f"/v1/me/sessions/{listed[chosen]['id']}"
            assert self._ask(door, "DELETE", path, headers=self._bearer(signed)).status_code == 204
            mine[chosen].is_over = True

    async def _change(self, who: int, reason: SessionEnd, **values: object) -> None:
        """Change a person as administration does: the row first, then their sessions, in one transaction."""
        somebody = self.people[who]
        async with self.services[1].database.transaction() as session:
            await session.execute(update(Person).where(Person.id == somebody.id).values(values))
            await commands.end_sessions_of(session, ADMINISTRATOR, person_id=somebody.id, reason=reason)

    @rule(who=st.integers(0, 1), deed=st.sampled_from(["role", "role", "role", "password", "disable"]))
    def administer(self, who: int, deed: str) -> None:
        """Do what an administrator does now and then."""
        {"role": self._change_role, "password": self._change_password, "disable": self._disable_or_enable}[deed](who)

    def _change_password(self, who: int) -> None:
        somebody = self.people[who]
        somebody.password = (somebody.password + 1) % len(PASSWORDS)
        self.run(self._change(who, SessionEnd.PASSWORD_CHANGED, password_hash=HASHES[somebody.password]))
        self._send_away(who)

    def _disable_or_enable(self, who: int) -> None:
        somebody = self.people[who]
        somebody.is_disabled = not somebody.is_disabled
        at = self.now if somebody.is_disabled else None
        self.run(self._change(who, SessionEnd.PERSON_DISABLED, disabled_at=at))
        self._send_away(who)

    def _send_away(self, who: int) -> None:
        for signed in self.sessions:
            signed.is_over = signed.is_over or signed.who == who

    def _change_role(self, who: int) -> None:
        somebody = self.people[who]
        somebody.role = {"teacher": "expert", "expert": "teacher"}[somebody.role]

        async def change() -> None:
            async with self.services[0].database.transaction() as session:
                seat = update(Membership).where(Membership.person_id == somebody.id)
                await session.execute(seat.values(role=somebody.role))

        self.run(change())

    @rule(seconds=st.sampled_from([3, 3, 9, 11, 11, 60, 60, 290, 601, 1_790, 1_801, 40_000]))
    def let_time_pass(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @invariant()
    def a_token_opens_exactly_if_its_session_lives(self) -> None:
        shown = [(signed, *access) for signed in self.sessions[-6:] for access in signed.access]

        async def show() -> list[httpx.Response]:
            return await asyncio.gather(
                *(
                    self.doors[number % 2].get("/v1/me", headers={"Authorization": f"Bearer {token}"})
                    for number, (_, token, _) in enumerate(shown)
                )
            )

        answers: list[httpx.Response] = self.run(show())
        for (signed, _, until), answer in zip(shown, answers, strict=True):
            expected = OK if signed.lives(self.now) and self.now < until else UNAUTHENTICATED
            assert answer.status_code == expected, (answer.text, signed, self.now)
            if expected == OK:
                assert answer.json()["roles"] == [self.people[signed.who].role]
