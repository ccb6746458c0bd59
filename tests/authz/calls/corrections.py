"""How corrections, and the results of certificates, are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, get, list_of, post
from tests.authz.ground import Corner

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_award_results": lambda at: get(f"/v1/awards/{at.award_id}/results"),
    "list_corrections": lambda at: list_of(at, "/v1/corrections", student_id=at.student_id),
    "get_correction": lambda at: get(f"/v1/corrections/{at.case_id}"),
    "propose_correction": lambda at: post(
        "/v1/corrections", award_id=at.spare_award_id, reason="复核", evidence="查1号"
    ),
    "confirm_correction": lambda at: post(f"/v1/corrections/{at.case_id}:confirm", digest=at.case_digest),
    "refuse_correction": lambda at: post(f"/v1/corrections/{at.case_id}:refuse", reason="证据不足"),
}
