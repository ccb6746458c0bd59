"""How a result adds up, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from x_pilot_api.core.languages import Both
from x_pilot_api.core.quantities import format_hundredths


@dataclass(frozen=True)
class Component:
    """One component of an assessment with what was reached in it; hundredths."""

    name: str
    score: int | None
    full_mark: int
    weight_percent: int
    pass_mark: int | None


def explain_total(
    components: Sequence[Component], *, total: int | None, combination: str, pass_mark: int, passed: bool | None
) -> Both:
    """Say how a total came about and what it takes to pass."""
    if total is None or any(component.score is None for component in components):
        return Both("没有可计算的分数。", "There are no scores to add up.")
    parts = [
        f"{component.name} {format_hundredths(component.score or 0)}/{format_hundredths(component.full_mark)}"
        f" × {component.weight_percent}%"
        for component in components
    ]
    summed, mark = " + ".join(parts), format_hundredths(pass_mark)
    verdict = Both("合格", "passed") if passed else Both("不合格", "not passed")
    if combination == "every_component":
        each = Both("各部分均须达到合格分", "every part has to reach its own pass mark")
    else:
        each = Both(f"合格线 {mark}", f"the pass mark is {mark}")
    floors = [
        f"{component.name} ≥ {format_hundredths(component.pass_mark)}"
        for component in components
        if component.pass_mark is not None
    ]
    also = f" ({', '.join(floors)})" if floors else ""
    return Both(
        f"{summed} = {format_hundredths(total)}；{each.zh}{also}：{verdict.zh}。",
        f"{summed} = {format_hundredths(total)}; {each.en}{also}: {verdict.en}.",
    )
