"""Reading seed teachers, training consortia, and who may teach or examine what."""

from x_pilot_api.qualifications.queries.categories import (
    describe_categories,
    get_category,
    list_categories,
    list_unknown_certificates,
    visible_categories,
)
from x_pilot_api.qualifications.queries.consortia import (
    describe_consortia,
    find_consortium_of,
    get_consortium,
    list_consortia,
    list_open_members,
    visible_consortia,
)
from x_pilot_api.qualifications.queries.coverage import Asked, find_qualified, list_coverage
from x_pilot_api.qualifications.queries.granting import JudgedGrant, judge_grants
from x_pilot_api.qualifications.queries.holding import (
    describe_qualifications,
    list_qualifications,
    lock_qualification,
    qualifications_visible_to,
)
from x_pilot_api.qualifications.queries.seeds import (
    describe_seeds,
    get_seed,
    hold_seed,
    list_seeds,
    seeds_visible_to,
)

__all__ = [
    "Asked",
    "JudgedGrant",
    "describe_categories",
    "describe_consortia",
    "describe_qualifications",
    "describe_seeds",
    "find_consortium_of",
    "find_qualified",
    "get_category",
    "get_consortium",
    "get_seed",
    "hold_seed",
    "judge_grants",
    "list_categories",
    "list_consortia",
    "list_coverage",
    "list_open_members",
    "list_qualifications",
    "list_seeds",
    "list_unknown_certificates",
    "lock_qualification",
    "qualifications_visible_to",
    "seeds_visible_to",
    "visible_categories",
    "visible_consortia",
]
