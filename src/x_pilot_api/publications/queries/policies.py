"""The policy library: searching it, reading a document as of a day, comparing its versions, and its drafts."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, false, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Malformed, NotFound
from x_pilot_api.core.pagination import PageWish, page_of, token_after
from x_pilot_api.publications.models import (
    Change,
    DraftState,
    PolicyDocument,
    PolicyDraft,
    PolicyKind,
    PolicyLevel,
    PolicyVersion,
    VersionStanding,
)
from x_pilot_api.publications.rules import policies as rules
from x_pilot_api.publications.rules import search
from x_pilot_api.publications.rules.search import Segment
from x_pilot_api.publications.schemas.policies import (
    ComparedParagraphOut,
    PolicyComparisonOut,
    PolicyDocumentOut,
    PolicyDraftOut,
    PolicyHitOut,
    PolicyVersionBriefOut,
    PolicyVersionOut,
)
from x_pilot_api.publications.schemas.texts import SegmentOut

_FOLLOW = frozenset({"registrar", "auditor"})
_KEYS = 3


def visible_versions(actor: Actor) -> Select[PolicyVersion]:
    """Select the published versions of the actor's institution, joined to their documents."""
    statement = select(PolicyVersion).join(
        PolicyDocument,
        and_(
            PolicyDocument.institution_id == PolicyVersion.institution_id,
            PolicyDocument.id == PolicyVersion.policy_document_id,
        ),
    )
    if actor.institution_id is None:
        return statement.where(false())
    return statement.where(PolicyVersion.institution_id == actor.institution_id)


def visible_drafts(actor: Actor) -> Select[PolicyDraft]:
    """Select the versions being written, for who writes them and who audits."""
    if actor.institution_id is None or not actor.roles & _FOLLOW:
        return select(PolicyDraft).where(false())
    return select(PolicyDraft).where(PolicyDraft.institution_id == actor.institution_id)


async def search_versions(
    session: AsyncSession,
    actor: Actor,
    *,
    query: str | None,
    on: date,
    level: PolicyLevel | None,
    kind: PolicyKind | None,
    every_version: bool,
    wish: PageWish,
) -> tuple[list[PolicyHitOut], str | None]:
    """Find versions that hold every word, those that say it in their title first, then the latest."""
    words = [] if query is None else _words(query)
    rank = _said_in_title(words)
    statement = matching(visible_versions(actor), words)
    if not every_version:
        statement = statement.where(rules.holds(on))
    if level is not None:
        statement = statement.where(PolicyVersion.level == level)
    if kind is not None:
        statement = statement.where(PolicyVersion.kind == kind)
    if wish.after is not None:
        statement = statement.where(_follows(rank, wish.after))
    ordered = (
        statement.add_columns(rank.label("rank"), PolicyDocument.repealed_on)
        .order_by(rank.desc(), PolicyVersion.issued_on.desc(), PolicyVersion.id.desc())
        .limit(wish.size + 1)
    )
    rows = (await session.execute(ordered)).all()
    shown = rows[: wish.size]
    siblings = await _siblings(session, [row[0] for row in shown])
    hits = [
        _hit(version, siblings[version.policy_document_id], repealed_on=repealed_on, words=words, on=on)
        for version, _, repealed_on in shown
    ]
    if len(rows) <= wish.size:
        return hits, None
    last, last_rank, _ = shown[-1]
    return hits, token_after(str(last_rank), last.issued_on.isoformat(), str(last.id))


def matching(statement: Select[PolicyVersion], words: Sequence[str]) -> Select[PolicyVersion]:
    """Keep what holds every word: the index finds what could, and the text decides."""
    if not words:
        return statement
    return statement.where(
        PolicyVersion.grams.contains(search.grams_asked(words)),
        *(func.strpos(PolicyVersion.search_text, word) > 0 for word in words),
    )


def _words(query: str) -> list[str]:
    words = search.words_of(query)
    if not words:
        raise Malformed(what="text: no letter, digit or character to search for")
    if len(words) > search.WORDS_MAX:
        raise Malformed(what=f"text: more than {search.WORDS_MAX} words")
    return words


