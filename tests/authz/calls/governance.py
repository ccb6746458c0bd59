"""How the operations of governance are asked for."""

from collections.abc import Callable, Mapping

from tests.authz import makings
from tests.authz.calls.asking import Call, get, list_of, post
from tests.authz.ground import Corner

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "propose_certificate_exit": lambda at: post(
        "/v1/certificate-exits",
        college_id=at.college_id,
        certificate_id=at.certificate_id,
        grounds="理由",
        exit_on=str(makings.today()),
    ),
    "get_teach_out": lambda at: get(f"/v1/certificate-reviews/{at.reviews['exit_proposed']}/teach-out"),
    "get_teach_out_item": lambda at: get(f"/v1/teach-out-items/{at.item_id}"),
    "change_teach_out_item": lambda at: Call(
        "PATCH", f"/v1/teach-out-items/{at.item_id}", body={"done_on": str(makings.today())}
    ),
    "list_scorecards": lambda at: list_of(at, "/v1/scorecards", organisation_id=at.organisation_id),
    "get_review_scorecard": lambda at: get(f"/v1/certificate-reviews/{at.reviews['under_review']}/scorecard"),
}
