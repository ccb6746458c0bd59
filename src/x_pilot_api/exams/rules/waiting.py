"""Who gets which seat: in the order of the wishes, and nobody in two places at one time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

Period = tuple[datetime, datetime]


@dataclass(frozen=True)
class Seats:
    """What is free in one sitting; a college's own site examines its own candidates alone."""

    sitting_id: UUID
    certificate_level_id: UUID
    college_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    free: int


@dataclass(frozen=True)
class Seeker:
    """One registration that needs a seat, in the sitting it names or in any of its level."""

    registration_id: UUID
    candidate_id: UUID
    certificate_level_id: UUID
    college_id: UUID
    sitting_id: UUID | None
    state: str


def place(
    seekers: Iterable[Seeker], seats: Sequence[Seats], busy: Mapping[UUID, Sequence[Period]]
) -> dict[UUID, Seats]:
    """Give the seekers, who come in their order, each the first seat that fits; who finds none is left out.

    `busy` tells when a candidate sits elsewhere already.
    """
    free = {each.sitting_id: each.free for each in seats}
    taken: dict[UUID, list[Period]] = {candidate_id: list(periods) for candidate_id, periods in busy.items()}
    placed: dict[UUID, Seats] = {}
    for seeker in seekers:
        periods = taken.setdefault(seeker.candidate_id, [])
        for each in seats:
            if free[each.sitting_id] > 0 and _suits(seeker, each) and not _meets(each, periods):
                placed[seeker.registration_id] = each
                free[each.sitting_id] -= 1
                periods.append((each.starts_at, each.ends_at))
                break
    return placed


def _suits(seeker: Seeker, seats: Seats) -> bool:
    return (
        seeker.certificate_level_id == seats.certificate_level_id
        and seeker.sitting_id in {None, seats.sitting_id}
        and seats.college_id in {None, seeker.college_id}
    )


def _meets(seats: Seats, periods: Sequence[Period]) -> bool:
    return any(starts_at < seats.ends_at and seats.starts_at < ends_at for starts_at, ends_at in periods)


def offer_ends_at(seats: Seats, *, at: datetime, hours: int) -> datetime:
    """Tell until when an offered seat is kept: so many hours, and never beyond the beginning of the sitting."""
    return min(at + timedelta(hours=hours), seats.starts_at)
