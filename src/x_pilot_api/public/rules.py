"""What of a person the public may see."""

from x_pilot_api.registry.rules.documents import mask_name

__all__ = ["mask_name", "mask_number"]

_SHOWN = 4


def mask_number(number: str) -> str:
    """Keep the last four characters of an admission number, which its holder recognises."""
    return "*" * max(len(number) - _SHOWN, 0) + number[-_SHOWN:]
