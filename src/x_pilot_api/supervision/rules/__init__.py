"""What may be done in supervision, how indicators are scored and colleges ranked, and when a finding is late."""

from x_pilot_api.supervision.rules.assessing import ASSESSMENT, RANKING
from x_pilot_api.supervision.rules.findings import FINDING
from x_pilot_api.supervision.rules.schemes import SCHEME

__all__ = ["ASSESSMENT", "FINDING", "RANKING", "SCHEME"]
