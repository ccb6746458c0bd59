"""Tables of the exam day."""

from x_pilot_api.exam_days.models.check_ins import (
    Attendance,
    AttendanceState,
    CheckIn,
    CheckInDevice,
    Claim,
    Conflict,
)
from x_pilot_api.exam_days.models.incidents import (
    Consequence,
    ExamIncident,
    IncidentCategory,
    IncidentConsequence,
    IncidentState,
)
from x_pilot_api.exam_days.models.papers import SittingPapers
from x_pilot_api.exam_days.models.seating import RoomFilling, Seat, SeatArrangement, SeatingOrder

__all__ = [
    "Attendance",
    "AttendanceState",
    "CheckIn",
    "CheckInDevice",
    "Claim",
    "Conflict",
    "Consequence",
    "ExamIncident",
    "IncidentCategory",
    "IncidentConsequence",
    "IncidentState",
    "RoomFilling",
    "Seat",
    "SeatArrangement",
    "SeatingOrder",
    "SittingPapers",
]
