"""How the operations of awards are asked for."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from tests.authz.calls.asking import Call, deed, get, list_of, post
from tests.authz.ground import Corner
from x_pilot_api.core import clock

_LOST = {"ground": "lost", "reason": "遗失", "evidence": "声明1"}


def _share(at: Corner) -> Call:
    until = (clock.now() + timedelta(days=7)).isoformat()
    return post(f"/v1/awards/{at.spare_award_id}/shares", fields=["level"], expires_at=until)


def _preview(_: Corner) -> Call:
    return post(
        "/v1/number-patterns:preview",
        pattern="J{level}{serial:3}",
        level="2",
        institution_code="4132010001",
        year=2026,
    )


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_awards": lambda at: list_of(at, "/v1/awards", student_id=at.student_id, certificate_level_id=at.level_id),
    "get_award": lambda at: get(f"/v1/awards/{at.award_id}"),
    "get_verification_qr": lambda at: get(f"/v1/awards/{at.award_id}/verification-qr"),
    "suspend_award": lambda at: post(f"/v1/awards/{at.award_id}:suspend", reason="复核"),
    "reinstate_award": lambda at: post(f"/v1/awards/{at.suspended_award_id}:reinstate", reason="无误"),
    "move_award_papers": lambda at: post("/v1/awards:move-papers", deed="print", award_ids=[str(at.award_id)]),
    "propose_reissue": lambda at: post(f"/v1/awards/{at.spare_award_id}/reissues", **_LOST),
    "list_reissues": lambda at: list_of(at, "/v1/award-reissues"),
    "get_reissue": lambda at: get(f"/v1/award-reissues/{at.reissue_id}"),
    "confirm_reissue": lambda at: deed(f"/v1/award-reissues/{at.reissue_id}:confirm"),
    "refuse_reissue": lambda at: post(f"/v1/award-reissues/{at.reissue_id}:refuse", reason="已找到"),
    "list_number_patterns": lambda _: get("/v1/number-patterns", page_size=100),
    "set_number_pattern": lambda at: post(
        "/v1/number-patterns",
        certificate_id=at.certificate_id,
        pattern="J{year}{serial:6}",
        basis="编1号",
        effective_from="2099-01-01",
    ),
    "preview_number_pattern": _preview,
    "list_number_clashes": lambda _: get("/v1/number-clashes", page_size=100),
    "share_award": _share,
    "list_award_shares": lambda at: get(f"/v1/awards/{at.award_id}/shares", page_size=100),
    "recall_award_share": lambda at: deed(f"/v1/award-shares/{at.share_id}:recall"),
    "list_share_views": lambda at: get(f"/v1/award-shares/{at.share_id}/views", page_size=100),
}
