"""Finding and telling posts, working groups, what they do not cover, and lead units."""

from x_pilot_api.posts.queries.groups import (
    describe_group,
    describe_groups,
    find_current_leader,
    get_group,
    list_groups,
    visible_groups,
)
from x_pilot_api.posts.queries.holders import Holder, find_holders
from x_pilot_api.posts.queries.posts import (
    describe_posts,
    find_clash,
    get_coverage,
    get_post,
    list_posts,
    visible_posts,
)
from x_pilot_api.posts.queries.uncovered import describe_uncovered, is_uncovered, list_uncovered
from x_pilot_api.posts.queries.units import (
    count_unknown_certificates,
    describe_units,
    find_named_certificates,
    find_terms,
    get_unit,
    list_units,
    visible_units,
)

__all__ = [
    "Holder",
    "count_unknown_certificates",
    "describe_group",
    "describe_groups",
    "describe_posts",
    "describe_uncovered",
    "describe_units",
    "find_clash",
    "find_current_leader",
    "find_holders",
    "find_named_certificates",
    "find_terms",
    "get_coverage",
    "get_group",
    "get_post",
    "get_unit",
    "is_uncovered",
    "list_groups",
    "list_posts",
    "list_uncovered",
    "list_units",
    "visible_groups",
    "visible_posts",
    "visible_units",
]
