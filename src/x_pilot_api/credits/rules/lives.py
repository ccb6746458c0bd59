"""The life of a credit account as a table of deeds."""

from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.credits.models import AccountState
from x_pilot_api.identity.permissions import Permission

ACCOUNT = Workflow(
    name="credit account",
    initial=AccountState.ACTIVE,
    deeds={
        "freeze": Deed(frozenset({AccountState.ACTIVE}), AccountState.FROZEN, Permission.CREDIT_ACCOUNTS_FREEZE),
        "unfreeze": Deed(frozenset({AccountState.FROZEN}), AccountState.ACTIVE, Permission.CREDIT_ACCOUNTS_FREEZE),
        "close": Deed(
            frozenset({AccountState.ACTIVE, AccountState.FROZEN}),
            AccountState.CLOSED,
            Permission.CREDIT_ACCOUNTS_CLOSE,
        ),
    },
)
"""A frozen account takes no new deposit and gives nothing; what was pending before still posts when its time comes."""
