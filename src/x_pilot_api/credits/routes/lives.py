"""The lives of credit accounts: freezing, going on, closing."""

from uuid import UUID

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.credits import commands, queries
from x_pilot_api.credits.schemas import AccountDeedIn, CreditAccountOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["credits"])


@router.post("/credit-accounts/{account_id}:freeze", dependencies=[require(Permission.CREDIT_ACCOUNTS_FREEZE)])
async def freeze_credit_account(
    account_id: UUID, body: AccountDeedIn, session: Session, actor: CurrentActor
) -> CreditAccountOut:
    """Let an account take no new credits and give none, and say why; what was pending before still posts in its time.

    Certificates earned meanwhile are issued, and wait as they do for an account that is not open yet.
    """
    account = await commands.freeze_account(session, actor, account_id=account_id, reason=body.reason)
    return await queries.describe_account(session, actor, account)


@router.post("/credit-accounts/{account_id}:unfreeze", dependencies=[require(Permission.CREDIT_ACCOUNTS_FREEZE)])
async def unfreeze_credit_account(
    account_id: UUID, body: AccountDeedIn, session: Session, actor: CurrentActor
) -> CreditAccountOut:
    """Let a frozen account go on, and say why; certificates that waited meanwhile are recognised and posted now."""
    account = await commands.unfreeze_account(session, actor, account_id=account_id, reason=body.reason)
    return await queries.describe_account(session, actor, account)


@router.post("/credit-accounts/{account_id}:close", dependencies=[require(Permission.CREDIT_ACCOUNTS_CLOSE)])
async def close_credit_account(
    account_id: UUID, body: AccountDeedIn, session: Session, actor: CurrentActor
) -> CreditAccountOut:
    """Close an account for good with a certified statement, as when the student moves to another institution.

    409 while credits are held or pending on it. What it holds stays on record there and can be used no more.
    """
    account = await commands.close_account(session, actor, account_id=account_id, reason=body.reason)
    return await queries.describe_account(session, actor, account)
