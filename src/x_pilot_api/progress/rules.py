"""How far a certificate is, and what is missing to say how far a diploma is."""

from x_pilot_api.core import errors
from x_pilot_api.core.errors import ItemCode
from x_pilot_api.core.languages import Both, Language

_OF_PROGRESS = Both("学业进度中缺少的依据", "What is missing to tell a student's progress")

MISSING = {
    item.code: item
    for item in (
        ItemCode(
            "training_plan_missing",
            _OF_PROGRESS,
            Both(
                "该专业该年级没有生效的人才培养方案，无法说明毕业所需学分。",
                "No training plan of programme and entry year is in force, so that what the diploma asks is not known.",
            ),
            Both("由教务处录入并使该方案生效。", "Let the office enter the plan and put it into force."),
        ),
        ItemCode(
            "plan_categories_missing",
            _OF_PROGRESS,
            Both(
                "人才培养方案没有规定各类课程的学分要求。",
                "The training plan does not say what it asks for in each category of courses.",
            ),
            Both(
                "在方案的新版本中补充各类课程的学分要求。",
                "Add the categories' credits in the plan's next version.",
            ),
        ),
        ItemCode(
            "credit_account_missing",
            _OF_PROGRESS,
            Both(
                "学分账户未开立，证书学分不能存入。",
                "No credit account is open, so certificates bring no credits.",
            ),
            Both("由学院开立学分账户。", "Let the college open the account."),
        ),
    )
}
errors.know_items(*MISSING.values())


def missing(*, has_plan: bool, has_categories: bool, has_account: bool) -> list[str]:
    """Name what is missing, in the order in which it should be settled."""
    found: list[str] = []
    if not has_plan:
        found.append("training_plan_missing")
    elif not has_categories:
        found.append("plan_categories_missing")
    if not has_account:
        found.append("credit_account_missing")
    return found


def why_missing(code: str, *, language: Language) -> str:
    """Say in words what is missing."""
    return MISSING[code].detail.said_in(language)


def stage_of(*, is_awarded: bool, has_passed: bool, has_sat: bool) -> str:
    """Tell how far a student is with a certificate level."""
    if is_awarded:
        return "awarded"
    if has_passed:
        return "passed"
    return "sat" if has_sat else "registered"


def left_of(required: int | None, earned: int) -> int | None:
    """Tell what is still to be earned; more than is asked for leaves nothing."""
    return None if required is None else max(0, required - earned)
