"""Reading assessment sites, and what is wanted of them."""

from x_pilot_api.sites.queries.demand import list_demand, list_regional_demand
from x_pilot_api.sites.queries.sites import (
    describe,
    get_own_site,
    get_site,
    list_levels,
    list_rooms,
    list_sites,
    lock_level,
)

__all__ = [
    "describe",
    "get_own_site",
    "get_site",
    "list_demand",
    "list_levels",
    "list_regional_demand",
    "list_rooms",
    "list_sites",
    "lock_level",
]
