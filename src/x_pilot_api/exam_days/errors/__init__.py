"""Refusals of the exam day."""

from x_pilot_api.exam_days.errors.check_ins import CheckInNotOpen, NothingToSettle
from x_pilot_api.exam_days.errors.incidents import ConsequenceUnfit, IncidentOutOfTime, SecondPersonNeeded
from x_pilot_api.exam_days.errors.papers import PapersForgotten, PapersNotMade, TicketNotReady
from x_pilot_api.exam_days.errors.seating import (
    NotSeated,
    SeatingUnfit,
    SeatsShort,
    SittingCancelled,
    TicketsHandedOut,
)

__all__ = [
    "CheckInNotOpen",
    "ConsequenceUnfit",
    "IncidentOutOfTime",
    "NotSeated",
    "NothingToSettle",
    "PapersForgotten",
    "PapersNotMade",
    "SeatingUnfit",
    "SeatsShort",
    "SecondPersonNeeded",
    "SittingCancelled",
    "TicketNotReady",
    "TicketsHandedOut",
]
