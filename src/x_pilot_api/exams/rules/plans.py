"""Where an exam plan is on its way."""

from datetime import date


def plan_state(*, opens_on: date, closes_on: date, exam_on: date, today: date) -> str:
    """Tell a plan's state from its dates, so that no stored state can contradict them."""
    if today < opens_on:
        return "published"
    if today <= closes_on:
        return "registration_open"
    return "registration_closed" if today < exam_on else "held"
