"""What no file holds: unfinished business, a machine's own paths, a registry's address, a print, a sleep."""

import ast
import re
from collections.abc import Iterator, Mapping

from tests.tidy.sources import Source, Sources, dotted, imported_names

# Written in two parts each, so that this file does not hold what it looks for.
_UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")) + r")\b")
_REGISTRIES = re.compile(
    "|".join((r"pypi\.(org|io)", r"python" + r"hosted\.org", r"npm" + r"js\.(org|com)", r"index-" + r"url"))
)
_MACHINE_PATHS = re.compile(r"(?<![\w.~*$}>-])/(?:work|root|Users|home)/(?!\.{3}|<)[\w.-]+")
_MAY_PRINT = ("src/x_pilot_api/__main__.py", "src/x_pilot_api/demo/")
_SLEEPS = {"time.sleep", "asyncio.sleep", "anyio.sleep"}
# The lock file of the frontend is npm's own; it names no registry either, but its hashes may spell anything.
_HASHES = re.compile(r"sha(256:|512-)\S+")


def violations(texts: Mapping[str, str]) -> list[str]:
    """List the lines of tracked files that are unfinished, or true of one machine only."""
    found: list[str] = []
    for path, text in texts.items():
        for number, line in enumerate(text.splitlines(), start=1):
            bare = _HASHES.sub("", line)
            for pattern, says in (
                (_UNFINISHED, "unfinished"),
                (_REGISTRIES, "a registry's address"),
                (_MACHINE_PATHS, "a path of one machine"),
            ):
                match = pattern.search(bare)
                if match:
                    found.append(f"{path}:{number}: {says}: {match[0]}")
    return found


def _sleeps(source: Source, names: Mapping[str, str]) -> Iterator[ast.Call]:
    """Find the sleeps that stand outside of a loop which asks again; a sleep of 0 only lets others go first."""
    asking_again = {
        id(node) for loop in ast.walk(source.tree) if isinstance(loop, ast.While) for node in ast.walk(loop)
    }
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and _called(node, names) in _SLEEPS and id(node) not in asking_again:
            first = next(iter(node.args), None)
            if not (isinstance(first, ast.Constant) and first.value == 0):
                yield node


def _called(node: ast.Call, names: Mapping[str, str]) -> str:
    head, _, rest = dotted(node.func).partition(".")
    return f"{names.get(head, head)}.{rest}".rstrip(".")


def calls_out_of_place(sources: Sources) -> list[str]:
    """List the prints of the service, which logs, and the sleeps of the tests, which wait for what they wait for."""
    found: list[str] = []
    for source in sources.values():
        names = imported_names(source)
        if source.parts and not source.path.startswith(_MAY_PRINT):
            found += [
                source.at(node, "the service logs, it does not print")
                for node in ast.walk(source.tree)
                if isinstance(node, ast.Call) and _called(node, names) == "print"
            ]
        if source.path.startswith("tests/"):
            found += [
                source.at(node, "a test asks until it is so, it does not sleep") for node in _sleeps(source, names)
            ]
    return found
