"""What becomes of students' results, certificates, accounts and conversions, in other words than the service's.

The model is a handful of plain values a student. After each step everything that the database says of every student is
compared with it, and the book is counted anew from its transfers. A part that follows later adds a mixin of rules, its
own words to `Student`, and what it compares to `COMPARED`.
"""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from tests.charges import attempt
from tests.charges.attempt import Attempt
from tests.conftest import RolledBackDatabase
from tests.exams import make
from tests.ledger import invariants
from tests.world import World
from x_pilot_api.awards import commands as awards
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import AppError
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.credits import commands as credits_
from x_pilot_api.credits.schemas import CohortIn, ConversionsIn
from x_pilot_api.exams import commands as exams
from x_pilot_api.exams import queries
from x_pilot_api.exams.commands.pushed import Bounds, Push
from x_pilot_api.exams.schemas import ResultRowIn
from x_pilot_api.oversight import queries as oversight
from x_pilot_api.tallies import queries as tallies

STUDENTS = 2
CREDIT = 300
TIMEZONE = "Asia/Shanghai"
whose = st.integers(min_value=0, max_value=5)
"""Whose turn it is, counted among those of whom a deed makes sense."""

COMPARED: dict[str, str] = {
    "certificates": "SELECT coalesce(string_agg(state, ' ' ORDER BY state), '') FROM awards"
    " WHERE student_id = :student_id AND state <> 'revoked'",
    "accounts": "SELECT coalesce(string_agg(state, ' ' ORDER BY opened_at, id), '') FROM credit_accounts"
    " WHERE student_id = :student_id AND state <> 'closed'",
    "posted": "SELECT coalesce(sum(posted), 0)::int FROM ledger_balances AS balance JOIN credit_accounts AS account"
    " ON account.ledger_account_id = balance.account_id WHERE student_id = :student_id",
    "held": "SELECT coalesce(sum(held_out), 0)::int FROM ledger_balances AS balance JOIN credit_accounts AS account"
    " ON account.ledger_account_id = balance.account_id WHERE student_id = :student_id",
    "conversions": "SELECT coalesce(string_agg(state || CASE WHEN flagged_at IS NULL THEN '' ELSE '!' END, ' '"
    " ORDER BY requested_at, id), '') FROM conversions WHERE student_id = :student_id",
    "guarantees": attempt.COMPARED,
}
"""What the database is asked of each student, by the name that the model knows it by."""


@dataclass
class Conversion:
    """One conversion as the model knows it; `stands` while credits of its own are behind it."""

    id: UUID
    state: str = "requested"
    is_flagged: bool = False
    stands: bool = True


@dataclass
class Student:
    """One student as the model knows them; of registrations for the open plan the states, the first first."""

    id: UUID
    revision: int = 0
    passes: bool = False
    is_suspended: bool = False
    account: str = ""
    deposit: str = ""
    """Where the certificate's credits are: nowhere, in the `open` account, or in one that is `closed`."""
    conversions: list[Conversion] = field(default_factory=list[Conversion])
    attempt: Attempt = field(default_factory=Attempt)
    other_revision: int = 0
    """The last revision that was sent of the other plan's result."""
    registrations: list[str] = field(default_factory=list[str])

    def open(self) -> list[Conversion]:
        """List what is asked for and not decided."""
        return [it for it in self.conversions if it.state == "requested"]

    def granted(self) -> list[Conversion]:
        """List what stands for a course."""
        return [it for it in self.conversions if it.state == "granted"]

    def said(self) -> dict[str, Any]:
        """Say of this student what the database is asked for."""
        used = sum(it.stands for it in self.granted())
        return {
            "certificates": ("suspended" if self.is_suspended else "valid") if self.passes else "",
            "accounts": self.account,
            "posted": CREDIT * (bool(self.deposit) - used),
            "held": CREDIT * len(self.open()),
            "conversions": " ".join(it.state + "!" * it.is_flagged for it in self.conversions),
            "guarantees": self.attempt.said(),
            "registrations": " ".join(self.registrations),
            "miscounted": 0,
        }


