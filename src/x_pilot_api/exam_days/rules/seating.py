"""In which order candidates and seats meet, and what may be done with an arrangement when."""

from collections.abc import Mapping

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.exam_days.models import RoomFilling, SeatArrangement, SeatingOrder
from x_pilot_api.identity.permissions import Permission

OPEN, ARRANGED, PRINTED = "open", "arranged", "printed"

SEATING = Workflow(
    name="seating",
    initial=OPEN,
    deeds={
        "arrange": Deed(frozenset({OPEN, ARRANGED}), ARRANGED, Permission.SEATS_ARRANGE),
        "rearrange": Deed(frozenset({ARRANGED, PRINTED}), ARRANGED, Permission.SEATS_ARRANGE),
        "print": Deed(frozenset({ARRANGED, PRINTED}), PRINTED, Permission.SITTING_PAPERS_PRINT),
    },
)

SEATED_STATES = ("accepted", "locked")
"""Registrations that are given a seat."""

_BY_NUMBER = "length(admission_number), admission_number"

ORDERS: Mapping[SeatingOrder, str] = {
    SeatingOrder.BY_ADMISSION_NUMBER: _BY_NUMBER,
    SeatingOrder.BY_CLASS: f"college_code, class_name NULLS LAST, {_BY_NUMBER}",
    # The k-th of a college's n candidates stands at (k - 1/2) / n, so that each college is spread over the whole
    # line; within a college its classes are spread in the same way, and who is the k-th of a class the seed says.
    SeatingOrder.MIXED: "(college_place - 0.5) / college_size, college_code, registration_id",
}
"""How candidates stand in line, as SQL over the columns of the statement that gives the seats out."""

FILLINGS: Mapping[RoomFilling, str] = {
    RoomFilling.ONE_AFTER_ANOTHER: "room_code, number",
    RoomFilling.EVENLY: "number, room_code",
}
"""How seats stand in line."""


def state_of(arrangement: SeatArrangement | None) -> str:
    """Tell where a sitting's seating stands: printed while the tickets handed out say what is true."""
    if arrangement is None:
        return OPEN
    return PRINTED if arrangement.printed_revision == arrangement.revision else ARRANGED


def allowed_deeds(actor: Actor, arrangement: SeatArrangement | None) -> list[str]:
    """List what an actor may do next; once tickets were handed out nobody is moved who need not be."""
    deeds = SEATING.allowed_deeds(actor, state=state_of(arrangement))
    handed_out = arrangement is not None and arrangement.printed_at is not None
    return [deed for deed in deeds if deed != "arrange" or not handed_out]
