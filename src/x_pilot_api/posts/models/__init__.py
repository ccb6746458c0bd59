"""The tables of posts, working groups and lead units."""

from x_pilot_api.posts.models.groups import (
    GroupState,
    WorkingGroup,
    WorkingGroupCertificate,
    WorkingGroupDeed,
    WorkingGroupLeader,
    WorkingGroupMember,
)
from x_pilot_api.posts.models.posts import CollegePost, PostKind, PostState
from x_pilot_api.posts.models.units import LeadUnit, LeadUnitCertificate, LeadUnitOutcome

__all__ = [
    "CollegePost",
    "GroupState",
    "LeadUnit",
    "LeadUnitCertificate",
    "LeadUnitOutcome",
    "PostKind",
    "PostState",
    "WorkingGroup",
    "WorkingGroupCertificate",
    "WorkingGroupDeed",
    "WorkingGroupLeader",
    "WorkingGroupMember",
]
