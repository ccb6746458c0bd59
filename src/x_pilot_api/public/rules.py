"""What of a person the public may see."""

from x_pilot_api.registry.rules.documents import mask_name

__all__ = ["mask_name"]