def _said_in_title(words: Sequence[str]) -> ColumnElement[int]:
    said: ColumnElement[int] = literal(0, Integer)
    for word in words:
        said += cast(func.strpos(PolicyVersion.title_text, word) > 0, Integer)
    return said


def _follows(rank: ColumnElement[int], keys: tuple[str, ...]) -> ColumnElement[bool]:
    """Keep what comes after the row that a page ended with."""
    if len(keys) != _KEYS:
        raise Malformed(what="page_token")
    try:
        last_rank, issued_on, version_id = int(keys[0]), date.fromisoformat(keys[1]), UUID(keys[2])
    except ValueError:
        raise Malformed(what="page_token") from None
    if not 0 <= last_rank <= search.WORDS_MAX:
        raise Malformed(what="page_token")
    return tuple_(rank, PolicyVersion.issued_on, PolicyVersion.id) < tuple_(
        literal(last_rank, Integer),
        literal(issued_on, PolicyVersion.issued_on.type),
        literal(version_id, PolicyVersion.id.type),
    )


async def _siblings(session: AsyncSession, versions: Sequence[PolicyVersion]) -> dict[UUID, list[PolicyVersion]]:
    """Find all versions of the documents that some versions belong to, with their days alone."""
    found: dict[UUID, list[PolicyVersion]] = {version.policy_document_id: [] for version in versions}
    if versions:
        statement = select(PolicyVersion).where(
            PolicyVersion.institution_id == versions[0].institution_id, PolicyVersion.policy_document_id.in_(found)
        )
        for other in await session.scalars(statement):
            found[other.policy_document_id].append(other)
    return found


def _hit(
    version: PolicyVersion,
    siblings: Sequence[PolicyVersion],
    *,
    repealed_on: date | None,
    words: Sequence[str],
    on: date,
) -> PolicyHitOut:
    return PolicyHitOut(
        **_content(version),
        policy_document_id=version.policy_document_id,
        number=version.number,
        standing=rules.standing(version, siblings, repealed_on=repealed_on, on=on),
        repealed_on=repealed_on,
        marked_title=_told(search.mark(version.title, words)),
        marked_number=_told(search.mark(version.document_number or "", words)),
        snippet=_told(search.snippet(version.body, words)),
    )


def _told(segments: Sequence[Segment]) -> list[SegmentOut]:
    return [SegmentOut(text=segment.text, is_hit=segment.is_hit) for segment in segments]


_CONTENT = (
    "title",
    "issuing_body",
    "document_number",
    "issued_on",
    "kind",
    "level",
    "in_force_from",
    "in_force_to",
    "change_note",
)


def _content(row: PolicyVersion | PolicyDraft) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _CONTENT}


async def get_document(
    session: AsyncSession, actor: Actor, document_id: UUID, *, lock: bool = False
) -> tuple[PolicyDocument, list[PolicyVersion]]:
    """Read a document that was published, with its versions from the first to the last."""
    document, versions = await find_document(session, actor, document_id, lock=lock)
    if not versions:
        raise NotFound(what="policy document", zh="政策文件")
    return document, versions


async def find_document(
    session: AsyncSession, actor: Actor, document_id: UUID, *, lock: bool
) -> tuple[PolicyDocument, list[PolicyVersion]]:
    """Read a document that may have a draft only, so that nobody but its writers know of it."""
    own = select(PolicyDocument).where(
        PolicyDocument.institution_id == actor.institution_id, PolicyDocument.id == document_id
    )
    document = await lookups.get_one(session, own, what="policy document", zh="政策文件", lock=lock)
    of_it = visible_versions(actor).where(PolicyVersion.policy_document_id == document_id)
    return document, list(await session.scalars(of_it.order_by(PolicyVersion.number)))


