"""Reading what is known of the day of an exam."""

from x_pilot_api.exam_days.queries.check_ins import list_attendances, tell_figures
from x_pilot_api.exam_days.queries.incidents import (
    consequences_of,
    describe_kinds,
    find_incidents,
    get_incident,
    list_incidents,
    tell_incidents,
)
from x_pilot_api.exam_days.queries.papers import PRESS, TICKETS, describe_papers, get_papers, tell_ticket
from x_pilot_api.exam_days.queries.seating import list_seats, tell_seating
from x_pilot_api.exam_days.queries.sittings import (
    SittingFilters,
    find_sittings,
    get_sitting,
    lock_sitting,
    organisation_of,
)

__all__ = [
    "PRESS",
    "TICKETS",
    "SittingFilters",
    "consequences_of",
    "describe_kinds",
    "describe_papers",
    "find_incidents",
    "find_sittings",
    "get_incident",
    "get_papers",
    "get_sitting",
    "list_attendances",
    "list_incidents",
    "list_seats",
    "lock_sitting",
    "organisation_of",
    "tell_figures",
    "tell_incidents",
    "tell_seating",
    "tell_ticket",
]
