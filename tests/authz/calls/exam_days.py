"""How the operations of the exam day are asked for."""

from collections.abc import Callable, Mapping
from uuid import uuid4

from tests.authz.calls.asking import Call, deed, get, list_of, post
from tests.authz.ground import Corner
from x_pilot_api.core import clock


def _sitting(at: Corner, name: str = "sitting") -> str:
    return f"/v1/exam-sittings/{at.halls[name]}"


def _check_ins(at: Corner) -> Call:
    record = {
        "nonce": str(uuid4()),
        "claim": "present",
        "room_id": str(at.halls["room"]),
        "seen_at": clock.now().isoformat(),
        "registration_id": str(at.halls["registration"]),
    }
    return post(
        f"{_sitting(at)}/check-ins",
        device_id=at.halls["device"],
        sent_at=clock.now().isoformat(),
        check_ins=[record],
    )


def _incident(at: Corner) -> Call:
    return post(
        f"{_sitting(at)}/incidents",
        category="late",
        occurred_at=clock.now().isoformat(),
        note="迟到",
        registration_id=at.halls["registration"],
        room_id=at.halls["room"],
    )


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "find_exam_sittings": lambda _: get("/v1/exam-sittings"),
    "get_seating": lambda at: get(f"{_sitting(at)}/seating"),
    "list_seats": lambda at: get(f"{_sitting(at)}/seats"),
    "arrange_seats": lambda at: post(f"{_sitting(at, 'fresh')}/seats:arrange", seating_order="by_class"),
    "rearrange_seats": lambda at: deed(f"{_sitting(at)}/seats:rearrange"),
    "print_papers": lambda at: deed(f"{_sitting(at)}/papers"),
    "get_papers": lambda at: get(f"/v1/sitting-papers/{at.halls['papers']}"),
    "get_papers_file": lambda at: get(f"/v1/sitting-papers/{at.halls['papers']}/file"),
    "get_ticket": lambda at: get(f"/v1/registrations/{at.halls['registration']}/ticket"),
    "take_check_in_list": lambda at: post(f"{_sitting(at)}/check-in-devices", name="平板"),
    "take_check_ins": _check_ins,
    "get_attendance_figures": lambda at: get(f"{_sitting(at)}/attendance"),
    "list_attendances": lambda at: get(f"{_sitting(at)}/attendances"),
    "settle_attendance": lambda at: post(
        f"{_sitting(at)}/attendances/{at.halls['registration']}:settle", state="present", reason="核对证件"
    ),
    "list_incident_categories": lambda _: get("/v1/exam-incident-categories"),
    "find_exam_incidents": lambda _: get("/v1/exam-incidents"),
    "list_incidents": lambda at: list_of(at, f"{_sitting(at)}/incidents"),
    "report_incident": _incident,
    "get_incident": lambda at: get(f"/v1/exam-incidents/{at.halls['incident']}"),
    "confirm_incident": lambda at: post(f"/v1/exam-incidents/{at.halls['incident']}:confirm", decision="属实"),
    "reject_incident": lambda at: post(f"/v1/exam-incidents/{at.halls['incident']}:reject", decision="不属实"),
}
