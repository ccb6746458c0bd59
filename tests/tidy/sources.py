"""The repository as text and syntax trees, which is what the checks read."""

import ast
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "x_pilot_api"


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the repository's root, and what is in it."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Parse the file once for all checks."""
        return ast.parse(self.text, filename=self.path)

    @property
    def parts(self) -> tuple[str, ...]:
        """Name the folders and the file inside the package, the file without its ending; empty outside of it."""
        head, _, rest = self.path.partition(f"src/{PACKAGE}/")
        return tuple(rest.removesuffix(".py").split("/")) if rest and not head else ()

    @property
    def module(self) -> str:
        """Name the module as an import does."""
        return ".".join((PACKAGE, *self.parts)).removesuffix(".__init__")

    @property
    def area(self) -> str:
        """Name the area the file belongs to, or nothing for the files above all areas."""
        return self.parts[0] if len(self.parts) > 1 else ""

    def is_kind(self, kind: str) -> bool:
        """Tell whether the file is an area's `kind`, as a file or as a package of that name."""
        return self.area not in {"", "core", "demo"} and self.parts[1] == kind

    def at(self, node: ast.AST, says: str) -> str:
        """Write a violation so that an editor can jump to it."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {says}"


Sources = Mapping[str, Source]


def sources_of(texts: Mapping[str, str]) -> Sources:
    """Make sources of bare texts, as the seeded violations do."""
    return {path: Source(path, text) for path, text in texts.items()}


def read_python(*folders: str) -> Sources:
    """Read every Python file under some folders of the repository."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sources_of({path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths})


def read_tracked() -> dict[str, str]:
    """Read every text file that is or would be tracked."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found: dict[str, str] = {}
    for path in filter(None, listed.split("\0")):
        try:
            found[path] = (ROOT / path).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            # A picture or archive has no lines to check; a file deleted but not yet committed has none either.
            continue
    return found


def functions_of(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Find every function, however deep."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def dotted(node: ast.AST) -> str:
    """Write a name or a chain of attributes as it stands in the code; nothing for any other expression."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else f"?.{node.attr}"
    return ""


def imported_names(source: Source) -> dict[str, str]:
    """Map each name that imports bring into the module to the dotted name it stands for."""
    names: dict[str, str] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.asname or alias.name.partition(".")[0]: alias.name for alias in node.names}
    return names


def statements_of_sql(source: Source) -> Iterator[tuple[ast.AST, str]]:
    """Find the string literals that are not docstrings; the gaps of an f-string are written as `{}`."""
    skipped: set[int] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Expr):
            # A string that stands alone documents what is before it.
            skipped.add(id(node.value))
    for node in ast.walk(source.tree):
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in node.values}
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            yield node, "".join(str(part) for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node, node.value
