"""What may be done with a cost sheet, and the columns of a table of its lines."""

from collections.abc import Mapping

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Both
from x_pilot_api.core.tables.columns import CellKind, Column
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.fees import errors
from x_pilot_api.fees.errors import CostSheetSecondPersonNeeded
from x_pilot_api.fees.models import QUANTITY_MAX, SPREAD_MAX, UNIT_COST_MAX, CostPayer, CostSheet, CostSheetState
from x_pilot_api.fees.rules.ceiling_files import Wrong, header_of
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import Permission

SHEET_KIND = "cost_sheet"

_S = CostSheetState
_P = Permission

SHEET_WORKFLOW = Workflow(
    name="cost sheet",
    initial=_S.DRAFT,
    deeds={
        "change": Deed(frozenset({_S.DRAFT, _S.RETURNED}), _S.DRAFT, _P.COST_SHEETS_DRAW_UP),
        "submit": Deed(frozenset({_S.DRAFT}), _S.SUBMITTED, _P.COST_SHEETS_DRAW_UP),
        "accept": Deed(frozenset({_S.SUBMITTED}), _S.ACCEPTED, _P.COST_SHEETS_DECIDE),
        "return": Deed(frozenset({_S.SUBMITTED}), _S.RETURNED, _P.COST_SHEETS_DECIDE),
        "supersede": Deed(frozenset({_S.ACCEPTED}), _S.SUPERSEDED, _P.COST_SHEETS_DECIDE),
    },
)


def sheet_deeds(actor: Actor, sheet: CostSheet) -> list[str]:
    """List what somebody may do next with a sheet they see; superseding follows from accepting the next version."""
    deeds = SHEET_WORKFLOW.allowed_deeds(actor, state=sheet.state)
    second = actor.id != sheet.submitted_by
    return [
        deed
        for deed in deeds
        if (draws_up(actor, sheet) if deed in {"change", "submit"} else second) and deed != "supersede"
    ]


def draws_up(actor: Actor, sheet: CostSheet) -> bool:
    """Tell whether a sheet is an actor's to draw up: the office's, or of a college they act for."""
    return Role.REGISTRAR in actor.roles or sheet.college_id in actor.college_ids


def check_decides(actor: Actor, sheet: CostSheet) -> None:
    """Refuse to decide on what one has submitted oneself."""
    if actor.id == sheet.submitted_by:
        raise CostSheetSecondPersonNeeded


SHEET_TITLE = Both("成本核算明细", "Cost sheet lines")
_ELEMENTS = {
    "题库建设": "question_bank",
    "命题": "paper_setting",
    "印刷": "printing",
    "阅卷": "marking",
    "证书印制": "certificate_printing",
    "考评人员": "assessors",
    "系统支持": "system_support",
    "场地": "venue",
    "管理": "administration",
    "耗材": "consumables",
}
_PAYERS = {
    "学校经费": "institution",
    "二级学院": "college",
    "评价组织": "organisation",
    "补贴": "subsidy",
    "学生": "student",
}
_IN_KIND = {"场地": "venue", "设备": "equipment", "人员": "staff"}
SHEET_COLUMNS = (
    Column("element", "成本项目", CellKind.CHOICE, Both("从列表中选择。", "Choose."), "考评人员", choices=_ELEMENTS),
    Column(
        "payer",
        "承担方",
        CellKind.CHOICE,
        Both("空白为学校经费。", "Blank: the institution's budget."),
        "学校经费",
        required=False,
        choices=_PAYERS,
    ),
    Column(
        "in_kind",
        "实物投入",
        CellKind.CHOICE,
        Both("学校自有资源，不计入现金成本。", "The institution's own; not in the cash total."),
        "场地",
        required=False,
        choices=_IN_KIND,
    ),
    Column(
        "quantity",
        "数量",
        CellKind.DECIMAL,
        Both("最多两位小数。", "At most two places."),
        "12.50",
        most=QUANTITY_MAX,
    ),
    Column(
        "unit_cost_fen",
        "单价（分）",
        CellKind.INTEGER,
        Both("整数分。", "Whole fen."),
        "20000",
        also=("单价",),
        most=UNIT_COST_MAX,
    ),
    Column(
        "spread_over",
        "分摊人数",
        CellKind.INTEGER,
        Both("空白为本表人数；题库须每年不少于 50000 人。", "Blank: the sheet's; a question bank at least 50,000."),
        "50000",
        required=False,
        least=1,
        most=SPREAD_MAX,
    ),
    Column("basis", "依据", CellKind.LINE, Both("单价和数量的依据。", "What the figures rest on."), "合同第 3 条"),
)


def fault_of_line(values: Mapping[str, object]) -> Wrong | None:
    """Tell what is wrong with a row whose cells can be read."""
    payer = values.get("payer") or CostPayer.INSTITUTION
    if values.get("in_kind") is not None and payer not in {CostPayer.INSTITUTION, CostPayer.COLLEGE}:
        return header_of(SHEET_COLUMNS, "payer"), errors.IN_KIND_NOT_OWN, {"payer": str(payer)}
    return None
