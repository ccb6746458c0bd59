"""How the operations of supervision are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, Json, get, list_of, post
from tests.authz.ground import Corner
from tests.authz.supervision_makings import COUNTED, STATED, YEARS

_SCHEME: Json = {
    "name": "考核办法",
    "basis": "教〔2026〕1号",
    "first_year": 2050,
    "indicators": [
        {
            "code": COUNTED,
            "name": "通过率",
            "figure_code": "pass_rate",
            "numerator": None,
            "denominator": None,
            "weight": 100,
            "target_percent": "80.00",
        }
    ],
}
_ADJUSTMENT: Json = {"code": STATED, "numerator": 1, "denominator": 2, "reason": "核减"}


def _scheme(corner: Corner, state: str = "draft") -> str:
    return f"/v1/college-schemes/{corner.supervision[state]}"


def _assessment(corner: Corner, state: str = "open") -> str:
    return f"/v1/college-assessments/{corner.supervision[state]}"


def _finding(corner: Corner, state: str) -> str:
    return f"/v1/supervision-findings/{corner.supervision[state]}"


def _year(state: str) -> str:
    return f"/v1/assessment-years/{YEARS[state]}"


def _fill(corner: Corner) -> Call:
    entry = {"code": STATED, "numerator": 1, "denominator": 2, "narrative": "见附件。"}
    return Call("PUT", f"{_assessment(corner)}/entries", body={"entries": [entry]})


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_college_schemes": lambda _: get("/v1/college-schemes", page_size=100),
    "draft_college_scheme": lambda _: post("/v1/college-schemes", **_SCHEME),
    "get_college_scheme": lambda at: get(_scheme(at, "in_force")),
    "change_college_scheme": lambda at: Call("PUT", _scheme(at), body=_SCHEME),
    "enact_college_scheme": lambda at: Call("POST", f"{_scheme(at)}:enact"),
    "list_assessment_years": lambda _: get("/v1/assessment-years", page_size=100),
    "open_assessment_year": lambda _: post("/v1/assessment-years", year=2031, closes_at=None),
    "get_assessment_year": lambda _: get(_year("open")),
    "get_college_ranking": lambda _: get(f"{_year('ranked')}/ranking"),
    "publish_college_ranking": lambda _: Call("POST", f"{_year('reviewed')}/ranking:publish"),
    "withdraw_college_ranking": lambda _: post(f"{_year('ranked')}/ranking:withdraw", reason="复核"),
    "list_college_assessments": lambda at: list_of(at, "/v1/college-assessments", college_id=at.college_id),
    "get_college_assessment": lambda at: get(_assessment(at)),
    "get_college_scores": lambda at: get(f"{_assessment(at, 'self_assessed')}/scores"),
    "get_college_assessment_history": lambda at: get(f"{_assessment(at, 'reviewed')}/history"),
    "list_college_indicator_rows": lambda at: get(f"{_assessment(at, 'open')}/indicators/{COUNTED}/rows"),
    "fill_college_assessment": _fill,
    "submit_college_assessment": lambda at: Call("POST", f"{_assessment(at)}:submit"),
    "send_back_college_assessment": lambda at: post(f"{_assessment(at, 'reviewed')}:send-back", comment="补正"),
    # What the service counted was adjusted on the ground, so that what colleges state can still be.
    "review_college_assessment": lambda at: post(
        f"{_assessment(at, 'self_assessed')}:review", comment="通过", adjustments=[_ADJUSTMENT]
    ),
    "list_supervision_findings": lambda at: list_of(at, "/v1/supervision-findings", college_id=at.college_id),
    "raise_supervision_finding": lambda at: post(
        "/v1/supervision-findings",
        college_id=at.college_id,
        assessment_id=at.supervision["open"],
        indicator_code=STATED,
        certificate_id=at.certificate_id,
        title="记录不全",
        description="三个班缺签到",
    ),
    "get_supervision_finding": lambda at: get(_finding(at, "planned")),
    "plan_supervision_finding": lambda at: post(
        f"{_finding(at, 'raised')}:plan", measure="补齐", owner_id=at.supervision["owner"], due_on="2099-01-01"
    ),
    "finish_supervision_finding": lambda at: post(f"{_finding(at, 'planned')}:finish", evidence="已补齐"),
    "close_supervision_finding": lambda at: post(f"{_finding(at, 'done')}:close", remark="已核对"),
    "return_supervision_finding": lambda at: post(
        f"{_finding(at, 'done')}:send-back", reason="仍缺一班", due_on="2099-01-01"
    ),
}
