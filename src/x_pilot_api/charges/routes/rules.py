"""The institution's rules of who pays, and who is let off."""

from fastapi import Request, Response

from x_pilot_api.charges import commands, queries
from x_pilot_api.charges.schemas import PayerRuleIn, PayerRuleOut, ReliefRuleIn, ReliefRuleOut
from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["charges"])


@router.get("/payer-rules", dependencies=[require(Permission.CHARGE_RULES_READ)])
async def list_payer_rules(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[PayerRuleOut]:
    """List the rules of who pays, oldest first; where none holds, the institution's budget pays."""
    rows, token = await queries.list_payer_rules(session, institution_id=actor.institution_id, wish=page)
    pagination.link_next(request, response, token)
    items = [PayerRuleOut.model_validate(row, from_attributes=True) for row in rows]
    return PageOut[PayerRuleOut](items=items, next_page_token=token)


@router.post("/payer-rules", status_code=201, dependencies=[require(Permission.CHARGE_RULES_SET)])
async def set_payer_rule(body: PayerRuleIn, session: Session, actor: CurrentActor) -> PayerRuleOut:
    """Rule who pays from a day on; what was charged before stays as it was."""
    rule = await commands.set_payer_rule(session, actor, institution_id=actor.own_institution(), wish=body)
    return PayerRuleOut.model_validate(rule, from_attributes=True)


@router.get("/relief-rules", dependencies=[require(Permission.CHARGE_RULES_READ)])
async def list_relief_rules(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[ReliefRuleOut]:
    """List the rules of who is let off or subsidised, oldest first."""
    items, token = await queries.list_relief_rules(session, institution_id=actor.institution_id, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[ReliefRuleOut](items=items, next_page_token=token)


@router.post("/relief-rules", status_code=201, dependencies=[require(Permission.CHARGE_RULES_SET)])
async def set_relief_rule(body: ReliefRuleIn, session: Session, actor: CurrentActor) -> ReliefRuleOut:
    """Rule what a group of students is let off, or a fund pays for them, from a day on, by a document."""
    rule = await commands.set_relief_rule(session, actor, institution_id=actor.own_institution(), wish=body)
    named = {name: getattr(rule, name) for name in set(ReliefRuleOut.model_fields) - {"students"}}
    return ReliefRuleOut(**named, students=len(body.student_ids))
