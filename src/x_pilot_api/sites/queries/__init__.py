"""Reading assessment sites, and what is wanted of them."""

from x_pilot_api.sites.queries.demand import list_demand, list_regional_demand
from x_pilot_api.sites.queries.sites import (
    find_level,
    find_rooms,
    get_own_site,
    get_site,
    hold_site,
    list_levels,
    list_rooms,
    list_sites,
    lock_level,
)
from x_pilot_api.sites.queries.telling import describe_sites

__all__ = [
    "describe_sites",
    "find_level",
    "find_rooms",
    "get_own_site",
    "get_site",
    "hold_site",
    "list_demand",
    "list_levels",
    "list_regional_demand",
    "list_rooms",
    "list_sites",
    "lock_level",
]
