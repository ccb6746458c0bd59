"""Which version of a document holds on a day, and what changed from one to another."""

from collections.abc import Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.publications.errors import PolicyRepealTooEarly, PolicyVersionTooEarly
from x_pilot_api.publications.models import (
    Change,
    DraftState,
    PolicyDocument,
    PolicyState,
    PolicyVersion,
    VersionStanding,
)

DOCUMENT_KIND = "policy_document"
DRAFT_KIND = "policy_draft"

_P = Permission.POLICY_DOCUMENTS_WRITE
_DRAFT = frozenset({DraftState.DRAFT})
_PUBLISHED = frozenset({PolicyState.PUBLISHED})

DOCUMENT = Workflow(
    name="policy document",
    initial=PolicyState.PUBLISHED,
    deeds={
        "revise": Deed(_PUBLISHED, PolicyState.PUBLISHED, _P),
        "repeal": Deed(_PUBLISHED, PolicyState.REPEALED, _P),
    },
)
DRAFT = Workflow(
    name="policy draft",
    initial=DraftState.DRAFT,
    deeds={
        "change": Deed(_DRAFT, DraftState.DRAFT, _P),
        "publish": Deed(_DRAFT, DraftState.PUBLISHED, _P),
        "discard": Deed(_DRAFT, DraftState.DISCARDED, _P),
    },
)


class Compared(NamedTuple):
    """One paragraph as it was and as it is."""

    change: Change
    before: str | None
    after: str | None


def state_of(document: PolicyDocument) -> PolicyState:
    """Tell whether a document goes on."""
    return PolicyState.PUBLISHED if document.repealed_on is None else PolicyState.REPEALED


def standing(
    version: PolicyVersion, siblings: Sequence[PolicyVersion], *, repealed_on: date | None, on: date
) -> VersionStanding:
    """Tell how a version stands on a day: the latest one that has begun holds, until its end or the document's."""
    if version.in_force_from > on:
        return VersionStanding.COMING
    if any(other.number > version.number and other.in_force_from <= on for other in siblings):
        return VersionStanding.SUPERSEDED
    if repealed_on is not None and repealed_on <= on:
        return VersionStanding.REPEALED
    if version.in_force_to is not None and version.in_force_to <= on:
        return VersionStanding.ENDED
    return VersionStanding.IN_FORCE


def holds(on: date) -> ColumnElement[bool]:
    """Say the same of many versions at once, joined to their documents."""
    later = aliased(PolicyVersion)
    followed = exists().where(
        later.institution_id == PolicyVersion.institution_id,
        later.policy_document_id == PolicyVersion.policy_document_id,
        later.number > PolicyVersion.number,
        later.in_force_from <= on,
    )
    return and_(
        PolicyVersion.in_force_from <= on,
        or_(PolicyVersion.in_force_to.is_(None), PolicyVersion.in_force_to > on),
        or_(PolicyDocument.repealed_on.is_(None), PolicyDocument.repealed_on > on),
        ~followed,
    )


def check_follows(in_force_from: date, latest: PolicyVersion | None) -> None:
    """Refuse a version that would not begin after the one it follows: then nobody could tell which one held."""
    if latest is not None and in_force_from <= latest.in_force_from:
        raise PolicyVersionTooEarly(number=latest.number, in_force_from=latest.in_force_from, wanted=in_force_from)


def check_repeal(repealed_on: date, latest: PolicyVersion) -> None:
    """Refuse to end a document before its latest version begins."""
    if repealed_on <= latest.in_force_from:
        raise PolicyRepealTooEarly(in_force_from=latest.in_force_from, wanted=repealed_on)


def compare(before: str, after: str) -> list[Compared]:
    """Tell paragraph by paragraph what one text became in another."""
    left, right = _paragraphs(before), _paragraphs(after)
    matcher = SequenceMatcher(a=left, b=right, autojunk=False)
    return [
        line
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        for line in _lines(left[i1:i2], right[j1:j2], same=tag == "equal")
    ]


def _paragraphs(text: str) -> list[str]:
    return [paragraph.strip() for paragraph in text.split("\n") if paragraph.strip()]


def _lines(left: Sequence[str], right: Sequence[str], *, same: bool) -> Iterator[Compared]:
    if same:
        yield from (Compared(Change.SAME, one, one) for one in left)
        return
    paired = min(len(left), len(right))
    yield from (Compared(Change.CHANGED, one, other) for one, other in zip(left[:paired], right[:paired], strict=True))
    yield from (Compared(Change.REMOVED, one, None) for one in left[paired:])
    yield from (Compared(Change.ADDED, None, one) for one in right[paired:])
