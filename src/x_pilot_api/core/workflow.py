"""State machines as tables: one row a deed, from which the check, the allowed deeds and the diagrams all come."""

from collections.abc import Mapping
from dataclasses import dataclass

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class DeedNotAllowed(AppError):
    """The object's state does not admit the deed."""

    code = "deed_not_allowed"
    title_zh, title_en = "当前状态不允许此操作", "The state does not admit this"
    detail_zh = "{workflow} 处于 {state}，不能执行 {deed}；需要处于 {sources}。"
    detail_en = "The {workflow} is {state}; {deed} needs it to be {sources}."
    guide = Guide(
        cause=Both(
            "对象所处的状态不允许该操作；可能有人已先一步处理。",
            "The object is in a state that does not admit the deed; perhaps somebody was quicker.",
        ),
        fix=Both(
            "重新读取对象，从 allowed_deeds 中选择可做的操作。",
            "Read the object again and choose from its allowed_deeds.",
        ),
        example={"workflow": "mapping", "state": "draft", "deed": "publish", "sources": "filed"},
    )


@dataclass(frozen=True)
class Deed:
    """What may be done in which states, where it leads, and who may do it."""

    sources: frozenset[str]
    target: str
    permission: str


@dataclass(frozen=True)
class Workflow:
    """One state machine: its name, its first state, its deeds."""

    name: str
    initial: str
    deeds: Mapping[str, Deed]

    def target_of(self, deed: str, *, state: str) -> str:
        """Tell the state a deed leads to, or refuse it."""
        row = self.deeds[deed]
        if state not in row.sources:
            raise DeedNotAllowed(workflow=self.name, state=state, deed=deed, sources=", ".join(sorted(row.sources)))
        return row.target

    def allowed_deeds(self, actor: Actor, *, state: str) -> list[str]:
        """List what this actor may do next, for the client's buttons."""
        return [name for name, deed in self.deeds.items() if state in deed.sources and actor.may(deed.permission)]
