"""What is asked and told of the exam day."""

from x_pilot_api.exam_days.schemas.check_ins import (
    AttendanceFiguresOut,
    AttendanceOut,
    AttendanceRoomOut,
    CheckInIn,
    CheckInListOut,
    CheckInOutcomeOut,
    CheckInsIn,
    CheckInsOut,
    DeviceIn,
    ListedCandidateOut,
    SettlementIn,
)
from x_pilot_api.exam_days.schemas.incidents import (
    IncidentDecisionIn,
    IncidentIn,
    IncidentKindOut,
    IncidentKindsOut,
    IncidentOut,
)
from x_pilot_api.exam_days.schemas.papers import PapersOut, TicketOut
from x_pilot_api.exam_days.schemas.seating import (
    MOVES_TOLD,
    MovedOut,
    PlaceOut,
    SeatedRoomOut,
    SeatingChangeOut,
    SeatingIn,
    SeatingOut,
    SeatOut,
)

__all__ = [
    "MOVES_TOLD",
    "AttendanceFiguresOut",
    "AttendanceOut",
    "AttendanceRoomOut",
    "CheckInIn",
    "CheckInListOut",
    "CheckInOutcomeOut",
    "CheckInsIn",
    "CheckInsOut",
    "DeviceIn",
    "IncidentDecisionIn",
    "IncidentIn",
    "IncidentKindOut",
    "IncidentKindsOut",
    "IncidentOut",
    "ListedCandidateOut",
    "MovedOut",
    "PapersOut",
    "PlaceOut",
    "SeatOut",
    "SeatedRoomOut",
    "SeatingChangeOut",
    "SeatingIn",
    "SeatingOut",
    "SettlementIn",
    "TicketOut",
]
