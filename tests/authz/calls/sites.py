"""How the operations of assessment sites are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from tests.authz import makings
from tests.authz.calls.asking import Call, Json, get, list_of, post
from tests.authz.ground import Corner

SITES = "/v1/assessment-sites"
ROOM: Json = {"code": "N1", "name": "新考场", "kind": "ordinary", "seats": 50, "computers": 0, "equipment": "投影"}


def _period(**more: object) -> Json:
    today = makings.today()
    return {"capacity": 30, "valid_from": str(today), "valid_to": str(today + timedelta(days=400))} | more


def _offer(corner: Corner) -> Json:
    return {
        "organisation_id": str(corner.organisation_id),
        "college_id": str(corner.college_id),
        "code": "NEW-1",
        "name": "新考点",
        "address": "新地址",
        "is_shared": True,
        "rooms": [ROOM],
        "levels": [_period(certificate_level_id=str(corner.level_id))],
    }


def _site(corner: Corner, state: str) -> str:
    return f"{SITES}/{corner.sites[state]}"


def _level(corner: Corner, state: str, deed: str) -> str:
    return f"{_site(corner, state)}/levels/{corner.level_id}:{deed}"


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_assessment_sites": lambda at: list_of(at, SITES, college_id=at.college_id),
    "offer_assessment_site": lambda at: post(SITES, **_offer(at)),
    "get_assessment_site": lambda at: get(_site(at, "approved")),
    "change_assessment_site": lambda at: replace(post(_site(at, "applied"), name="改名"), method="PATCH"),
    "add_room": lambda at: post(f"{_site(at, 'approved')}/rooms", **ROOM),
    "change_room": lambda at: replace(
        post(f"{_site(at, 'approved')}/rooms/{at.sites['approved_room']}", **ROOM), method="PUT"
    ),
    "apply_for_site_level": lambda at: post(
        f"{_site(at, 'approved')}/levels", **_period(certificate_level_id=str(at.spare_level_id))
    ),
    "apply_for_site_level_again": lambda at: post(_level(at, "refused", "apply-again"), **_period()),
    "approve_site_level": lambda at: post(_level(at, "applied", "approve"), capacity=20),
    "refuse_site_level": lambda at: post(_level(at, "applied", "refuse"), reason="不足"),
    "prolong_site_level": lambda at: post(
        _level(at, "approved", "prolong"), valid_to=str(makings.today() + timedelta(days=600))
    ),
    "suspend_site_level": lambda at: post(_level(at, "approved", "suspend"), reason="检修"),
    "resume_site_level": lambda at: post(_level(at, "suspended", "resume"), reason="修复"),
    "withdraw_site_level": lambda at: post(_level(at, "approved", "withdraw"), reason="改建"),
    "list_site_demand": lambda at: list_of(at, "/v1/site-demand"),
    "list_regional_site_demand": lambda at: list_of(at, "/v1/site-demand/regions"),
}
