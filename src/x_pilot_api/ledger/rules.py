"""What each phase of a transfer does to the balances on its two sides."""

from dataclasses import dataclass

from x_pilot_api.ledger.models import Phase


@dataclass(frozen=True)
class Effect:
    """By how many times the amount each part of a balance changes."""

    posted: int = 0
    pending_in: int = 0
    held_out: int = 0

    @property
    def available(self) -> int:
        """Tell the change of what can be taken: posted less what is held for pending transfers out."""
        return self.posted - self.held_out


DEBIT: dict[Phase, Effect] = {
    Phase.SINGLE: Effect(posted=-1),
    Phase.PENDING: Effect(held_out=1),
    Phase.POST: Effect(posted=-1, held_out=-1),
    Phase.VOID: Effect(held_out=-1),
    Phase.TIMED_OUT: Effect(held_out=-1),
}
CREDIT: dict[Phase, Effect] = {
    Phase.SINGLE: Effect(posted=1),
    Phase.PENDING: Effect(pending_in=1),
    Phase.POST: Effect(posted=1, pending_in=-1),
    Phase.VOID: Effect(pending_in=-1),
    Phase.TIMED_OUT: Effect(pending_in=-1),
}


def effects_table() -> str:
    """Write the two tables as SQL rows (side, phase, posted, pending_in, held_out), so that SQL decides by them too."""
    rows = [
        f"('{side}', '{phase}', {effect.posted}, {effect.pending_in}, {effect.held_out})"
        for side, effects in (("debit", DEBIT), ("credit", CREDIT))
        for phase, effect in effects.items()
    ]
    return f"(VALUES {', '.join(rows)}) AS effect (side, phase, posted, pending_in, held_out)"
