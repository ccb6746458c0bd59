"""Whatever the service can do for a person, a page offers it; what no page offers is named with its reason."""

import json
import re
from pathlib import Path
from typing import Any

from tests.web.conftest import FRONTEND, ROOT

_NOT_OFFERED = Path(__file__).with_name("not_offered.txt")
_METHODS = frozenset({"get", "put", "post", "patch", "delete"})


def operations() -> set[str]:
    """List what the service can do."""
    described: dict[str, Any] = json.loads((ROOT / "openapi" / "openapi.json").read_text(encoding="utf-8"))
    return {
        operation["operationId"]
        for path in described["paths"].values()
        for method, operation in path.items()
        if method in _METHODS
    }


def called(source: str) -> set[str]:
    """List the words of a source that the generated client's calls, queries and mutations could be."""
    return {
        re.sub(r"(?:Infinite)?(?:Options|Mutation|QueryKey)$", "", word) for word in re.findall(r"\b[a-z]\w+", source)
    }


def camel(operation: str) -> str:
    """Spell an operation as the generated client does."""
    first, *rest = operation.split("_")
    return first + "".join(word.capitalize() for word in rest)


def not_offered() -> dict[str, str]:
    """Read the operations that no page offers, and why."""
    lines = _NOT_OFFERED.read_text(encoding="utf-8").splitlines()
    return {name.strip(): why.strip() for name, _, why in (line.partition(":") for line in lines if line.strip())}


def test_every_operation_is_offered_by_a_page_or_excused() -> None:
    files = [*(FRONTEND / "src" / "features").rglob("*.ts*"), *(FRONTEND / "src" / "auth").rglob("*.ts")]
    words = called("\n".join(file.read_text(encoding="utf-8") for file in files if ".test." not in file.name))
    offered = {operation for operation in operations() if camel(operation) in words}
    excused = not_offered()
    assert sorted(operations() - offered - excused.keys()) == []
    assert sorted(excused.keys() - operations()) == []
    assert sorted(excused.keys() & offered) == []
    assert [name for name, why in excused.items() if not why] == []


def test_a_call_is_recognised_however_it_is_asked_for() -> None:
    source = "useQuery(listAwardsOptions({})); getAward(); listThingsInfiniteOptions; changeAwardMutation()"
    assert {"listAwards", "getAward", "listThings", "changeAward"} <= called(source)
    assert "list_awards" not in called(source)
    assert camel("get_latest_guarantee_forecast") == "getLatestGuaranteeForecast"
