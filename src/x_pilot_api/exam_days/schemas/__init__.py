"""What is asked and told of the exam day."""

from x_pilot_api.exam_days.schemas.check_ins import (
    AttendanceFiguresOut,
    AttendanceOut,
    AttendanceRoomOut,
    AttendanceSettlementIn,
    CheckInIn,
    CheckInListOut,
    CheckInOutcomeOut,
    CheckInsIn,
    CheckInsOut,
    DeviceIn,
    ListedCandidateOut,
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
    ExamSeatOut,
    MovedOut,
    PlaceOut,
    SeatedRoomOut,
    SeatingChangeOut,
    SeatingIn,
    SeatingOut,
)

__all__ = [
    "MOVES_TOLD",
    "AttendanceFiguresOut",
    "AttendanceOut",
    "AttendanceRoomOut",
    "AttendanceSettlementIn",
    "CheckInIn",
    "CheckInListOut",
    "CheckInOutcomeOut",
    "CheckInsIn",
    "CheckInsOut",
    "DeviceIn",
    "ExamSeatOut",
    "IncidentDecisionIn",
    "IncidentIn",
    "IncidentKindOut",
    "IncidentKindsOut",
    "IncidentOut",
    "ListedCandidateOut",
    "MovedOut",
    "PapersOut",
    "PlaceOut",
    "SeatedRoomOut",
    "SeatingChangeOut",
    "SeatingIn",
    "SeatingOut",
    "TicketOut",
]
