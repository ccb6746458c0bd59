"""The deeds on posts, working groups and lead units."""

from x_pilot_api.posts.commands.adjusting import adjust_group, change_leader, dissolve_group
from x_pilot_api.posts.commands.groups import decline_group, establish_group, propose_group
from x_pilot_api.posts.commands.posts import appoint_post, decline_post, end_post, hand_over_post, propose_post
from x_pilot_api.posts.commands.telling import tell_uncovered
from x_pilot_api.posts.commands.units import end_lead_unit, load_lead_units

__all__ = [
    "adjust_group",
    "appoint_post",
    "change_leader",
    "decline_group",
    "decline_post",
    "dissolve_group",
    "end_lead_unit",
    "end_post",
    "establish_group",
    "hand_over_post",
    "load_lead_units",
    "propose_group",
    "propose_post",
    "tell_uncovered",
]