async def tell_document(session: AsyncSession, actor: Actor, document_id: UUID, *, on: date) -> PolicyDocumentOut:
    """Tell a document as it was on a day: the version that held, else the one that began last, else the first."""
    document, versions = await get_document(session, actor, document_id)
    begun = [version for version in versions if version.in_force_from <= on]
    chosen = begun[-1] if begun else versions[0]
    mine = visible_drafts(actor).where(PolicyDraft.policy_document_id == document_id)
    draft = (await session.scalars(mine)).one_or_none()
    deeds = rules.DOCUMENT.allowed_deeds(actor, state=rules.state_of(document))

    def stands(version: PolicyVersion) -> VersionStanding:
        return rules.standing(version, versions, repealed_on=document.repealed_on, on=on)

    return PolicyDocumentOut(
        id=document.id,
        state=rules.state_of(document),
        repealed_on=document.repealed_on,
        repeal_note=document.repeal_note,
        on=on,
        number=chosen.number,
        standing=stands(chosen),
        body=chosen.body,
        source_note=chosen.source_note,
        versions=[
            PolicyVersionBriefOut(
                **_content(version),
                number=version.number,
                standing=stands(version),
                published_at=version.published_at,
            )
            for version in reversed(versions)
        ],
        draft_id=draft.id if draft else None,
        allowed_deeds=[deed for deed in deeds if deed != "revise" or draft is None],
    )


async def get_version(session: AsyncSession, actor: Actor, document_id: UUID, number: int) -> PolicyVersion:
    """Read one published version."""
    statement = visible_versions(actor).where(
        PolicyVersion.policy_document_id == document_id, PolicyVersion.number == number
    )
    return await lookups.get_one(session, statement, what="version of the document", zh="文件版本")


def tell_version(version: PolicyVersion) -> PolicyVersionOut:
    """Tell one published version."""
    return PolicyVersionOut(
        **_content(version),
        policy_document_id=version.policy_document_id,
        number=version.number,
        body=version.body,
        source_note=version.source_note,
        published_at=version.published_at,
    )


def compare(before: PolicyVersion, after: PolicyVersion) -> PolicyComparisonOut:
    """Put two versions of a document side by side."""
    paragraphs = rules.compare(before.body, after.body)
    return PolicyComparisonOut(
        policy_document_id=after.policy_document_id,
        before=before.number,
        after=after.number,
        title=ComparedParagraphOut(
            change=Change.SAME if before.title == after.title else Change.CHANGED,
            before=before.title,
            after=after.title,
        ),
        paragraphs=[ComparedParagraphOut(**paragraph._asdict()) for paragraph in paragraphs],
        changed=sum(paragraph.change is not Change.SAME for paragraph in paragraphs),
    )


async def list_drafts(
    session: AsyncSession, actor: Actor, *, wish: PageWish
) -> tuple[list[PolicyDraftOut], str | None]:
    """List the versions being written, the oldest first."""
    rows, token = await page_of(session, visible_drafts(actor), order=(PolicyDraft.id,), wish=wish)
    return await describe_drafts(session, actor, rows), token


async def get_draft(session: AsyncSession, actor: Actor, draft_id: UUID, *, lock: bool = False) -> PolicyDraft:
    """Read one version that is being written."""
    statement = visible_drafts(actor).where(PolicyDraft.id == draft_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return await lookups.get_one(session, statement, what="policy draft", zh="政策文件草稿")


async def describe_drafts(session: AsyncSession, actor: Actor, drafts: Sequence[PolicyDraft]) -> list[PolicyDraftOut]:
    """Tell drafts with the number of the version each will follow."""
    statement = (
        select(PolicyVersion.policy_document_id, func.max(PolicyVersion.number))
        .where(
            PolicyVersion.institution_id == actor.institution_id,
            PolicyVersion.policy_document_id.in_([draft.policy_document_id for draft in drafts]),
        )
        .group_by(PolicyVersion.policy_document_id)
    )
    latest = {row[0]: row[1] for row in (await session.execute(statement)).all()} if drafts else {}
    return [
        PolicyDraftOut(
            **_content(draft),
            id=draft.id,
            policy_document_id=draft.policy_document_id,
            follows=latest.get(draft.policy_document_id),
            body=draft.body,
            source_note=draft.source_note,
            allowed_deeds=rules.DRAFT.allowed_deeds(actor, state=DraftState.DRAFT),
        )
        for draft in drafts
    ]
