"""How the operations of settlements, forecasts and reports on fees are asked for."""

from collections.abc import Callable, Mapping

from tests.authz import makings
from tests.authz.calls.asking import Call, deed, get, list_of, post
from tests.authz.ground import Corner


def _settlement(at: Corner, state: str = "proposed") -> str:
    return f"/v1/settlements/{at.settling[state]}"


def _forecast(at: Corner) -> str:
    return f"/v1/guarantee-forecasts/{at.settling['forecast']}"


def _comparison(at: Corner) -> str:
    return f"/v1/reconciliations/{at.settling['reconciliation']}"


def _graduation_day(at: Corner) -> Call:
    return post(
        "/v1/graduation-days",
        programme_id=at.programme_id,
        entry_year=2024,
        graduates_on="2027-06-30",
        document_number="教1号",
    )


_PAYMENT = {"document_number": "付1号", "paid_on": "2026-01-02"}
_BUDGET = {"year": 2027, "amount_fen": 100, "document_number": "财1号"}

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_settlements": lambda at: list_of(at, "/v1/settlements", exam_plan_id=at.settling["fresh"]),
    "draw_up_settlement": lambda at: deed(f"/v1/exam-plans/{at.settling['fresh']}/settlements"),
    "get_settlement": lambda at: get(_settlement(at)),
    "list_settlement_rows": lambda at: get(f"{_settlement(at)}/rows"),
    "export_settlement": lambda at: get(f"{_settlement(at)}:export"),
    "print_settlement": lambda at: get(f"{_settlement(at)}:print"),
    "recompute_settlement": lambda at: deed(f"{_settlement(at, 'draft')}:recompute"),
    "propose_settlement": lambda at: deed(f"{_settlement(at, 'draft')}:propose"),
    "agree_settlement": lambda at: post(f"{_settlement(at)}:agree", content_hash=makings.HASH),
    "dispute_settlement": lambda at: post(f"{_settlement(at)}:dispute", reason="少计"),
    "settle_settlement": lambda at: post(f"{_settlement(at, 'agreed')}:settle", **_PAYMENT),
    "reconcile_settlement": lambda at: post(f"{_settlement(at)}/reconciliations", no="table"),
    "get_reconciliation_template": lambda at: get(f"{_settlement(at)}/reconciliation-template"),
    "get_reconciliation": lambda at: get(_comparison(at)),
    "list_reconciliation_differences": lambda at: get(f"{_comparison(at)}/differences"),
    "export_reconciliation": lambda at: get(f"{_comparison(at)}:export"),
    "list_graduation_days": lambda at: list_of(at, "/v1/graduation-days", programme_id=at.programme_id),
    "load_graduation_day": _graduation_day,
    "make_guarantee_forecast": lambda _: deed("/v1/guarantee-forecasts"),
    "get_latest_guarantee_forecast": lambda _: get("/v1/guarantee-forecasts/latest"),
    "get_guarantee_forecast": lambda at: get(_forecast(at)),
    "list_guarantee_forecast_rows": lambda at: get(f"{_forecast(at)}/rows"),
    "export_guarantee_forecast": lambda at: get(f"{_forecast(at)}:export", format="csv"),
    "get_guarantee_coverage": lambda _: get("/v1/fee-reports/guarantee-coverage"),
    "export_guarantee_coverage": lambda _: get("/v1/fee-reports/guarantee-coverage:export", format="csv"),
    "get_spending": lambda _: get("/v1/fee-reports/spending", year=2026),
    "export_spending": lambda _: get("/v1/fee-reports/spending:export", year=2026, format="csv"),
    "get_budget_report": lambda _: get("/v1/fee-reports/budget", year=2026),
    "export_budget_report": lambda _: get("/v1/fee-reports/budget:export", year=2026, format="csv"),
    "get_cost_against_ceiling": lambda _: get("/v1/fee-reports/cost-against-ceiling", year=2026),
    "export_cost_against_ceiling": lambda _: get("/v1/fee-reports/cost-against-ceiling:export", year=2026),
    "get_fee_against_cost": lambda _: get("/v1/fee-reports/fee-against-cost", year=2026),
    "export_fee_against_cost": lambda _: get("/v1/fee-reports/fee-against-cost:export", year=2026),
    "list_fee_budgets": lambda _: get("/v1/fee-budgets"),
    "load_fee_budget": lambda _: post("/v1/fee-budgets", **_BUDGET),
}
