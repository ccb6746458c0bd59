"""How the operations of fees are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.authz.calls.asking import Call, Json, deed, get, list_of, post
from tests.authz.ground import Corner


def _ceiling(_: Corner) -> Call:
    return post(
        "/v1/fee-ceilings",
        exam_form="paper",
        amount_fen=100,
        document_number="文1",
        issuing_body="委",
        effective_from="2026-01-01",
    )


def _standard(corner: Corner) -> Call:
    return post(
        "/v1/fee-standards",
        institution_id=corner.institution_id,
        certificate_level_id=corner.spare_level_id,
        exam_form="computer",
        fee_fen=100,
        basis="测算",
        effective_from="2026-01-01",
    )


SHEETS = "/v1/cost-sheets"
LINE: Json = {"element": "assessors", "quantity": "1.00", "unit_cost_fen": 100, "basis": "合同"}
REASON = "偏高"


def _sheet(corner: Corner) -> Call:
    return post(
        SHEETS,
        college_id=corner.college_id,
        certificate_level_id=corner.level_id,
        exam_form="computer",
        year=2050,
        machine_marked=True,
        candidates=100,
        lines=[LINE],
    )


def _change(corner: Corner) -> Call:
    asked = post(f"{SHEETS}/{corner.fees['draft']}", machine_marked=False, candidates=50, lines=[LINE])
    return replace(asked, method="PUT")


def _sheets(corner: Corner) -> Call:
    return list_of(corner, SHEETS, college_id=corner.college_id, certificate_level_id=corner.level_id)


def _of(standard_id: object, name: str) -> str:
    return f"/v1/fee-standards/{standard_id}:{name}"


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_fee_ceilings": lambda at: list_of(at, "/v1/fee-ceilings"),
    "issue_fee_ceiling": _ceiling,
    "get_fee_ceiling": lambda at: get(f"/v1/fee-ceilings/{at.ceiling_id}"),
    "list_fee_standards": lambda at: list_of(at, "/v1/fee-standards", certificate_level_id=at.level_id),
    "propose_fee_standard": _standard,
    "get_fee_standard": lambda at: get(f"/v1/fee-standards/{at.standard_id}"),
    "get_fee_ceiling_template": lambda _: get("/v1/fee-ceiling-template"),
    "issue_fee_ceilings": lambda _: deed("/v1/fee-ceilings:file"),
    "agree_fee_standard": lambda at: deed(_of(at.standard_id, "agree")),
    "refuse_fee_standard": lambda at: post(_of(at.standard_id, "refuse"), reason=REASON),
    "approve_fee_standard": lambda at: deed(_of(at.fees["agreed"], "approve")),
    "reject_fee_standard": lambda at: post(_of(at.fees["agreed"], "reject"), reason=REASON),
    "publish_fee_standard": lambda at: deed(_of(at.fees["approved"], "publish")),
    "withdraw_fee_standard": lambda at: post(_of(at.standard_id, "withdraw"), reason=REASON),
    "list_cost_sheets": _sheets,
    "draw_up_cost_sheet": _sheet,
    "get_cost_sheet_template": lambda _: get("/v1/cost-sheet-template"),
    "list_cost_comparisons": lambda _: get("/v1/cost-comparisons", year=2042),
    "get_cost_sheet": lambda at: get(f"{SHEETS}/{at.fees['accepted']}"),
    "change_cost_sheet": _change,
    "load_cost_lines": lambda at: deed(f"{SHEETS}/{at.fees['draft']}/lines:file"),
    "submit_cost_sheet": lambda at: deed(f"{SHEETS}/{at.fees['draft']}:submit"),
    "accept_cost_sheet": lambda at: deed(f"{SHEETS}/{at.fees['submitted']}:accept"),
    "return_cost_sheet": lambda at: post(f"{SHEETS}/{at.fees['submitted']}:return", reason=REASON),
    "list_cost_change_limits": lambda _: get("/v1/cost-change-limits"),
    "load_cost_change_limit": lambda _: post(
        "/v1/cost-change-limits", percent=20, document_number="文2", effective_from="2026-01-01"
    ),
}
