"""What may be done with a registration, and where it leads."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.exams.models import RegistrationState
from x_pilot_api.identity.permissions import Permission

AUDIT_KIND = "registration"


@dataclass(frozen=True)
class Terms:
    """When a deed is done, where the exams take place, and how long an offered seat is kept."""

    at: datetime
    timezone: str
    offer_hours: int

    @property
    def today(self) -> date:
        """Tell the day where the exams take place."""
        return self.at.astimezone(ZoneInfo(self.timezone)).date()


_S = RegistrationState
_P = Permission

REGISTRATION = Workflow(
    name="registration",
    initial=_S.DRAFT,
    deeds={
        "confirm": Deed(frozenset({_S.DRAFT}), _S.CONFIRMED, _P.REGISTRATIONS_CONFIRM),
        "accept": Deed(frozenset({_S.CONFIRMED}), _S.ACCEPTED, _P.REGISTRATIONS_ACCEPT),
        "queue": Deed(frozenset({_S.CONFIRMED}), _S.WAITING, _P.REGISTRATIONS_ACCEPT),
        "offer": Deed(frozenset({_S.WAITING}), _S.OFFERED, _P.REGISTRATIONS_ACCEPT),
        "take_offer": Deed(frozenset({_S.OFFERED}), _S.ACCEPTED, _P.REGISTRATIONS_CONFIRM),
        "decline_offer": Deed(frozenset({_S.OFFERED}), _S.WITHDRAWN, _P.REGISTRATIONS_CONFIRM),
        "lapse": Deed(frozenset({_S.OFFERED}), _S.WITHDRAWN, _P.REGISTRATIONS_ACCEPT),
        "refuse": Deed(frozenset({_S.DRAFT, _S.CONFIRMED, _S.WAITING}), _S.REFUSED, _P.REGISTRATIONS_ACCEPT),
        "lock": Deed(frozenset({_S.ACCEPTED}), _S.LOCKED, _P.REGISTRATIONS_LOCK),
        "withdraw": Deed(
            frozenset({_S.DRAFT, _S.CONFIRMED, _S.WAITING, _S.OFFERED, _S.ACCEPTED}),
            _S.WITHDRAWN,
            _P.REGISTRATIONS_WITHDRAW,
        ),
    },
)

_NEVER_OFFERED = frozenset({"queue", "offer", "lapse"})
"""Nobody asks for these: accepting without a free seat, a seat that becomes free, and the clock do them."""

HOLDS_A_PLACE = frozenset({_S.WAITING, _S.OFFERED, _S.ACCEPTED, _S.LOCKED})
"""From the college's word on a registration counts against its quota, so that an offer never comes to nothing."""


def allowed_deeds(actor: Actor, state: str) -> list[str]:
    """List what an actor may do next with a registration they see."""
    return [deed for deed in REGISTRATION.allowed_deeds(actor, state=state) if deed not in _NEVER_OFFERED]
