"""The bodies of sessions on the pilot."""

from tests.authz.places.place import Place
from x_pilot_api.pilot_sessions.schemas import (
    PilotCancellationIn,
    PilotClassIn,
    PilotMaterialIn,
    PilotParticipantsIn,
    PilotParticipantsRemovalIn,
    PilotSessionChange,
    PilotSessionIn,
)

PLACES = (
    Place("plan_pilot_session", "coordinator", PilotSessionIn, "pilot_sessions"),
    Place("plan_pilot_session", "coordinator", PilotMaterialIn, "pilot_sessions", within=("materials",)),
    Place("change_pilot_session", "coordinator", PilotSessionChange, "pilot_sessions"),
    Place("change_pilot_session", "coordinator", PilotMaterialIn, "pilot_sessions", within=("materials",)),
    Place("cancel_pilot_session", "coordinator", PilotCancellationIn, "pilot_sessions"),
    Place("record_pilot_session_participants", "coordinator", PilotParticipantsIn, "pilot_session_participants"),
    Place(
        "record_pilot_session_participants",
        "coordinator",
        PilotClassIn,
        "pilot_session_participants",
        within=("classes",),
    ),
    Place("remove_pilot_session_participants", "coordinator", PilotParticipantsRemovalIn, "pilot_session_participants"),
)