def somebody(among: Callable[[Student], object]) -> Callable[[Any], bool]:
    """Ask of a walk whether there is somebody of whom something is true."""
    return lambda walk: any(among(student) for student in walk.students)


def has_award(student: Student) -> bool:
    return student.passes


def has_account(student: Student) -> bool:
    return bool(student.account)


def has_deposit(student: Student) -> bool:
    return bool(student.deposit)


def has_asked(student: Student) -> bool:
    return bool(student.open())


def is_flagged(student: Student) -> bool:
    return any(it.is_flagged for it in student.conversions)


class Base(RuleBasedStateMachine):
    """A ground on which everything is done within one transaction that is taken back."""

    run: ClassVar[Callable[..., Any]]
    service: ClassVar[Service]
    settings: ClassVar[Settings]
    world: ClassVar[World]
    plan: ClassVar[make.Plan]
    actors: ClassVar[dict[str, Actor]]
    seen: ClassVar[Counter[str]]
    """How often walks were at what: a walk that comes nowhere proves nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.connection: AsyncConnection = self.run(self._begin())
        self.database = RolledBackDatabase(self.connection, self.settings)
        self.students = [Student(student_id) for student_id in self.world.schools[0].students[:STUDENTS]]

    def who(self, turn: int, among: Callable[[Student], object]) -> Student:
        """Find whose turn it is among those of whom something is true."""
        some = [student for student in self.students if among(student)]
        return some[turn % len(some)]

    async def _begin(self) -> AsyncConnection:
        connection = await self.service.database.engine.connect()
        await connection.begin()
        return connection

    def teardown(self) -> None:
        """See that the book is honest from its first transfer on, and take everything back."""
        try:
            found = self.do(lambda session: oversight.verify_book(session, self.own)).findings
            assert [str(it) for it in found] == []
        finally:
            self.run(self.connection.close())

    @property
    def own(self) -> UUID:
        """The school."""
        return self.world.schools[0].id

    def do(self, deed: Callable[[AsyncSession], Awaitable[Any]]) -> Any:  # noqa: ANN401 - whatever the deed gives
        """Do something in a transaction of its own."""

        async def within() -> Any:  # noqa: ANN401
            async with self.database.transaction(institution_id=self.own) as session:
                return await deed(session)

        return self.run(within())

    def attempt(self, deed: Callable[[AsyncSession], Awaitable[Any]], *, may: bool = True) -> Any:  # noqa: ANN401
        """Do something that the model says can or cannot be; a refusal is an answer, and leaves nothing behind."""
        done, refusal = None, None
        try:
            done = self.do(deed)
        except AppError as refused:
            refusal = refused
        assert may == (refusal is None), (refusal and (refusal.code, refusal.faults), self.students)
        return done

    @invariant()
    def agrees(self) -> None:
        """See that the database says of everybody what the model says, and that every sum is right at every point."""

        async def ask(session: AsyncSession) -> tuple[list[dict[str, Any]], list[Any]]:
            asked = text("SELECT " + ", ".join(f"({query}) AS {name}" for name, query in COMPARED.items()))
            rows = [(await session.execute(asked, {"student_id": it.id})).mappings().one() for it in self.students]
            told = (await tallies.verify_tallies(session, institution_id=self.own)).findings
            return [dict(row) for row in rows], [*await invariants.breaches(session, self.own), *told]

        said, broken = self.do(ask)
        assert ([has for has, it in zip(said, self.students, strict=True) if has != it.said()], broken) == ([], [])
        self.seen.update(word for it in said for value in it.values() for word in str(value).split())


class Results(Base):
    """Results that come, are corrected, and are taken back; certificates that do not stand for a while."""

    @rule(turn=whose, outcome=st.sampled_from(["pass", "pass", "fail", "void"]))
    def push(self, turn: int, outcome: str) -> None:
        """Let the organisation send the next revision; the first cannot take anything back.

        Whoever has something to lose loses first, so that walks come further.
        """
        losing = [it for it in self.students if it.open() or it.granted()] if outcome != "pass" else []
        student = (losing or self.students)[turn % len(losing or self.students)]
        who = self.students.index(student)
        outcome = outcome if student.revision else "pass"
        student.revision += 1
        change: dict[str, Any] = {"fail": make.FAILED, "void": {"grading": "voided"}, "pass": {}}[outcome]
        row = make.row(self.world, self.plan, who, revision=student.revision, **change)

        self.attempt(lambda session: self.take(session, self.plan, row))
        student.attempt.attend(self.plan.id, "present")
        if outcome == "pass":
            self.earn(student)
        else:
            self.lose(student)

    async def take(self, session: AsyncSession, of: make.Plan, row: dict[str, Any]) -> None:
        """Take in a row, which is never refused or doubted."""
        plan = await queries.get_plan_by_key(session, institution_id=self.own, plan_id=of.id)
        push = Push(plan=plan, rows=[ResultRowIn.model_validate(row)], body=b"-", atomic=True, validate_only=False)
        bounds = Bounds(sealer=self.service.sealer, rows_max=10, timezone=TIMEZONE)
        await exams.push_results(session, self.actors["machine"], push=push, bounds=bounds)

    def earn(self, student: Student) -> None:
        """Give the model's student a certificate, and its credits where there is an account that takes them."""
        student.passes = True
        if not student.deposit and student.account == "active":
            student.deposit = "open"

    def lose(self, student: Student) -> None:
        """Take the certificate from the model's student, and what rests on it."""
        student.passes = student.is_suspended = False
        student.deposit = ""
        for it in student.conversions:
            if it.state == "requested":
                it.state = "lapsed"
            elif it.state == "granted" and it.stands:
                it.is_flagged, it.stands = True, False

    @precondition(somebody(has_award))
    @rule(turn=whose, deed=st.sampled_from(["suspend", "reinstate"]))
    def stand(self, turn: int, deed: str) -> None:
        """Let a certificate not stand, or stand again; its credits stay."""
        student = self.who(turn, has_award)

        async def move(session: AsyncSession) -> Any:  # noqa: ANN401
            found = text("SELECT id FROM awards WHERE student_id = :id AND state <> 'revoked'")
            award_id = (await session.execute(found, {"id": student.id})).scalar_one()
            deeds = {"suspend": awards.suspend_award, "reinstate": awards.reinstate_award}
            return await deeds[deed](session, self.actors["org_staff"], award_id=award_id, reason="查明")

        may = student.is_suspended == (deed == "reinstate")
        self.attempt(move, may=may)
        student.is_suspended = deed == "suspend"


