"""Finding issued certificates, their papers and numbers, and the links that show them."""

from x_pilot_api.awards.queries.finding import (
    awards_visible_to,
    describe_levels,
    get_award,
    list_awards,
    list_standing_wrong,
)
from x_pilot_api.awards.queries.numbers import (
    find_clashes,
    find_newest_version,
    find_patterns,
    find_taken,
    list_clashes,
    list_patterns,
)
from x_pilot_api.awards.queries.reissues import (
    find_open,
    get_reissue,
    list_reissues,
    lock_reissue,
    reissues_visible_to,
    tell_reissues,
)
from x_pilot_api.awards.queries.shares import (
    Shared,
    count_open,
    digest_of,
    find_shared,
    get_share,
    get_shared_award,
    list_shares,
    list_views,
    shares_of,
    tell_shares,
)
from x_pilot_api.awards.queries.telling import newest_paper, tell_award, tell_awards, tell_whole
from x_pilot_api.awards.queries.verification import find_verified

__all__ = [
    "Shared",
    "awards_visible_to",
    "count_open",
    "describe_levels",
    "digest_of",
    "find_clashes",
    "find_newest_version",
    "find_open",
    "find_patterns",
    "find_shared",
    "find_taken",
    "find_verified",
    "get_award",
    "get_reissue",
    "get_share",
    "get_shared_award",
    "list_awards",
    "list_clashes",
    "list_patterns",
    "list_reissues",
    "list_shares",
    "list_standing_wrong",
    "list_views",
    "lock_reissue",
    "newest_paper",
    "reissues_visible_to",
    "shares_of",
    "tell_award",
    "tell_awards",
    "tell_reissues",
    "tell_shares",
    "tell_whole",
]
