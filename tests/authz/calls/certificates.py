"""How the operations of certificates are asked for."""

from collections.abc import Callable, Mapping

from tests.authz import makings
from tests.authz.calls.asking import Call, deed, get, list_of, post
from tests.authz.ground import Corner

REVIEWS, FEEDBACK = "/v1/certificate-reviews", "/v1/quality-feedback"


def _fresh(corner: Corner) -> str:
    return f"/v1/certificates/{corner.fresh_certificate_id}"


def _review(corner: Corner, state: str) -> str:
    return f"{REVIEWS}/{corner.reviews[state]}"


def _feedback(corner: Corner, state: str) -> str:
    return f"{FEEDBACK}/{corner.feedback[state]}"


def _scheme(corner: Corner) -> Call:
    component = {"code": "theory", "name": "理论", "weight_percent": 100, "full_mark": "100.00"}
    return post(
        f"/v1/certificate-levels/{corner.fresh_level_id}/schemes",
        effective_from="2026-09-01",
        combination="weighted_sum",
        exam_form="paper",
        pass_mark="60.00",
        components=[component],
    )


def _policy(_: Corner) -> Call:
    return post(
        "/v1/review-policies",
        effective_from="2026-01-01",
        quorum=2,
        industry_fit_min="60.00",
        employer_recognition_min="60.00",
        basis="校发1号",
    )


def _giving(corner: Corner) -> Call:
    return post(
        FEEDBACK,
        certificate_id=corner.certificate_id,
        college_id=corner.college_id,
        subject="主题",
        body="内容",
        due_on=str(makings.today()),
    )


def _panel(corner: Corner) -> list[str]:
    return [str(corner.expert_id)]


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_certificates": lambda at: list_of(at, "/v1/certificates", organisation_id=at.organisation_id),
    "get_certificate": lambda at: get(f"/v1/certificates/{at.certificate_id}"),
    "enter_certificate": lambda at: post(
        "/v1/certificates", organisation_id=at.organisation_id, name="新证书", basis="文", levels=["1"]
    ),
    "change_certificate": lambda at: Call("PATCH", _fresh(at), body={"batch": "5"}),
    "delete_certificate": lambda at: Call("DELETE", _fresh(at)),
    "add_certificate_level": lambda at: post(f"{_fresh(at)}/levels", level="3"),
    "delete_certificate_level": lambda at: Call("DELETE", f"{_fresh(at)}/levels/{at.fresh_level_id}"),
    "list_assessment_schemes": lambda at: get(f"/v1/certificate-levels/{at.level_id}/schemes"),
    "publish_assessment_scheme": _scheme,
    "list_review_policies": lambda _: get("/v1/review-policies", page_size=100),
    "set_review_policy": _policy,
    "list_certificate_reviews": lambda at: list_of(
        at, REVIEWS, college_id=at.college_id, certificate_id=at.fresh_certificate_id
    ),
    "propose_certificate_review": lambda at: post(
        REVIEWS, college_id=at.college_id, certificate_id=at.fresh_certificate_id, grounds="理由"
    ),
    "get_certificate_review": lambda at: get(_review(at, "under_review")),
    "list_certificate_review_history": lambda at: get(f"{_review(at, 'under_review')}/history"),
    "change_certificate_review": lambda at: Call("PATCH", _review(at, "draft"), body={"grounds": "新理由"}),
    "submit_certificate_review": lambda at: deed(f"{_review(at, 'draft')}:submit"),
    "begin_certificate_review": lambda at: post(f"{_review(at, 'submitted')}:begin", person_ids=_panel(at)),
    "assign_certificate_review": lambda at: post(f"{_review(at, 'under_review')}:assign", person_ids=_panel(at)),
    "vote_in_certificate_review": lambda at: post(
        f"{_review(at, 'under_review')}:vote", industry_fit="80.00", employer_recognition="80.00", opinion="同意"
    ),
    "excuse_from_certificate_review": lambda at: post(f"{_review(at, 'under_review')}:excuse", reason="亲属"),
    "conclude_certificate_review": lambda at: deed(f"{_review(at, 'under_review')}:conclude"),
    "exit_certificate": lambda at: post(f"{_review(at, 'exit_proposed')}:exit", reason="同意"),
    "retain_certificate": lambda at: post(f"{_review(at, 'exit_proposed')}:retain", reason="保留"),
    "list_feedback": lambda at: list_of(at, FEEDBACK, certificate_id=at.certificate_id),
    "give_feedback": _giving,
    "get_feedback": lambda at: get(_feedback(at, "answered")),
    "change_feedback": lambda at: Call("PATCH", _feedback(at, "open"), body={"subject": "新主题"}),
    "send_feedback": lambda at: deed(f"{_feedback(at, 'open')}:send"),
    "answer_feedback": lambda at: post(f"{_feedback(at, 'sent')}:answer", answer="已改"),
    "verify_feedback": lambda at: post(f"{_feedback(at, 'answered')}:verify", remark="已核实"),
    "close_feedback": lambda at: deed(f"{_feedback(at, 'verified')}:close"),
    "reopen_feedback": lambda at: post(
        f"{_feedback(at, 'verified')}:reopen", remark="再改", due_on=str(makings.today())
    ),
}
