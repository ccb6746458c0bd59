"""What changed in a student's own things since a device last asked: nothing is missed, whatever order commits come in.

Every row of PostgreSQL carries the number of the transaction that wrote it last (`xmin`), so no deed of any area has
to tell of its changes, and none can forget to. A device stands at a floor: everything of transactions below it had
ended when it last asked. It is given all that was written from there on, also what an older open transaction may yet
precede, and its next floor is the oldest transaction that was at work when it asked. So a thing may come twice, and
none is missed.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges import queries as charges
from x_pilot_api.core import clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.inbox import queries as inbox
from x_pilot_api.inbox.models import Message
from x_pilot_api.student_space.errors import ChangesForgotten
from x_pilot_api.student_space.queries import accounts, asked, exams, owning, standing
from x_pilot_api.student_space.queries.owning import Own
from x_pilot_api.student_space.queries.standing import Cursor, Place
from x_pilot_api.student_space.schemas import ChangeOut, GoneReason, Thing, ThingKind

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)

# Asked before anything is read: what is read after sees at least what had ended by then.
_HEAD = text("""
SELECT ((pg_snapshot_xmin(pg_current_snapshot()))::text)::bigint AS xid,
    (SELECT system_identifier FROM pg_control_system()) AS lineage
""")

_FLOOR_AT = text("SELECT coalesce(max(xid), 0) FROM change_marks WHERE marked_at <= :at")

# A row knows the lower 32 bits of its transaction's number. The whole one is the highest that has them and is not far
# beyond the newest there is; what is read may be a little newer than the newest that was known.
_FRAME = "SELECT ((pg_snapshot_xmax(pg_current_snapshot()))::text)::bigint + 1048576 AS ahead"


def _written(*tables: str) -> str:
    """Tell the number of the transaction that wrote any of these rows last."""
    numbers = [f"frame.ahead - ((frame.ahead - {table}.xmin::text::bigint) & 4294967295)" for table in tables]
    return f"greatest({', '.join(numbers)})"


_ALWAYS = "CAST(NULL AS timestamptz)"

# A result that may not be seen adds nothing to when its registration's result changed: else its coming would show.
# What the plan's office says of when results are shown is no secret, and takes back what was shown too early.
_THINGS: Mapping[ThingKind, str] = {
    ThingKind.STUDENT: f"""
        SELECT student.id, {_written("student", "programme")} AS xid, {_ALWAYS} AS shown_from
        FROM frame, students AS student
        JOIN programmes AS programme ON programme.institution_id = student.institution_id
            AND programme.id = student.programme_id
        WHERE student.institution_id = :institution_id AND student.id = :student_id""",
    ThingKind.REGISTRATION: f"""
        SELECT registration.id, {_written("registration", "plan", "sitting", "site", "arrangement", "seat", "room")},
            {_ALWAYS}
        FROM frame, {exams.OWN_REGISTRATIONS.removeprefix(chr(10)).removeprefix("FROM ")} {exams.AT_A_SITTING}
        WHERE {exams.WHOSE}""",
    ThingKind.RESULT: f"""
        SELECT registration.id, greatest({_written("registration", "plan")}, {_written("shown")}, seen.xid),
            shown.student_from
        FROM frame, {exams.OWN_REGISTRATIONS.removeprefix(chr(10)).removeprefix("FROM ")}
        LEFT JOIN result_visibilities AS shown ON shown.institution_id = registration.institution_id
            AND shown.exam_plan_id = registration.exam_plan_id
        LEFT JOIN LATERAL (
            SELECT max({_written("result")}) AS xid FROM results AS result
            WHERE result.institution_id = registration.institution_id AND result.registration_id = registration.id
                AND result.standing IN ('effective', 'superseded') AND result.grading <> 'provisional'
                AND {exams.IS_SHOWN}
        ) AS seen ON true
        WHERE {exams.WHOSE}""",
    ThingKind.AWARD: f"""
        SELECT award.id, {_written("award")}, {_ALWAYS}
        FROM frame, awards AS award
        WHERE award.institution_id = :institution_id AND award.student_id = :student_id""",
    ThingKind.CREDIT_ACCOUNT: f"""
        SELECT account.id, {_written("account", "balance")}, {_ALWAYS}
        FROM frame, credit_accounts AS account
        JOIN ledger_balances AS balance ON balance.institution_id = account.institution_id
            AND balance.account_id = account.ledger_account_id
        WHERE account.institution_id = :institution_id AND account.student_id = :student_id""",
    ThingKind.OUTCOME: f"""
        SELECT outcome.id, {_written("outcome")}, {_ALWAYS}
        FROM frame, learning_outcomes AS outcome
        WHERE outcome.institution_id = :institution_id AND outcome.student_id = :student_id""",
    ThingKind.SUBMISSION: f"""
        SELECT outcome.id, greatest({_written("outcome", "course")}, told.xid), {_ALWAYS}
        FROM frame, submitted_outcomes AS outcome
        LEFT JOIN courses AS course ON course.institution_id = outcome.institution_id AND course.id = outcome.course_id
        LEFT JOIN LATERAL (
            SELECT max({_written("notice")}) AS xid FROM expiry_notices AS notice
            WHERE notice.institution_id = outcome.institution_id AND notice.submitted_outcome_id = outcome.id
        ) AS told ON true
        WHERE outcome.institution_id = :institution_id AND outcome.student_id = :student_id""",
    ThingKind.CONVERSION: f"""
        SELECT conversion.id, {_written("conversion")}, {_ALWAYS}
        FROM frame, conversions AS conversion
        WHERE conversion.institution_id = :institution_id AND conversion.student_id = :student_id""",
    ThingKind.AWARD_SHARE: f"""
        SELECT share.id, greatest({_written("share")}, looked.xid), {_ALWAYS}
        FROM frame, award_shares AS share
        LEFT JOIN LATERAL (
            SELECT max({_written("look")}) AS xid FROM award_share_views AS look
            WHERE look.institution_id = share.institution_id AND look.share_id = share.id) AS looked ON true
        WHERE share.institution_id = :institution_id AND share.student_id = :student_id""",
    ThingKind.OBJECTION: f"""
        SELECT objection.id, {_written("objection")}, {_ALWAYS}
        FROM frame, {exams.OWN_REGISTRATIONS.removeprefix(chr(10)).removeprefix("FROM ")}
        JOIN result_objections AS objection ON objection.institution_id = registration.institution_id
            AND objection.registration_id = registration.id
        WHERE {exams.WHOSE} AND {exams.IS_SHOWN}""",
    ThingKind.GUARANTEE: f"""
        SELECT guarantee.id, {_written("guarantee")}, {_ALWAYS}
        FROM frame, guarantees AS guarantee
        WHERE guarantee.institution_id = :institution_id AND guarantee.student_id = :student_id""",
    ThingKind.MESSAGE: f"""
        SELECT message.id, {_written("message")}, message.shown_from
        FROM frame, messages AS message
        WHERE message.institution_id = :institution_id AND message.person_id = :person_id
            AND message.shown_from <= :now""",
}

_ALL = " UNION ALL ".join(
    f"SELECT '{kind}' AS kind, thing.* FROM ({question}) AS thing (id, xid, shown_from)"
    for kind, question in _THINGS.items()
)

# What was written below the floor is there all the same if time has shown it since; it comes first, at place 0.
_CHANGED = text(f"""
WITH frame AS MATERIALIZED ({_FRAME}), things AS ({_ALL}), changed AS (
    SELECT kind, id, xid AS written, CASE WHEN xid >= :floor THEN xid ELSE 0 END AS xid
    FROM things WHERE xid >= :floor OR (shown_from > :at AND shown_from <= :now)
)
SELECT changed.kind, changed.id, changed.xid, (
    SELECT min(mark.marked_at) FROM change_marks AS mark WHERE mark.xid > changed.written) AS changed_at
