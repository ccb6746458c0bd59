"""How the operations of participations are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, get, list_of, post
from tests.authz.ground import Corner


def _at(corner: Corner, state: str) -> str:
    return f"/v1/participations/{corner.pilot[state]}"


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_participations": lambda at: list_of(at, "/v1/participations", college_id=at.college_id),
    "ask_participation": lambda at: post(
        "/v1/participations",
        academic_year="2040-2041",
        certificate_level_id=at.level_id,
        college_id=at.college_id,
        quota_asked=10,
    ),
    "get_participation": lambda at: get(_at(at, "approved")),
    "list_participation_decisions": lambda at: get(f"{_at(at, 'approved')}/decisions"),
    "ask_participation_again": lambda at: post(f"{_at(at, 'refused')}:ask-again", quota_asked=5),
    "approve_participation": lambda at: post(f"{_at(at, 'asked')}:approve", quota=5, decision_document="教1"),
    "refuse_participation": lambda at: post(f"{_at(at, 'asked')}:refuse", reason="不足"),
    "change_participation": lambda at: post(
        f"{_at(at, 'approved')}:change", quota=5, decision_document="教2", reason="增加"
    ),
    "end_participation": lambda at: post(f"{_at(at, 'approved')}:end", decision_document="教3", reason="停止"),
    "resume_participation": lambda at: post(
        f"{_at(at, 'ended')}:resume", quota=5, decision_document="教4", reason="恢复"
    ),
}
