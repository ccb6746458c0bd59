"""What is made known on the ground: a policy with a draft beside it, cases in each state, bulletins of each college."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz import makings
from tests.authz.canaries import mark
from tests.authz.makings import Made
from tests.world import School, World
from x_pilot_api.core import clock
from x_pilot_api.publications.models import (
    Bulletin,
    BulletinAudience,
    BulletinDraft,
    PolicyDocument,
    PolicyDraft,
    PolicyVersion,
    TypicalCase,
)
from x_pilot_api.publications.rules import search

CASES = ("draft", "submitted", "accepted", "published")
READERS = ("registrar", "auditor", "expert", "teacher", "finance")
"""Who reads every college's bulletin, beside the college."""


async def lay(session: AsyncSession, world: World, made: Made) -> None:
    """Publish, and leave something of each kind to be decided."""
    for serial, there in enumerate(world.schools):
        policies = await _policies(session, made, there, owner=f"s{serial + 1}")
        for college in range(2):
            found = made.publications[serial, college] = dict(policies)
            await _cases(session, made, there, found, college=college, school=serial)
            await _bulletins(session, made, there, found, college=college, school=serial)


def _content(owner: str) -> dict[str, Any]:
    return {
        "title": f"政策{mark(owner)}",
        "issuing_body": "教务处",
        "document_number": None,
        "issued_on": date(2025, 1, 1),
        "kind": "measures",
        "level": "institution",
        "in_force_from": date(2025, 1, 1),
        "body": f"正文{mark(owner)}",
    }


async def _policies(session: AsyncSession, made: Made, there: School, *, owner: str) -> dict[str, UUID]:
    published, waiting, draft_id = uuid4(), uuid4(), uuid4()
    for document_id in (published, waiting):
        session.add(PolicyDocument(institution_id=there.id, id=document_id, entered_by=uuid4()))
    await session.flush()
    content = _content(owner)
    index = search.index_of(
        title=content["title"], document_number=None, issuing_body=content["issuing_body"], text=content["body"]
    )
    version = content | index._asdict()
    of_it = {"institution_id": there.id, "policy_document_id": published}
    session.add(PolicyVersion(**version, **of_it, number=1, published_by=uuid4()))
    # Whose drafts they are tells who may know of them: the office and who audits, as of the institution's jobs.
    hidden = f"{owner}d"
    session.add(
        PolicyDraft(
            **_content(hidden), institution_id=there.id, id=draft_id, policy_document_id=waiting, drafted_by=uuid4()
        )
    )
    await session.flush()
    made.owners |= {published: owner, waiting: hidden, draft_id: hidden}
    return {"policy": published, "policy_draft": draft_id}


async def _cases(
    session: AsyncSession, made: Made, there: School, found: dict[str, UUID], *, college: int, school: int
) -> None:
    owner = f"s{school + 1}y{college}"
    for state in CASES:
        found[state] = case_id = uuid4()
        said = owner + {"draft": "d", "published": "p"}.get(state, "")
        session.add(
            TypicalCase(
                institution_id=there.id,
                id=case_id,
                college_id=there.colleges[college],
                title=f"案例{mark(said)}",
                summary=f"摘要{mark(said)}",
                body=f"正文{mark(said)}",
                state=state,
                submissions=0 if state == "draft" else 1,
                published_at=clock.now() if state == "published" else None,
            )
        )
        made.owners[case_id] = said
    await session.flush()


async def _bulletins(
    session: AsyncSession, made: Made, there: School, found: dict[str, UUID], *, college: int, school: int
) -> None:
    owner, down_on = f"s{school + 1}b{college}", makings.today() + timedelta(days=30)
    college_id = there.colleges[college]
    for name, of_college in (("bulletin", college_id), ("public_bulletin", None)):
        found[name] = bulletin_id = uuid4()
        said = owner if of_college else f"{owner}p"
        session.add(
            Bulletin(
                institution_id=there.id,
                id=bulletin_id,
                college_id=of_college,
                title=f"通知{mark(said)}",
                body=f"正文{mark(said)}",
                is_important=True,
                is_public=of_college is None,
                published_on=makings.today(),
                published_by=uuid4(),
                down_on=down_on,
            )
        )
        made.owners[bulletin_id] = said
    await session.flush()
    parts: list[dict[str, Any]] = [{"college_id": college_id}, *({"role": role} for role in READERS)]
    there_it_is = {"institution_id": there.id, "bulletin_id": found["bulletin"]}
    session.add_all(BulletinAudience(**there_it_is, **part) for part in parts)
    found["bulletin_draft"] = draft_id = uuid4()
    session.add(
        BulletinDraft(
            institution_id=there.id,
            id=draft_id,
            college_id=college_id,
            title=f"草稿{mark(f'{owner}d')}",
            body=f"正文{mark(f'{owner}d')}",
            down_on=down_on,
            audience=[{"role": "student", "college_id": str(college_id), "programme_id": None}],
            drafted_by=uuid4(),
        )
    )
    await session.flush()
    made.owners[draft_id] = f"{owner}d"
