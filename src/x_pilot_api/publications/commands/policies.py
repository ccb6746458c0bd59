"""Writing the library: a version is drafted, changed, and published for good; a document can be repealed."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.publications.errors import PolicyDaysUnordered, PolicyDraftExists
from x_pilot_api.publications.models import DraftState, PolicyDocument, PolicyDraft, PolicyVersion
from x_pilot_api.publications.queries import policies as queries
from x_pilot_api.publications.rules import policies as rules
from x_pilot_api.publications.rules import search
from x_pilot_api.publications.schemas.policies import PolicyContentIn, PolicyDraftIn, PolicyRepealIn

_COPIED = (
    "title",
    "issuing_body",
    "document_number",
    "issued_on",
    "kind",
    "level",
    "in_force_from",
    "in_force_to",
    "body",
    "source_note",
    "change_note",
)


async def draft_version(session: AsyncSession, actor: Actor, *, wish: PolicyDraftIn) -> PolicyDraft:
    """Begin a version of a document that is there, or of a new one; a document has one draft at a time."""
    institution_id = actor.own_institution()
    _check_days(wish.content)
    document_id = wish.policy_document_id
    if document_id is None:
        document_id = uuid4()
        session.add(PolicyDocument(institution_id=institution_id, id=document_id, entered_by=actor.id))
        await session.flush()
    else:
        document, _ = await queries.get_document(session, actor, document_id, lock=True)
        rules.DOCUMENT.target_of("revise", state=rules.state_of(document))
    made = await session.scalars(
        insert(PolicyDraft)
        .values(
            **wish.content.model_dump(),
            institution_id=institution_id,
            policy_document_id=document_id,
            drafted_by=actor.id,
        )
        .on_conflict_do_nothing(index_elements=["institution_id", "policy_document_id"])
        .returning(PolicyDraft)
    )
    draft = made.one_or_none()
    if draft is None:
        known = queries.visible_drafts(actor).where(PolicyDraft.policy_document_id == document_id)
        raise PolicyDraftExists(draft_id=str((await session.scalars(known)).one().id))
    await _record(session, actor, "draft_policy", rules.DRAFT_KIND, draft.id, of=document_id, title=draft.title)
    return draft


async def change_draft(
    session: AsyncSession, actor: Actor, *, draft_id: UUID, content: PolicyContentIn, if_match: str | None
) -> PolicyDraft:
    """Write a draft anew in place of what was read."""
    draft = await _lock(session, actor, draft_id, if_match=if_match)
    rules.DRAFT.target_of("change", state=DraftState.DRAFT)
    _check_days(content)
    for name, value in content.model_dump().items():
        setattr(draft, name, value)
    await session.flush()
    await _record(
        session,
        actor,
        "change_policy_draft",
        rules.DRAFT_KIND,
        draft.id,
        of=draft.policy_document_id,
        title=draft.title,
    )
    return draft


async def discard_draft(session: AsyncSession, actor: Actor, *, draft_id: UUID) -> None:
    """Throw a draft away; what was published stays."""
    draft = await queries.get_draft(session, actor, draft_id, lock=True)
    rules.DRAFT.target_of("discard", state=DraftState.DRAFT)
    await session.delete(draft)
    await session.flush()
    await _record(
        session,
        actor,
        "discard_policy_draft",
        rules.DRAFT_KIND,
        draft.id,
        of=draft.policy_document_id,
        title=draft.title,
    )


async def publish_draft(session: AsyncSession, actor: Actor, *, draft_id: UUID, if_match: str | None) -> PolicyVersion:
    """Publish a draft as it was read, as the document's next version, and put it in the index."""
    named = await queries.get_draft(session, actor, draft_id)
    document, versions = await queries.find_document(session, actor, named.policy_document_id, lock=True)
    draft = await _lock(session, actor, draft_id, if_match=if_match)
    rules.DRAFT.target_of("publish", state=DraftState.DRAFT)
    rules.DOCUMENT.target_of("revise", state=rules.state_of(document))
    latest = versions[-1] if versions else None
    rules.check_follows(draft.in_force_from, latest)
    content = {name: getattr(draft, name) for name in _COPIED}
    index = search.index_of(
        title=draft.title,
        document_number=draft.document_number,
        issuing_body=draft.issuing_body,
        text=draft.body,
    )
    version = PolicyVersion(
        **content,
        **index._asdict(),
        institution_id=draft.institution_id,
        policy_document_id=document.id,
        number=latest.number + 1 if latest else 1,
        published_by=actor.id,
    )
    session.add(version)
    await session.delete(draft)
    await session.flush()
    await _record(
        session,
        actor,
        "publish_policy",
        rules.DOCUMENT_KIND,
        document.id,
        of=document.id,
        title=version.title,
        number=version.number,
    )
    return version


async def repeal_document(
    session: AsyncSession, actor: Actor, *, document_id: UUID, wish: PolicyRepealIn
) -> PolicyDocument:
    """Let a document hold no more from a day on, with the reason."""
    document, versions = await queries.get_document(session, actor, document_id, lock=True)
    rules.DOCUMENT.target_of("repeal", state=rules.state_of(document))
    rules.check_repeal(wish.repealed_on, versions[-1])
    document.repealed_on, document.repeal_note = wish.repealed_on, wish.repeal_note
    await session.flush()
    await _record(
        session,
        actor,
        "repeal_policy",
        rules.DOCUMENT_KIND,
        document.id,
        of=document.id,
        title=versions[-1].title,
        repealed_on=wish.repealed_on.isoformat(),
    )
    return document


async def _lock(session: AsyncSession, actor: Actor, draft_id: UUID, *, if_match: str | None) -> PolicyDraft:
    draft = await queries.get_draft(session, actor, draft_id, lock=True)
    (told,) = await queries.describe_drafts(session, actor, [draft])
    etags.check(told, if_match=if_match)
    return draft


def _check_days(content: PolicyContentIn) -> None:
    if content.in_force_to is not None and content.in_force_to <= content.in_force_from:
        raise PolicyDaysUnordered(in_force_from=content.in_force_from, in_force_to=content.in_force_to)


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    kind: str,
    object_id: UUID,
    *,
    of: UUID,
    **detail: date | str | int,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=actor.institution_id,
        object_kind=kind,
        object_id=object_id,
        detail={"policy_document_id": str(of), **detail},
    )
