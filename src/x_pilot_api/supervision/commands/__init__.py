"""The deeds of supervision: schemes, years, assessments, rankings and findings."""

from x_pilot_api.supervision.commands.assessing import fill_assessment, review_assessment, send_back, submit_assessment
from x_pilot_api.supervision.commands.findings import (
    close_finding,
    finish_finding,
    plan_finding,
    raise_finding,
    return_finding,
)
from x_pilot_api.supervision.commands.opening import open_year, publish_ranking, withdraw_ranking
from x_pilot_api.supervision.commands.reminding import remind
from x_pilot_api.supervision.commands.schemes import change_scheme, draft_scheme, enact_scheme

__all__ = [
    "change_scheme",
    "close_finding",
    "draft_scheme",
    "enact_scheme",
    "fill_assessment",
    "finish_finding",
    "open_year",
    "plan_finding",
    "publish_ranking",
    "raise_finding",
    "remind",
    "return_finding",
    "review_assessment",
    "send_back",
    "submit_assessment",
    "withdraw_ranking",
]
