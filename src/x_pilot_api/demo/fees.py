"""Ceilings, cost sheets and fees, each brought to its state by the deeds of its parties; every amount is made up."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.row_security import act_for
from x_pilot_api.demo.catalogue import DEMONSTRATION_VALUE, FeeStandard, pilot_certificates
from x_pilot_api.demo.dataset import Dataset
from x_pilot_api.demo.keys import Keys
from x_pilot_api.fees import commands as fees
from x_pilot_api.fees.schemas import CostSheetIn, FeeCeilingIn, FeeStandardIn
from x_pilot_api.identity.models import Role

_CANDIDATES = 100
_LINES: tuple[tuple[str, str | None, str, int, int | None], ...] = (
    ("question_bank", None, "1.00", 50_000_000, 50_000),
    ("assessors", None, "10.00", 60_000, None),
    ("certificate_printing", None, "100.00", 1_500, None),
    ("system_support", None, "100.00", 3_000, None),
    ("consumables", None, "100.00", 2_000, None),
    ("venue", "venue", "2.00", 100_000, None),
    ("administration", "staff", "4.00", 30_000, None),
)
"""Element, what is contributed in kind, quantity, unit cost in fen, candidates it is spread over."""


async def load_fees(session: AsyncSession, facts: Dataset, keys: Keys) -> None:
    """Issue the ceilings, draw up a cost sheet for each fee, and bring every fee into force."""
    operator = keys.actor(Role.OPERATOR)
    for ceiling in facts.fee_ceilings:
        await fees.issue_fee_ceiling(
            session,
            operator,
            wish=FeeCeilingIn.model_validate(
                {
                    "exam_form": ceiling.exam_form,
                    "amount_fen": ceiling.amount_fen,
                    "document_number": ceiling.document_number,
                    "issuing_body": "演示",
                    "effective_from": ceiling.effective_from.isoformat(),
                }
            ),
        )
    office = keys.actor(Role.REGISTRAR)
    for standard in facts.fee_standards:
        await act_for(session, office)
        await _publish(session, keys, standard, sheet_id=await _sheet(session, keys, standard))
    await act_for(session, office)


async def _sheet(session: AsyncSession, keys: Keys, standard: FeeStandard) -> UUID:
    """Draw up the sheet of a college that runs the level, and let the office accept it."""
    pilot = next(
        it
        for it in pilot_certificates()
        if (it.certificate_name, it.level) == (standard.certificate_name, standard.level)
    )
    college_id = keys.colleges[pilot.college_codes[0]]
    college = keys.actor(Role.COORDINATOR, college_id=college_id)
    lines = [
        {
            "element": element,
            "in_kind": in_kind,
            "quantity": quantity,
            "unit_cost_fen": unit_cost_fen,
            "spread_over": spread_over,
            "basis": DEMONSTRATION_VALUE,
        }
        for element, in_kind, quantity, unit_cost_fen, spread_over in _LINES
    ]
    wish = CostSheetIn.model_validate(
        {
            "college_id": college_id,
            "certificate_level_id": keys.levels[standard.certificate_name, standard.level],
            "exam_form": standard.exam_form,
            "year": standard.effective_from.year,
            "machine_marked": False,
            "candidates": _CANDIDATES,
            "lines": lines,
        }
    )
    sheet = await fees.draw_up_cost_sheet(session, college, wish=wish)
    await fees.submit_cost_sheet(session, college, sheet=sheet, today=standard.effective_from)
    await fees.accept_cost_sheet(session, keys.actor(Role.REGISTRAR), sheet=sheet)
    return sheet.id


async def _publish(session: AsyncSession, keys: Keys, standard: FeeStandard, *, sheet_id: UUID) -> None:
    """Let the organisation propose a fee, a college agree, and the office approve and publish it."""
    pilot = next(it for it in pilot_certificates() if it.certificate_name == standard.certificate_name)
    organisation = keys.actor(Role.ORG_STAFF, organisation_id=keys.organisations[pilot.organisation])
    college, office = keys.actor(Role.COORDINATOR), keys.actor(Role.REGISTRAR)
    proposed = await fees.propose_fee_standard(
        session,
        organisation,
        wish=FeeStandardIn.model_validate(
            {
                "institution_id": keys.institution_id,
                "certificate_level_id": keys.levels[standard.certificate_name, standard.level],
                "exam_form": standard.exam_form,
                "fee_fen": standard.fee_fen,
                "basis": standard.document_number,
                "cost_sheet_id": sheet_id,
                "effective_from": standard.effective_from.isoformat(),
            }
        ),
    )
    await fees.agree_fee_standard(session, college, standard=proposed)
    await fees.approve_fee_standard(session, office, standard=proposed)
    await fees.publish_fee_standard(session, office, standard=proposed, today=standard.effective_from)
