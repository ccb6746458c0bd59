"""How the operations of periodic reports and of the feed are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, Json, deed, get, list_of, post
from tests.authz.ground import Corner
from tests.authz.report_makings import FIGURE, SECTION

_DEFINITION: Json = {
    "name": "季报",
    "basis": "教〔2026〕1号",
    "due_days": 9,
    "remind_days": 2,
    "sections": [{"code": SECTION, "title": "考核", "guidance": None, "needs_narrative": True, "indicators": [FIGURE]}],
}


def _type(corner: Corner, state: str = "active") -> str:
    return f"/v1/report-types/{corner.reports[state]}"


def _report(corner: Corner, state: str = "draft") -> str:
    return f"/v1/reports/{corner.reports[f'{state}_report']}"


def _fill(corner: Corner) -> Call:
    body = {"narratives": [{"section_code": SECTION, "body": "一切正常。"}]}
    return Call("PUT", f"{_report(corner)}/narratives", body=body)


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_report_types": lambda _: get("/v1/report-types", page_size=100),
    "define_report_type": lambda _: post("/v1/report-types", code="quarterly", cadence="quarterly", **_DEFINITION),
    "get_report_type": lambda at: get(_type(at)),
    "redefine_report_type": lambda at: Call("PUT", _type(at), body=_DEFINITION),
    "open_reports": lambda at: post(f"{_type(at)}:open", period_from="2070-01-01"),
    "retire_report_type": lambda at: deed(f"{_type(at)}:retire"),
    "revive_report_type": lambda at: deed(f"{_type(at, 'retired')}:revive"),
    "list_reports": lambda at: list_of(at, "/v1/reports", college_id=at.college_id),
    "get_report": lambda at: get(_report(at)),
    "get_report_history": lambda at: get(f"{_report(at, 'accepted')}/history"),
    "get_report_figures": lambda at: get(f"{_report(at, 'submitted')}/figures"),
    "list_report_figure_rows": lambda at: get(f"{_report(at, 'submitted')}/figures/{FIGURE}/rows", moment="now"),
    "export_report": lambda at: get(f"{_report(at, 'submitted')}:export"),
    "print_report": lambda at: get(f"{_report(at, 'submitted')}:print"),
    "fill_report": _fill,
    "submit_report": lambda at: deed(f"{_report(at)}:submit"),
    "send_back_report": lambda at: post(f"{_report(at, 'accepted')}:send-back", comment="补正"),
    "accept_report": lambda at: post(f"{_report(at, 'submitted')}:accept", comment="通过"),
    "list_feed_records": lambda _: get("/v1/feed-records", page_size=100),
    "collect_feed_records": lambda _: post("/v1/feed-records:collect", retries_refused=True),
    "send_feed_records": lambda _: deed("/v1/feed-records:send"),
    "take_feed_receipts": lambda at: post(
        "/v1/feed-receipts", receipts=[{"record_id": str(at.reports["record"]), "outcome": "accepted", "message": None}]
    ),
}
