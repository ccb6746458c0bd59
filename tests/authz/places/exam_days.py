"""The bodies of the exam day."""

from tests.authz.places.place import Place
from x_pilot_api.exam_days.schemas import (
    AttendanceSettlementIn,
    CheckInIn,
    CheckInsIn,
    DeviceIn,
    IncidentDecisionIn,
    IncidentIn,
    SeatingIn,
)

PLACES = (
    Place("arrange_seats", "registrar", SeatingIn, "seat_arrangements"),
    Place("take_check_in_list", "registrar", DeviceIn, "check_in_devices"),
    Place("take_check_ins", "registrar", CheckInsIn, "check_ins"),
    Place("take_check_ins", "registrar", CheckInIn, "check_ins", within=("check_ins",)),
    Place("settle_attendance", "registrar", AttendanceSettlementIn, "attendances"),
    Place("report_incident", "registrar", IncidentIn, "exam_incidents"),
    Place("confirm_incident", "registrar", IncidentDecisionIn, "exam_incidents"),
    Place("reject_incident", "registrar", IncidentDecisionIn, "exam_incidents"),
)
