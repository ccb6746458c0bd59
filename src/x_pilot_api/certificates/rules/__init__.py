"""What is decided in certificates."""

from x_pilot_api.certificates.rules.feedback import WORKFLOW as FEEDBACK
from x_pilot_api.certificates.rules.reviews import ADMISSION, EXIT

__all__ = ["ADMISSION", "EXIT", "FEEDBACK"]
