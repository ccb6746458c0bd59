"""Whether a bulletin is shown on a day, who may issue one to whom, and what may be done with it."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists
from sqlalchemy.orm import aliased

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.publications.errors import BulletinAudienceMissing, BulletinAudienceUnfit, BulletinDayPast
from x_pilot_api.publications.models import Bulletin, BulletinState, DraftState

BULLETIN_KIND = "bulletin"
DRAFT_KIND = "bulletin_draft"

_P = Permission.BULLETINS_ISSUE
_DRAFT = frozenset({DraftState.DRAFT})
_SHOWN = frozenset({BulletinState.SHOWN})

BULLETIN = Workflow(
    name="bulletin",
    initial=BulletinState.SHOWN,
    deeds={
        "correct": Deed(_SHOWN, BulletinState.SUPERSEDED, _P),
        "withdraw": Deed(_SHOWN, BulletinState.WITHDRAWN, _P),
    },
)
DRAFT = Workflow(
    name="bulletin draft",
    initial=DraftState.DRAFT,
    deeds={
        "change": Deed(_DRAFT, DraftState.DRAFT, _P),
        "publish": Deed(_DRAFT, DraftState.PUBLISHED, _P),
        "discard": Deed(_DRAFT, DraftState.DISCARDED, _P),
    },
)


def state_of(bulletin: Bulletin, *, is_superseded: bool, today: date) -> BulletinState:
    """Tell how a bulletin stands today; nobody has to take it down on its day."""
    if bulletin.withdrawn_at is not None:
        return BulletinState.WITHDRAWN
    if is_superseded:
        return BulletinState.SUPERSEDED
    return BulletinState.SHOWN if today < bulletin.down_on else BulletinState.OVER


def followed() -> ColumnElement[bool]:
    """Say of many bulletins whether a corrected one took their place."""
    later = aliased(Bulletin)
    return exists().where(later.institution_id == Bulletin.institution_id, later.supersedes_id == Bulletin.id)


def shown(today: date) -> ColumnElement[bool]:
    """Say of many bulletins at once that they are shown today."""
    return and_(Bulletin.withdrawn_at.is_(None), Bulletin.down_on > today, ~followed())


def may_issue_for(actor: Actor, college_id: UUID | None, *, is_office: bool) -> bool:
    """Tell whether an actor issues what is the office's or a college's; the office acts for the whole institution."""
    return is_office or college_id in actor.college_ids


def check_day(down_on: date, *, today: date) -> None:
    """Refuse a bulletin that would come down before it was shown."""
    if down_on <= today:
        raise BulletinDayPast(down_on=down_on, today=today)


def check_audience(
    audience: Collection[Mapping[str, str | None]],
    *,
    is_public: bool,
    college_id: UUID | None,
    college_of_programme: Mapping[UUID, UUID],
) -> None:
    """Refuse a bulletin for nobody, and a college's that goes beyond the college."""
    if not audience and not is_public:
        raise BulletinAudienceMissing
    if college_id is None:
        return
    beyond = sum(_college_of(part, college_of_programme) != college_id for part in audience)
    if is_public or beyond:
        raise BulletinAudienceUnfit(parts=beyond + is_public)


def _college_of(part: Mapping[str, str | None], college_of_programme: Mapping[UUID, UUID]) -> UUID | None:
    programme_id, college_id = part.get("programme_id"), part.get("college_id")
    if programme_id is not None:
        return college_of_programme.get(UUID(programme_id))
    return None if college_id is None else UUID(college_id)
