"""Settlements as files: a workbook of lines and candidates, and the statement on paper."""

from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

import x_pilot_api
from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import JsonObject
from x_pilot_api.core.documents import Press
from x_pilot_api.settlements import rules
from x_pilot_api.settlements.commands import exporting
from x_pilot_api.settlements.commands.exporting import Sheet
from x_pilot_api.settlements.models import Settlement
from x_pilot_api.settlements.queries import settlements as queries
from x_pilot_api.settlements.rules import words
from x_pilot_api.settlements.schemas.settlements import SettlementDetailOut, SettlementLineOut

# From the package's folder, so that the sheet and the fonts are those of the exam day's papers.
PRESS = Press(Path(x_pilot_api.__file__).parent)
TEMPLATE = "settlements/paper/settlement.typ"

_SUMMARY = ("项目", "数值")
_LINE = (
    *("证书", "等级", "付款方", "收费标准（元）", "考生数", "参考", "缺考", "免考", "使用保障"),
    *(
        "应收（元）",
        "取消（元）",
        "减免（元）",
        "退减（元）",
        "已付（元）",
        "已退（元）",
        "应结（元）",
        "前次已结（元）",
    ),
)
_ROW = (
    *("准考证号", "付款方", "考核情况", "使用保障", "收费标准（元）"),
    *(
        "应收（元）",
        "取消（元）",
        "减免（元）",
        "退减（元）",
        "已付（元）",
        "已退（元）",
        "应结（元）",
        "前次已结（元）",
    ),
)
_FIGURES = (
    "charged_fen",
    "cancelled_fen",
    "waived_fen",
    "reduced_fen",
    "paid_fen",
    "refunded_fen",
    "due_fen",
    "before_fen",
)


async def export_settlement(session: AsyncSession, actor: Actor, *, settlement: Settlement) -> bytes:
    """Write a settlement as a workbook: the totals, what each payer bears, and every candidate."""
    told = await queries.tell_one(session, actor, settlement)
    rows = [
        [
            row.admission_number,
            words.said(words.PAYERS, row.payer),
            words.said(words.PRESENCES, row.presence),
            "是" if row.guarantee_used else "否",
            exporting.yuan(row.fee_fen),
            *(exporting.yuan(getattr(row, name)) for name in _FIGURES),
        ]
        for row in await queries.read_rows(session, actor, settlement)
    ]
    return await exporting.write_file(
        session,
        actor,
        "export_settlement",
        institution_id=settlement.institution_id,
        object_kind=rules.AUDIT_KIND,
        object_id=settlement.id,
        sheets=[
            Sheet("汇总", _SUMMARY, _summary(told)),
            Sheet("分项", _LINE, [_line(line) for line in told.lines]),
            Sheet("考生", _ROW, rows),
        ],
    )


def _summary(told: SettlementDetailOut) -> list[tuple[str, str | int | None]]:
    return [
        ("院校", told.institution_name),
        ("评价组织", told.organisation_name),
        ("考核计划", f"{told.plan_name}（{told.plan_code}）"),
        ("结算单号", told.number),
        ("状态", words.said(words.STATES, told.state)),
        ("锁定考生", told.candidates),
        ("参考", told.attended),
        ("缺考", told.absent),
        ("免考", told.exempt),
        ("未确定", told.unknown),
        ("使用保障", told.guarantees_used),
        ("本次应结（元）", str(exporting.yuan(told.due_fen))),
        ("内容摘要", told.content_hash),
    ]


def _line(line: SettlementLineOut) -> list[exporting.Cell]:
    return [
        line.certificate_name,
        words.said(words.LEVELS, line.level),
        words.said(words.PAYERS, line.payer),
        exporting.yuan(line.fee_fen),
        *(line.candidates, line.attended, line.absent, line.exempt, line.guarantees_used),
        *(exporting.yuan(getattr(line, name)) for name in _FIGURES),
    ]


async def print_settlement(session: AsyncSession, actor: Actor, *, settlement: Settlement, zone: ZoneInfo) -> bytes:
    """Set a settlement's statement as PDF, to be signed by both sides."""
    told = await queries.tell_one(session, actor, settlement)
    await audit.record(
        session,
        actor,
        "print_settlement",
        institution_id=settlement.institution_id,
        object_kind=rules.AUDIT_KIND,
        object_id=settlement.id,
        detail={"edition": settlement.edition, "content_hash": settlement.content_hash},
    )
    return await PRESS.set_aside(TEMPLATE, on_paper(told, zone=zone))


def on_paper(told: SettlementDetailOut, *, zone: ZoneInfo) -> JsonObject:
    """Write a settlement as its template takes it."""
    return {
        "institution": told.institution_name,
        "organisation": told.organisation_name,
        "plan": f"{told.plan_name}（{told.plan_code}）",
        "number": f"第 {told.number} 号" + ("（调整）" if told.adjusts_id else ""),
        "state": words.said(words.STATES, told.state),
        "as_of": f"{told.as_of.astimezone(zone):%Y-%m-%d %H:%M:%S}",
        "hash": told.content_hash,
        "institution_agreed": told.institution_agreed,
        "organisation_agreed": told.organisation_agreed,
        "payment": f"{told.payment_document}　{told.paid_on}" if told.payment_document else None,
        "counts": {
            "locked": told.candidates,
            "attended": told.attended,
            "absent": told.absent,
            "exempt": told.exempt,
            "unknown": told.unknown,
            "guarantees": told.guarantees_used,
        },
        "lines": [_printed(line) for line in told.lines],
        "totals": {name: _money(getattr(told, name)) for name in _FIGURES} | {"due_fen": _money(told.due_fen)},
        "cumulated": _money(told.due_fen + told.before_fen),
    }


def _printed(line: SettlementLineOut) -> JsonObject:
    return {
        "certificate": line.certificate_name,
        "level": words.said(words.LEVELS, line.level),
        "payer": words.said(words.PAYERS, line.payer),
        "fee": _money(line.fee_fen) if line.fee_fen is not None else "—",
        "candidates": line.candidates,
        "attended": line.attended,
        **{name: _money(getattr(line, name)) for name in _FIGURES},
    }


def _money(fen: int) -> str:
    return f"{exporting.yuan(fen):,.2f}"
