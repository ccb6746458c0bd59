"""The bodies of assessment sites."""

from tests.authz.places.place import Place
from x_pilot_api.sites.schemas import (
    ApplicationIn,
    ProlongationIn,
    RoomIn,
    SiteApprovalIn,
    SiteChange,
    SiteIn,
    SiteLevelIn,
    SiteReasonIn,
)

PLACES = (
    Place("offer_assessment_site", "coordinator", SiteIn, "assessment_sites"),
    Place("offer_assessment_site", "coordinator", RoomIn, "rooms", within=("rooms",)),
    Place("offer_assessment_site", "coordinator", SiteLevelIn, "site_levels", within=("levels",)),
    Place("change_assessment_site", "coordinator", SiteChange, "assessment_sites"),
    Place("add_room", "coordinator", RoomIn, "rooms"),
    Place("change_room", "coordinator", RoomIn, "rooms"),
    Place("apply_for_site_level", "coordinator", SiteLevelIn, "site_levels"),
    Place("apply_for_site_level_again", "coordinator", ApplicationIn, "site_levels"),
    Place("approve_site_level", "org_staff", SiteApprovalIn, "site_levels"),
    Place("refuse_site_level", "org_staff", SiteReasonIn, "site_levels"),
    Place("prolong_site_level", "org_staff", ProlongationIn, "site_levels"),
    Place("suspend_site_level", "org_staff", SiteReasonIn, "site_levels"),
    Place("resume_site_level", "org_staff", SiteReasonIn, "site_levels"),
    Place("withdraw_site_level", "coordinator", SiteReasonIn, "site_levels"),
)
