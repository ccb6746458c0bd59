"""The book, added up."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.errors import NotFound
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.ledger import queries
from x_pilot_api.ledger.schemas import KindTotalOut, LedgerSummaryOut, UnitTotalOut

router = AreaRouter(tags=["ledger"])


@router.get("/ledger/summary", dependencies=[require(Permission.LEDGER_READ)])
async def summarise_ledger(session: Session, actor: CurrentActor) -> LedgerSummaryOut:
    """Add up every transfer of the institution: per unit the sum over all accounts is 0, or the book is broken."""
    if actor.institution_id is None:
        raise NotFound(what="ledger", zh="账簿")
    kinds, counts = await queries.summarise(session, actor.institution_id)
    units: list[UnitTotalOut] = []
    for count in counts:
        totals = [
            KindTotalOut(kind=row.kind, accounts=row.accounts, balance=row.balance, disagreeing=row.disagreeing)
            for row in kinds
            if row.unit == count.unit
        ]
        units.append(
            UnitTotalOut(
                unit=count.unit,
                transfers=count.transfers,
                moved=int(count.moved or 0),
                sum=sum(total.balance for total in totals),
                kinds=totals,
            )
        )
    return LedgerSummaryOut(units=units)
