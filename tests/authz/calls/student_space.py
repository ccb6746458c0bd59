"""How the operations of a student's own space are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from tests.authz.calls.asking import Call, deed, get, post
from tests.authz.ground import Corner
from x_pilot_api.core import clock

REGISTRATIONS = "/v1/me/registrations"
OF_THE_SCHOOL = frozenset({"s1o1", "s1o2"})
"""Exams that are announced at a school are for its students to know of, whoever holds them."""

OF_THE_PROGRAMME = frozenset({"s1p0o1", "s1p0o2"})
"""Rules that are published for a programme are for its students to know of, whoever's certificate they are about."""


def _share(at: Corner) -> Call:
    until = (clock.now() + timedelta(days=30)).isoformat()
    return post(f"/v1/me/awards/{at.spare_award_id}/shares", fields=["level"], expires_at=until)


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "get_own_guarantee": lambda _: get("/v1/me/guarantee"),
    "get_own_overview": lambda _: get("/v1/me/overview"),
    "list_own_registrations": lambda _: get("/v1/me/registrations"),
    "list_own_results": lambda _: get("/v1/me/results"),
    "get_own_result": lambda at: get(f"/v1/me/results/{at.registration_id}"),
    "list_own_awards": lambda _: get("/v1/me/awards"),
    "get_own_credit_account": lambda _: get("/v1/me/credit-account"),
    "list_own_outcomes": lambda _: get("/v1/me/learning-outcomes"),
    "explain_own_certificate": lambda at: get(f"/v1/me/certificates/{at.level_id}:explain"),
    "get_own_progress": lambda _: get("/v1/me/progress"),
    "list_open_exams": lambda _: replace(get("/v1/me/open-exams"), shown=OF_THE_SCHOOL),
    "explain_own_eligibility": lambda at: get(
        f"/v1/me/open-exams/{at.plan_id}:eligibility", certificate_level_id=at.level_id
    ),
    "register_myself": lambda at: replace(
        post(REGISTRATIONS, exam_plan_id=at.plan_id, certificate_level_id=at.level_id), shown=OF_THE_SCHOOL
    ),
    "confirm_own_registration": lambda at: deed(f"{REGISTRATIONS}/{at.registrations['draft']}:confirm"),
    "withdraw_own_registration": lambda at: post(
        f"{REGISTRATIONS}/{at.registrations['draft']}:withdraw", reason="改选"
    ),
    "take_own_offer": lambda at: deed(f"{REGISTRATIONS}/{at.registrations['offered']}:take-offer"),
    "decline_own_offer": lambda at: deed(f"{REGISTRATIONS}/{at.registrations['offered']}:decline-offer"),
    "get_own_ticket": lambda at: get(f"{REGISTRATIONS}/{at.halls['registration']}/ticket"),
    "list_own_conversions": lambda _: get("/v1/me/conversions"),
    "get_own_conversion": lambda at: get(f"/v1/me/conversions/{at.conversions['college0']}"),
    "request_own_conversions": lambda at: post(
        "/v1/me/conversions",
        wishes=[
            {
                "outcome_id": str(at.conversions["outcome"]),
                "courses": [{"course_id": str(at.conversions["own_course0"]), "credit": "0.50"}],
            }
        ],
    ),
    "list_offset_options": lambda _: replace(get("/v1/me/offset-options"), shown=OF_THE_PROGRAMME),
    "request_own_offsets": lambda at: post(
        "/v1/me/offsets",
        wishes=[
            {
                "mapping_id": str(at.conversions["offset_rule"]),
                "course_ids": [str(at.conversions["own_offset_course0"])],
            }
        ],
    ),
    "withdraw_own_conversion": lambda at: post(
        "/v1/me/conversions:withdraw", conversion_id=at.conversions["own_withdrawn0"], reason="改选"
    ),
    "list_own_objections": lambda _: get("/v1/me/objections"),
    "raise_own_objection": lambda at: post(
        f"/v1/me/results/{at.results['noticed_registration']}/objections", text="有误"
    ),
    "withdraw_own_objection": lambda at: deed(f"/v1/me/objections/{at.results['raised']}:withdraw"),
    "list_own_shares": lambda _: get("/v1/me/award-shares"),
    "share_own_award": _share,
    "recall_own_share": lambda at: deed(f"/v1/me/award-shares/{at.share_id}:recall"),
    "list_own_share_views": lambda at: get(f"/v1/me/award-shares/{at.share_id}/views", page_size=100),
    "list_own_changes": lambda _: get("/v1/me/changes"),
}
