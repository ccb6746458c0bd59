"""Finding posts and telling them: the office sees all, a coordinator their own college's, others who is appointed."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Person, Role
from x_pilot_api.posts.models import CollegePost, PostKind, PostState
from x_pilot_api.posts.rules import posts as rules
from x_pilot_api.posts.schemas import CollegePostOut, PostCoverageOut, PostFillingOut, PostsOfCollegeOut
from x_pilot_api.registry.models import College, Programme, Teacher

_SEE_ALL = frozenset({Role.REGISTRAR, Role.AUDITOR})


def visible_posts(actor: Actor) -> Select[CollegePost]:
    """Select the terms an actor may see."""
    if actor.institution_id is None:
        return select(CollegePost).where(false())
    own = select(CollegePost).where(CollegePost.institution_id == actor.institution_id)
    if actor.roles & _SEE_ALL:
        return own
    return own.where(or_(CollegePost.state == PostState.APPOINTED, CollegePost.college_id.in_(actor.college_ids)))


async def get_post(session: AsyncSession, actor: Actor, post_id: UUID, *, lock: bool = False) -> CollegePost:
    """Read one visible term, locked when it is to be decided on."""
    statement = visible_posts(actor).where(CollegePost.id == post_id)
    return await lookups.get_one(session, statement, what="college post", zh="岗位任职", lock=lock)


def held_on(day: date) -> ColumnElement[bool]:
    """Say which terms a day is part of."""
    return and_(CollegePost.held_from <= day, or_(CollegePost.held_to.is_(None), CollegePost.held_to >= day))


async def list_posts(
    session: AsyncSession,
    actor: Actor,
    *,
    college_id: UUID | None,
    kind: PostKind | None,
    state: PostState | None,
    on: date | None,
    wish: PageWish,
) -> tuple[Sequence[CollegePost], str | None]:
    """List visible terms, the first recorded first; with a day, those it is part of."""
    statement = visible_posts(actor)
    for column, value in (
        (CollegePost.college_id, college_id),
        (CollegePost.kind, kind),
        (CollegePost.state, state),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if on is not None:
        statement = statement.where(held_on(on))
    return await page_of(session, statement, order=(CollegePost.id,), wish=wish)


async def find_clash(session: AsyncSession, post: CollegePost) -> CollegePost | None:
    """Find the appointed term that one more would overlap with, where there may not be two."""
    same = and_(
        CollegePost.teacher_id.is_not_distinct_from(post.teacher_id),
        CollegePost.person_id.is_not_distinct_from(post.person_id),
    )
    statement = select(CollegePost).where(
        CollegePost.institution_id == post.institution_id,
        CollegePost.college_id == post.college_id,
        CollegePost.kind == post.kind,
        CollegePost.state == PostState.APPOINTED,
        CollegePost.id != post.id if post.id else CollegePost.id.is_not(None),
        or_(CollegePost.held_to.is_(None), CollegePost.held_to >= post.held_from),
        CollegePost.held_from <= post.held_to if post.held_to else CollegePost.id.is_not(None),
        CollegePost.kind == PostKind.PERSON_IN_CHARGE if post.kind == PostKind.PERSON_IN_CHARGE else same,
    )
    return (await session.scalars(statement.order_by(CollegePost.held_from).limit(1))).one_or_none()


async def describe_posts(
    session: AsyncSession, actor: Actor, posts: Sequence[CollegePost], *, today: date
) -> list[CollegePostOut]:
    """Tell terms with the names of their holders and colleges, in one statement however many they are."""
    if not posts:
        return []
    within = CollegePost.institution_id
    statement = (
        select(
            CollegePost.id,
            College.name.label("college_name"),
            Teacher.name.label("teacher_name"),
            Teacher.staff_number,
            Person.name.label("person_name"),
        )
        .join(College, and_(College.institution_id == within, College.id == CollegePost.college_id))
        .outerjoin(Teacher, and_(Teacher.institution_id == within, Teacher.id == CollegePost.teacher_id))
        .outerjoin(Person, Person.id == CollegePost.person_id)
        .where(within == posts[0].institution_id, CollegePost.id.in_([each.id for each in posts]))
    )
    named = {row.id: row for row in (await session.execute(statement)).all()}
    return [
        CollegePostOut(
            id=each.id,
            college_id=each.college_id,
            college_name=named[each.id].college_name,
            kind=PostKind(each.kind),
            state=PostState(each.state),
            teacher_id=each.teacher_id,
            person_id=each.person_id,
            holder_name=named[each.id].teacher_name or named[each.id].person_name,
            staff_number=named[each.id].staff_number,
            held_from=each.held_from,
            held_to=each.held_to,
            document=each.document,
            end_document=each.end_document,
            handover_note=each.handover_note,
            decline_reason=each.decline_reason,
            succeeds_id=each.succeeds_id,
            allowed_deeds=rules.allowed_deeds(actor, state=each.state, held_to=each.held_to, today=today),
        )
        for each in posts
    ]


def _colleges_of(actor: Actor) -> Select[College]:
    if actor.institution_id is None:
        return select(College).where(false())
    return select(College).where(College.institution_id == actor.institution_id)


async def get_coverage(
    session: AsyncSession, actor: Actor, *, college_id: UUID | None, on: date, until: date, today: date
) -> PostCoverageOut:
    """Tell every college's posts as of a day, and the first day of a period on which one is empty."""
    is_pilot = exists().where(
        Programme.institution_id == College.institution_id,
        Programme.college_id == College.id,
        Programme.is_pilot.is_(True),
    )
    colleges = _colleges_of(actor)
    if college_id is not None:
        colleges = colleges.where(College.id == college_id)
    told = colleges.with_only_columns(College.id, College.code, College.name, is_pilot.label("is_pilot"))
    rows = (await session.execute(told.order_by(College.code))).all()
    terms = (
        visible_posts(actor)
        .where(
            CollegePost.college_id.in_([row.id for row in rows]),
            CollegePost.state == PostState.APPOINTED,
            CollegePost.held_from <= until,
            or_(CollegePost.held_to.is_(None), CollegePost.held_to >= on),
        )
        .order_by(CollegePost.held_from, CollegePost.id)
    )
    described = await describe_posts(session, actor, (await session.scalars(terms)).all(), today=today)
    found: dict[tuple[UUID, PostKind], list[CollegePostOut]] = {}
    for post in described:
        found.setdefault((post.college_id, post.kind), []).append(post)
    filled = [
        PostsOfCollegeOut(
            college_id=row.id,
            college_code=row.code,
            college_name=row.name,
            is_pilot=row.is_pilot,
            posts=_fillings(row.id, found, on=on, until=until),
        )
        for row in rows
    ]
    asked = [post for college in filled if college.is_pilot for post in college.posts]
    return PostCoverageOut(
        on=on,
        until=until,
        colleges=filled,
        unfilled=sum(not post.is_filled for post in asked),
        opening=sum(post.is_filled and post.gap_from is not None for post in asked),
    )


def _fillings(
    college_id: UUID, found: Mapping[tuple[UUID, PostKind], Sequence[CollegePostOut]], *, on: date, until: date
) -> list[PostFillingOut]:
    told: list[PostFillingOut] = []
    for kind in PostKind:
        posts = found.get((college_id, kind), ())
        terms = [(post, rules.Term(post.held_from, post.held_to)) for post in posts]
        holders = [post for post, term in terms if term.holds_on(on)]
        gap_from = rules.first_gap((term for _, term in terms), on=on, until=until)
        told.append(PostFillingOut(kind=kind, holders=holders, is_filled=bool(holders), gap_from=gap_from))
    return told
