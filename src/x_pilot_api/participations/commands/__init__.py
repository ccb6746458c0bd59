"""The deeds on participation: asking, deciding, granting many at once, and taking the places of a quota."""

from x_pilot_api.participations.commands.deciding import (
    approve_participation,
    ask_again,
    ask_participation,
    change_participation,
    end_participation,
    refuse_participation,
    resume_participation,
)
from x_pilot_api.participations.commands.granting import Grant, Place, grant_participations
from x_pilot_api.participations.commands.places import release_places, take_places

__all__ = [
    "Grant",
    "Place",
    "approve_participation",
    "ask_again",
    "ask_participation",
    "change_participation",
    "end_participation",
    "grant_participations",
    "refuse_participation",
    "release_places",
    "resume_participation",
    "take_places",
]
