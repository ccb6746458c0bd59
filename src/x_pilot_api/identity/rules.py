"""Decisions about signing in and roles: how long to wait, what a refresh token is, which role has which scope."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final
from uuid import UUID

from x_pilot_api.core import origins
from x_pilot_api.identity.models import AttemptKind, Role

GRACE: Final = timedelta(seconds=10)
"""How long a refresh token that was used answers with the same successor: a lost answer may be asked for again."""

DELAY_FIRST: Final = timedelta(seconds=30)
DELAY_MAX: Final = timedelta(minutes=15)
_DOUBLINGS_MAX: Final = 10


@dataclass(frozen=True)
class Limit:
    """How many failures cost nothing, and how long it takes until one of them is forgotten."""

    free: int
    forgotten_after: timedelta


LIMITS: Final[Mapping[AttemptKind, Limit]] = {
    AttemptKind.ACCOUNT: Limit(free=5, forgotten_after=timedelta(minutes=15)),
    # A college is many people behind one address, so it forgets faster.
    AttemptKind.ADDRESS: Limit(free=20, forgotten_after=timedelta(seconds=45)),
}


def failures_left(limit: Limit, failures: int, *, failed_at: datetime, now: datetime) -> int:
    """Count the failures that are not forgotten yet."""
    return max(0, failures - max(0, (now - failed_at) // limit.forgotten_after))


def delay_after(limit: Limit, failures: int) -> timedelta | None:
    """Tell how long to wait after so many failures: nothing at first, then twice as long each time, up to a limit."""
    if failures < limit.free:
        return None
    return min(DELAY_MAX, DELAY_FIRST * 2 ** min(failures - limit.free, _DOUBLINGS_MAX))


class Verdict(Enum):
    """What is to be done with a refresh token that came."""

    ROTATE = auto()
    REPEAT = auto()
    REFUSE = auto()
    END_FAMILY = auto()


def judge(*, lives: bool, is_newest_used: bool, used_at: datetime | None, now: datetime) -> Verdict:
    """Judge a refresh token that we once gave out.

    Only the last token used may be asked about again, and only for a moment. Any other that was used is in two
    hands, and since nobody can tell which of them is the thief, both lose.
    """
    if not lives:
        return Verdict.REFUSE
    if used_at is None:
        return Verdict.ROTATE
    if is_newest_used and now - used_at <= GRACE:
        return Verdict.REPEAT
    return Verdict.END_FAMILY


_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def label_of(user_agent: str) -> str:
    """Name a program and its system so that its owner knows it; versions, which tell people apart, are left out."""
    program = origins.agent_family(user_agent)
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), None)
    return ", ".join(filter(None, (program, system))) or "other"


POWERS: Final = frozenset({Role.OPERATOR, Role.SECURITY_ADMIN, Role.AUDITOR})
"""Powers over the platform; one person holds one of them and no other role."""

OF_PLATFORM: Final = POWERS | {Role.ORG_STAFF}
OF_INSTITUTION: Final = frozenset(
    {Role.AUDITOR, Role.REGISTRAR, Role.FINANCE, Role.COORDINATOR, Role.EXPERT, Role.TEACHER, Role.STUDENT}
)
GRANTED_BY_OFFICE: Final = frozenset({Role.COORDINATOR, Role.EXPERT, Role.TEACHER, Role.STUDENT})
"""What a registrar grants: neither their own power, nor the role of who supervises them or holds the money."""


@dataclass(frozen=True)
class RoleScope:
    """Where a role is held: on the platform, in an organisation, in an institution or a part of it."""

    institution_id: UUID | None = None
    college_id: UUID | None = None
    programme_id: UUID | None = None
    student_id: UUID | None = None
    organisation_id: UUID | None = None


def scope_fits(role: Role, scope: RoleScope) -> bool:
    """Tell whether a role can be held there."""
    if scope.institution_id is None:
        is_narrowed = any((scope.college_id, scope.programme_id, scope.student_id))
        return role in OF_PLATFORM and not is_narrowed and (role == Role.ORG_STAFF) == bool(scope.organisation_id)
    if role not in OF_INSTITUTION or scope.organisation_id is not None:
        return False
    places = (scope.college_id is not None) + (scope.programme_id is not None)
    fits_place = {Role.COORDINATOR: places == 1, Role.TEACHER: scope.college_id is None}.get(role, places == 0)
    return fits_place and (role == Role.STUDENT) == (scope.student_id is not None)
