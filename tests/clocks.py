"""A clock that a test moves."""

from datetime import datetime, timedelta


class Clock:
    """Stands where it was set until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """Tell the instant."""
        return self.at

    def pass_by(self, **how: float) -> None:
        """Let some time pass."""
        self.at += timedelta(**how)
