"""How large a test runs: small in `make test`, large in `make soak`."""

import os


def sized(ci: int, soak: int) -> int:
    """Choose the size of a test by where it runs."""
    return soak if os.environ.get("SOAK") == "1" else ci
