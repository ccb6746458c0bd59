"""What each area has on the ground for one place."""

from typing import Any
from uuid import UUID

from tests.authz import governing, makings
from tests.authz.made import Made


def parts_of(made: Made, place: tuple[int, int, int]) -> dict[str, Any]:
    """Find what was made for one place of what each area has."""
    school, college, organisation = place
    return {
        "frozen_account_id": made.frozen_accounts[school, college],
        "message_id": made.messages["student" if school == 0 else "student_2"],
        "waiting_key_id": made.waiting_keys[organisation],
        "ceiling_id": made.ceiling_id,
        "mappings": _rules_of(made, place),
        "notice_id": made.notices[place][0],
        "objection_id": made.notices[place][1],
        "limit_id": made.limits[school],
        "simulation_id": made.simulations[place],
        "conversions": made.conversions[place],
        "fees": made.fees[place],
        "standard_id": made.standards[school, organisation],
        "endpoint_id": made.endpoints[organisation],
        "delivery_id": made.deliveries[organisation],
        "job_ids": {state: made.jobs[school, college, state] for state in ("queued", "failed")},
        "import_ids": {state: made.imports[school, college, state] for state in ("previewed", "applied")},
        "pilot": made.pilot[school, college],
        "posts": made.posts[school, college],
        "halls": made.halls[place],
        "registrations": made.registrations[place],
        "sites": made.sites[place],
        "publications": made.publications[school, college],
        "joint": made.joint[place],
        "tills": made.tills[place],
        "results": made.results[place],
        "settling": made.settling[place],
        "reports": made.reports[school, college],
        "training": made.training[school, college],
        "qualifications": made.qualifications[place],
        "social": made.social[school, college],
        "supervision": made.supervision[school, college],
        **made.certificates_of[place],
        **governing.parts_of(made, school=school, college=college, organisation=organisation),
    }


def _rules_of(made: Made, place: tuple[int, int, int]) -> dict[str, UUID]:
    """Find the rules of a place by their state."""
    return {state: made.mappings[*place, state] for state in (*makings.STATES, "published", makings.ON_NOTICE)}