class Accounts(Results):
    """Accounts that are opened, frozen, go on and are closed."""

    @rule(turn=whose)
    def open_account(self, turn: int) -> None:
        """Open an account for whoever has none; asking twice opens none."""
        student = self.students[turn % STUDENTS]
        cohort = CohortIn(student_ids=[student.id])
        actor = self.actors["registrar"]
        self.attempt(lambda session: credits_.open_accounts(session, actor, institution_id=self.own, cohort=cohort))
        if not student.account:
            student.account = "active"
            self.catch_up(student)

    def catch_up(self, student: Student) -> None:
        """Give the model's student what waited for an account."""
        if student.passes and not student.deposit:
            student.deposit = "open"

    @precondition(somebody(has_account))
    @rule(turn=whose, deed=st.sampled_from(["freeze", "unfreeze", "unfreeze", "close"]))
    def move_account(self, turn: int, deed: str) -> None:
        """Freeze an account, let it go on, or close it, which nothing held may hinder."""
        student = self.who(turn, has_account)

        async def move(session: AsyncSession) -> Any:  # noqa: ANN401
            found = text("SELECT id FROM credit_accounts WHERE student_id = :id AND state <> 'closed'")
            account_id = (await session.execute(found, {"id": student.id})).scalar_one()
            deeds = {
                "freeze": credits_.freeze_account,
                "unfreeze": credits_.unfreeze_account,
                "close": credits_.close_account,
            }
            return await deeds[deed](session, self.actors["registrar"], account_id=account_id, reason="查明")

        before = {"freeze": ("active",), "unfreeze": ("frozen",), "close": ("active", "frozen")}[deed]
        may = student.account in before and not (deed == "close" and student.open())
        self.attempt(move, may=may)
        if may:
            student.account = {"freeze": "frozen", "unfreeze": "active", "close": ""}[deed]
            if deed == "unfreeze":
                self.catch_up(student)
            if deed == "close" and student.deposit:
                student.deposit = "closed"


