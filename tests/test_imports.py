"""The import contracts of pyproject.toml hold, and each of them notices when it is broken."""

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONTRACTS: dict[str, str] = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
}


@dataclass(frozen=True)
class Breach:
    """One import that a contract forbids: the module that gets it, and what it imports."""

    contract: str
    importer: str
    imported: str


BREACHES = (
    Breach("areas", "ledger.queries", "credits.models"),
    Breach("areas", "awards.queries", "fees.models"),
    Breach("areas", "core.clock", "identity.models"),
    Breach("areas", "worker", "app"),
    Breach("areas", "serving", "demo.loader"),
    Breach("inside", "identity.models", "identity.queries"),
    Breach("inside", "credits.rules", "credits.schemas"),
    Breach("inside", "exams.commands.push", "exams.routes"),
    Breach("http", "credits.commands.opening", "fastapi"),
    Breach("http", "exams.errors", "starlette"),
    Breach("rules", "credits.rules", "os"),
    Breach("rules", "ledger.rules", "core.clock"),
    Breach("reads", "credits.queries", "ledger.commands"),
    Breach("entrances", "public.routes", "awards.routes"),
    Breach("jose", "identity.commands", "jose"),
    Breach("server", "identity.queries", "core.provision"),
    Breach("server", "ledger.commands", "asyncpg"),
)
UNPLACED = (("areas", "loyalty.__init__"), ("inside", "registry.utils"))


def lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Check the contracts of a copy of the repository."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src"), "COLUMNS": "200", "NO_COLOR": "1"},
        check=False,
        capture_output=True,
        text=True,
    )


def test_the_imports_keep_all_contracts() -> None:
    told = lint(ROOT)
    assert told.returncode == 0, told.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Make a copy of the repository that a test may break."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    return tmp_path


def file_of(folder: Path, module: str) -> Path:
    return (folder / "src" / "x_pilot_api" / module.replace(".", "/")).with_suffix(".py")


def full_name(folder: Path, module: str) -> str:
    """Name one of our modules as an import does; another package has its full name already."""
    ours = file_of(folder, module)
    return f"x_pilot_api.{module}" if ours.exists() or ours.with_suffix("").is_dir() else module


@pytest.mark.parametrize("breach", BREACHES, ids=lambda it: f"{it.importer}-{it.imported}")
def test_a_forbidden_import_is_noticed(breach: Breach, copy: Path) -> None:
    imported = full_name(copy, breach.imported)
    with file_of(copy, breach.importer).open("a", encoding="utf-8") as file:
        file.write(f"\nimport {imported}\n")
    told = lint(copy, "--contract", breach.contract)
    assert told.returncode == 1
    assert f"{CONTRACTS[breach.contract]} BROKEN" in told.stdout
    assert f"{full_name(copy, breach.importer)} -> {imported} (l." in told.stdout


@pytest.mark.parametrize(("contract", "module"), UNPLACED)
def test_a_module_without_a_place_is_noticed(contract: str, module: str, copy: Path) -> None:
    file = file_of(copy, module)
    file.parent.mkdir(exist_ok=True)
    file.write_text('"""Nobody said where this stands."""\n', encoding="utf-8")
    told = lint(copy, "--contract", contract)
    assert told.returncode == 1
    assert f"{CONTRACTS[contract]} BROKEN" in told.stdout
    assert f"- x_pilot_api.{module.removesuffix('.__init__')}\n" in told.stdout


def test_every_contract_has_a_breach() -> None:
    assert {breach.contract for breach in BREACHES} == set(CONTRACTS)
