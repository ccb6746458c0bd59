"""The bodies of participations."""

from tests.authz.places.place import Place
from x_pilot_api.participations.schemas import (
    ApprovalIn,
    AskedAgainIn,
    EndIn,
    ParticipationIn,
    QuotaChangeIn,
    RefusalIn,
)

PLACES = (
    Place("ask_participation", "coordinator", ParticipationIn, "participations"),
    Place("ask_participation_again", "coordinator", AskedAgainIn, "participations"),
    Place("approve_participation", "registrar", ApprovalIn, "participations"),
    Place("refuse_participation", "registrar", RefusalIn, "participations"),
    Place("change_participation", "registrar", QuotaChangeIn, "participations"),
    Place("end_participation", "registrar", EndIn, "participations"),
    Place("resume_participation", "registrar", QuotaChangeIn, "participations"),
)
