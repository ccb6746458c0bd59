"""How the operations of sessions on the pilot are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, Json, deed, get, list_of, post
from tests.authz.ground import Corner


def _session(corner: Corner, state: str = "planned") -> str:
    return f"/v1/pilot-sessions/{corner.posts[f'session_{state}']}"


def _body() -> Json:
    return {
        "subject": "政策解读",
        "held_on": "2025-05-01",
        "mode": "online",
        "audience": "both",
        "speaker": "王老师",
        "hours": 2,
        "materials": [{"title": "通知", "url": "https://example.edu.cn/1x.pdf"}],
    }


def _participants(at: Corner) -> Call:
    a_class = {"programme_id": str(at.programme_id), "entry_year": 2024, "class_name": "会计2401"}
    return post(f"{_session(at)}/participants:record", student_ids=[str(at.spare_student_id)], classes=[a_class])


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_pilot_sessions": lambda at: list_of(at, "/v1/pilot-sessions", college_id=at.college_id),
    "plan_pilot_session": lambda at: post("/v1/pilot-sessions", college_id=at.college_id, **_body()),
    "get_pilot_session": lambda at: get(_session(at)),
    "change_pilot_session": lambda at: Call("PUT", _session(at), body=_body()),
    "hold_pilot_session": lambda at: deed(f"{_session(at)}:hold"),
    "cancel_pilot_session": lambda at: post(f"{_session(at)}:cancel", reason="与考试冲突"),
    "list_pilot_session_participants": lambda at: get(f"{_session(at, 'held')}/participants", page_size=100),
    "record_pilot_session_participants": _participants,
    "remove_pilot_session_participants": lambda at: post(
        f"{_session(at, 'held')}/participants:remove", participant_ids=[str(at.posts["participant_held"])]
    ),
    "list_pilot_session_figures": lambda _: get("/v1/pilot-session-figures", academic_year="2024-2025"),
}