class Conversions(Accounts):
    """Credits that are asked to stand for a course, withdrawn, granted, and settled after a loss."""

    @precondition(somebody(has_deposit))
    @rule(turn=whose)
    def convert(self, turn: int) -> None:
        """Ask for the certificate's credits to stand for the course, which may be once at a time."""
        student = self.who(turn, has_deposit)

        async def request(session: AsyncSession) -> Any:  # noqa: ANN401
            found = text("SELECT id FROM learning_outcomes WHERE student_id = :id AND state = 'recognised'")
            outcome_id = (await session.execute(found, {"id": student.id})).scalar_one()
            course = {"course_id": str(self.world.schools[0].courses[0][0])}
            asked = ConversionsIn.model_validate({"wishes": [{"outcome_id": str(outcome_id), "courses": [course]}]})
            today = make.EXAM_ON.replace(day=25)
            actor = self.actors["coordinator"]
            return await credits_.request_conversions(session, actor, institution_id=self.own, asked=asked, today=today)

        is_free = not student.open() and not student.granted()
        made = self.attempt(request, may=is_free and student.account == "active" and student.deposit == "open")
        if made is not None:
            student.conversions.append(Conversion(made.conversion_ids[0]))

    @precondition(somebody(has_asked))
    @rule(turn=whose, grants=st.booleans())
    def decide(self, turn: int, grants: bool) -> None:
        """Grant what is asked for, or refuse it."""
        student = self.who(turn, has_asked)
        (asked,) = student.open()
        actor, ids = self.actors["registrar"], [asked.id]

        async def settle(session: AsyncSession) -> Any:  # noqa: ANN401
            if grants:
                today = make.EXAM_ON.replace(day=25)
                return await credits_.decide_conversions(
                    session, actor, institution_id=self.own, deed="approve", conversion_ids=ids, today=today
                )
            return await credits_.refuse_conversions(
                session, actor, institution_id=self.own, conversion_ids=ids, reason="不同意"
            )

        may = not grants or student.account == "active"
        self.attempt(settle, may=may)
        if may:
            asked.state = "granted" if grants else "refused"

    @precondition(somebody(is_flagged))
    @rule(turn=whose, keeps=st.booleans())
    def settle(self, turn: int, keeps: bool) -> None:
        """Keep a granted conversion that lost its credits, or take it back."""
        for it in self.who(turn, is_flagged).conversions:
            if it.is_flagged:
                deed, ids = "keep" if keeps else "unwind", [it.id]
                self.attempt(
                    lambda session, deed=deed, ids=ids: credits_.settle_conversions(
                        session,
                        self.actors["registrar"],
                        institution_id=self.own,
                        conversion_ids=ids,
                        deed=deed,
                        reason="查明",
                        document_number="教1号",
                    ),
                )
                it.is_flagged = False
                it.state = "granted" if keeps else "unwound"
                self.seen["kept" if keeps else "unwound"] += 1


class Lives(Conversions):
    """Everything together, in whatever order."""

    @initialize(is_early=st.booleans())
    def begin(self, *, is_early: bool) -> None:
        """Begin with one who has a course for their credits, and another who asks for it or is nowhere yet."""
        for turn in range(1 + is_early):
            self.open_account(turn)
            self.push(turn, "pass")
            self.convert(turn)
        self.decide(0, grants=True)