FROM changed
WHERE (changed.xid, changed.kind, changed.id) > (:place_xid, CAST(:place_kind AS text), CAST(:place_id AS uuid))
ORDER BY changed.xid, changed.kind, changed.id LIMIT :size
""")


@dataclass(frozen=True)
class Page:
    """Some changes in their order, and where the device stands after them."""

    items: Sequence[ChangeOut]
    cursor: Cursor
    has_more: bool
    generated_at: datetime


async def read_changes(session: AsyncSession, actor: Actor, own: Own, *, since: str | None, size: int) -> Page:
    """Read what changed since a device last asked, or everything there is."""
    head = (await session.execute(_HEAD)).one()
    now = clock.now()
    cursor = await _cursor(session, since, lineage=head.lineage)
    if standing.is_forgotten(cursor, lineage=head.lineage, head=head.xid):
        raise ChangesForgotten
    if cursor.next_floor is None:
        cursor = replace(cursor, next_floor=head.xid, next_at=max(cursor.at, now))
    found = (await session.execute(_CHANGED, _values(actor, own, cursor, now=now, size=size + 1))).all()
    rows = found[:size]
    items = await _told(session, actor, own, rows, now=now, is_first=cursor.floor == 0)
    if len(found) > size:
        last = rows[-1]
        return Page(items, replace(cursor, place=Place(last.xid, last.kind, last.id)), has_more=True, generated_at=now)
    stands = Cursor(cursor.lineage, cursor.next_floor or 0, cursor.next_at or now)
    return Page(items, stands, has_more=False, generated_at=now)


async def _cursor(session: AsyncSession, since: str | None, *, lineage: int) -> Cursor:
    """Find where a device stands; an instant stands at the last mark that is surely before it."""
    if since is None:
        return Cursor(lineage, 0, _BEGINNING)
    read = standing.read_since(since)
    if isinstance(read, Cursor):
        return read
    at = max(read.astimezone(UTC) - standing.SKEW, _BEGINNING)
    # From before the oldest mark everything is told, and what is gone too: the device holds something already.
    floor = max(1, (await session.execute(_FLOOR_AT, {"at": at})).scalar_one())
    return Cursor(lineage, floor, at)


def _values(actor: Actor, own: Own, cursor: Cursor, *, now: datetime, size: int) -> dict[str, object]:
    return {
        "institution_id": own.institution_id,
        "student_id": own.student_id,
        "person_id": actor.id,
        "floor": cursor.floor,
        "at": cursor.at,
        "now": now,
        "place_xid": cursor.place.xid,
        "place_kind": cursor.place.kind,
        "place_id": cursor.place.id,
        "size": size,
    }


async def _told(
    session: AsyncSession, actor: Actor, own: Own, rows: Sequence[Row[Any]], *, now: datetime, is_first: bool
) -> list[ChangeOut]:
    """Tell each changed thing as it is now; one that is not there any more is told as gone, to who may have it."""
    things: dict[tuple[ThingKind, UUID], Thing] = {}
    for kind in {ThingKind(row.kind) for row in rows}:
        found = await _READ[kind](session, actor, own, [row.id for row in rows if row.kind == kind])
        things |= {(kind, id_): thing for id_, thing in found.items()}
    items: list[ChangeOut] = []
    for row in rows:
        kind = ThingKind(row.kind)
        thing = things.get((kind, row.id))
        if thing is None and is_first:
            continue
        items.append(
            ChangeOut(
                kind=kind,
                id=row.id,
                changed_at=row.changed_at or now,
                is_gone=thing is None,
                gone_reason=_GONE.get(kind, GoneReason.NOT_VISIBLE) if thing is None else None,
                object=thing,
            )
        )
    return items


_GONE = {
    ThingKind.REGISTRATION: GoneReason.WITHDRAWN,
    ThingKind.AWARD_SHARE: GoneReason.WITHDRAWN,
    ThingKind.OBJECTION: GoneReason.WITHDRAWN,
}
_Found = dict[UUID, Thing]


async def _student(session: AsyncSession, _actor: Actor, own: Own, _ids: Sequence[UUID]) -> _Found:
    return {own.student_id: await owning.get_student(session, own)}


async def _registrations(session: AsyncSession, actor: Actor, own: Own, ids: Sequence[UUID]) -> _Found:
    return {it.id: it for it in await exams.list_registrations(session, actor, own, ids=ids)}


async def _results(session: AsyncSession, _actor: Actor, own: Own, ids: Sequence[UUID]) -> _Found:
    return {it.registration_id: it for it in await exams.list_results(session, own, ids=ids)}


async def _awards(session: AsyncSession, _actor: Actor, own: Own, ids: Sequence[UUID]) -> _Found:
    return {it.id: it for it in await owning.list_awards(session, own, ids=ids)}


async def _account(session: AsyncSession, _actor: Actor, own: Own, _ids: Sequence[UUID]) -> _Found:
    account = await accounts.find_account(session, own)
    return {account.id: account} if account is not None else {}


async def _outcomes(session: AsyncSession, _actor: Actor, own: Own, ids: Sequence[UUID]) -> _Found:
    return {it.id: it for it in await accounts.list_outcomes(session, own, ids=ids)}


async def _submissions(session: AsyncSession, _actor: Actor, own: Own, ids: Sequence[UUID]) -> _Found:
    return {it.id: it for it in await accounts.list_submissions(session, own, ids=ids)}


async def _guarantee(session: AsyncSession, _actor: Actor, own: Own, _ids: Sequence[UUID]) -> _Found:
    found = await charges.find_guarantee(session, institution_id=own.institution_id, student_id=own.student_id)
    return {found.id: found} if found is not None else {}


async def _messages(session: AsyncSession, actor: Actor, _own: Own, ids: Sequence[UUID]) -> _Found:
    statement = inbox.messages_visible_to(actor, at=clock.now()).where(Message.id.in_(ids))
    return {row.id: inbox.told(row) for row in await session.scalars(statement)}


async def _conversions(session: AsyncSession, actor: Actor, own: Own, ids: Sequence[UUID]) -> _Found:
    return {it.id: it for it in await asked.list_conversions(session, actor, own, ids=ids)}


async def _shares(session: AsyncSession, _actor: Actor, own: Own, ids: Sequence[UUID]) -> _Found:
    return {it.id: it for it in await asked.list_shares(session, own, ids=ids)}


async def _objections(session: AsyncSession, actor: Actor, own: Own, ids: Sequence[UUID]) -> _Found:
    return {it.id: it for it in await asked.list_objections(session, actor, own, ids=ids)}


_Read = Callable[[AsyncSession, Actor, Own, Sequence[UUID]], Awaitable[_Found]]
_READ: Mapping[ThingKind, _Read] = {
    ThingKind.STUDENT: _student,
    ThingKind.REGISTRATION: _registrations,
    ThingKind.RESULT: _results,
    ThingKind.AWARD: _awards,
    ThingKind.CREDIT_ACCOUNT: _account,
    ThingKind.OUTCOME: _outcomes,
    ThingKind.SUBMISSION: _submissions,
    ThingKind.GUARANTEE: _guarantee,
    ThingKind.MESSAGE: _messages,
    ThingKind.CONVERSION: _conversions,
    ThingKind.AWARD_SHARE: _shares,
    ThingKind.OBJECTION: _objections,
}
