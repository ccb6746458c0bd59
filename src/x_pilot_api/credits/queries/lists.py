"""Lists of credit accounts for the office and the colleges, and how many students have one."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish
from x_pilot_api.credits import rules
from x_pilot_api.credits.models import AccountState, CreditAccount
from x_pilot_api.credits.queries import accounts as accounts_
from x_pilot_api.credits.schemas import AccountRowOut, GroupBy, OpeningRateOut, OpeningRatesOut
from x_pilot_api.ledger.models import LedgerBalance
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import College, Programme, Student, StudentStatus


@dataclass(frozen=True)
class AccountSearch:
    """Which accounts are asked for."""

    state: AccountState | None = None
    college_id: UUID | None = None
    programme_id: UUID | None = None
    entry_year: int | None = None
    class_name: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Write what the student of an account must fit."""
        found: list[ColumnElement[bool]] = []
        if self.programme_id is not None:
            found.append(Student.programme_id == self.programme_id)
        if self.entry_year is not None:
            found.append(Student.entry_year == self.entry_year)
        if self.class_name is not None:
            found.append(Student.class_name == self.class_name)
        if self.college_id is not None:
            of_college = select(Programme.id).where(
                Programme.institution_id == Student.institution_id, Programme.college_id == self.college_id
            )
            found.append(Student.programme_id.in_(of_college))
        return found


async def list_accounts(
    session: AsyncSession, actor: Actor, *, search: AccountSearch, wish: PageWish
) -> tuple[Sequence[AccountRowOut], str | None]:
    """List the accounts the actor may see in the order in which they were opened."""
    fitting = select(Student.id).where(Student.institution_id == CreditAccount.institution_id, *search.conditions())
    statement = accounts_.accounts_visible_to(actor).where(CreditAccount.student_id.in_(fitting))
    if search.state is not None:
        statement = statement.where(CreditAccount.state == search.state)
    rows, token = await pagination.page_of(session, statement, order=(CreditAccount.id,), wish=wish)
    return await _told(session, actor, rows), token


async def _told(session: AsyncSession, actor: Actor, accounts: Sequence[CreditAccount]) -> list[AccountRowOut]:
    asked = (
        select(CreditAccount, Student, Programme, LedgerBalance)
        .join(
            Student,
            and_(Student.institution_id == CreditAccount.institution_id, Student.id == CreditAccount.student_id),
        )
        .join(
            Programme,
            and_(Programme.institution_id == Student.institution_id, Programme.id == Student.programme_id),
        )
        .join(
            LedgerBalance,
            and_(
                LedgerBalance.institution_id == CreditAccount.institution_id,
                LedgerBalance.account_id == CreditAccount.ledger_account_id,
            ),
        )
        .where(CreditAccount.id.in_([account.id for account in accounts]))
        .order_by(CreditAccount.id)
    )
    return [
        AccountRowOut(
            id=account.id,
            student_id=student.id,
            student_number=student.student_number,
            student_name=student.name,
            programme_id=programme.id,
            programme_name=programme.name,
            college_id=programme.college_id,
            entry_year=student.entry_year,
            class_name=student.class_name,
            state=AccountState(account.state),
            opened_at=account.opened_at,
            closed_at=account.closed_at,
            accumulated=balance.posted,
            pending=balance.pending_in,
            held=balance.held_out,
            available=balance.posted - balance.held_out,
            allowed_deeds=rules.ACCOUNT.allowed_deeds(actor, state=account.state),
        )
        for account, student, programme, balance in await session.execute(asked)
    ]


async def count_opened(session: AsyncSession, actor: Actor, *, by: GroupBy) -> OpeningRatesOut:
    """Count the enrolled students of pilot programmes that the actor may see, and those with an open account."""
    students = registry.visible_students(actor).subquery()
    group, name = {
        GroupBy.COLLEGE: (cast(College.id, Text), College.name),
        GroupBy.PROGRAMME: (cast(Programme.id, Text), Programme.name),
        GroupBy.ENTRY_YEAR: (cast(students.c.entry_year, Text), cast(students.c.entry_year, Text)),
    }[by]
    asked = (
        select(
            group.label("group_id"),
            name.label("name"),
            func.count().label("students"),
            func.count(CreditAccount.id).label("opened"),
        )
        .select_from(students)
        .join(
            Programme,
            and_(
                Programme.institution_id == students.c.institution_id,
                Programme.id == students.c.programme_id,
                Programme.is_pilot,
            ),
        )
        .join(College, and_(College.institution_id == Programme.institution_id, College.id == Programme.college_id))
        .outerjoin(
            CreditAccount,
            and_(
                CreditAccount.institution_id == students.c.institution_id,
                CreditAccount.student_id == students.c.id,
                CreditAccount.state != AccountState.CLOSED,
            ),
        )
        .where(students.c.status == literal(StudentStatus.ENROLLED.value))
        .group_by(group, name)
        .order_by(name, group)
    )
    groups = [
        _rate(group_id, said, students=everybody, opened=opened)
        for group_id, said, everybody, opened in await session.execute(asked)
    ]
    total = _rate("", "", students=sum(it.students for it in groups), opened=sum(it.open_accounts for it in groups))
    return OpeningRatesOut(by=by, groups=groups, total=total)


def _rate(group_id: str, name: str, *, students: int, opened: int) -> OpeningRateOut:
    return OpeningRateOut(
        group_id=group_id,
        name=name,
        open_accounts=opened,
        students=students,
        rate_percent=10_000 * opened // students if students else None,
    )
