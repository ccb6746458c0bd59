"""What keeps a course's credits as they are: others name the course and rest on them."""

_HOLDS: dict[str, str] = {}


def hold_credits(by: str, condition: str) -> None:
    """Let credits stand while a condition of SQL on `target`, the course, is true; higher areas say theirs."""
    _HOLDS[by] = condition


def held_by() -> str:
    """Write what holds the credits of `target`, the first of it, or nothing."""
    cases = " ".join(f"WHEN {condition} THEN '{by}'" for by, condition in _HOLDS.items())
    return f"(CASE {cases} END)" if cases else "CAST(NULL AS text)"
