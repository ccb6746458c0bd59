"""Bringing a database's schema to where this code needs it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

_ROOT = Path(__file__).resolve().parents[3]


def _config(url: str) -> Config:
    config = Config(_ROOT / "alembic.ini")
    config.attributes["url"] = url
    return config


def upgrade(url: str, *, to: str = "head", grant: bool = True) -> None:
    """Run the migrations that are missing as the role that owns the tables; at head, grant the service its rights."""
    config = _config(url)
    config.attributes |= {"migrates": True, "grant": grant and to == "head"}
    command.upgrade(config, to)


def downgrade(url: str, *, to: str) -> None:
    """Take migrations back."""
    config = _config(url)
    config.attributes["migrates"] = True
    command.downgrade(config, to)


def write(url: str, *, message: str) -> None:
    """Write a migration from the difference between the models and the database."""
    command.revision(_config(url), message=message, autogenerate=True)


def check(url: str) -> None:
    """Raise when the models say something the migrations do not."""
    command.check(_config(url))


def head() -> str:
    """Name the revision this code needs."""
    revision = ScriptDirectory.from_config(_config("")).get_current_head()
    if revision is None:
        raise RuntimeError("there are no migrations")
    return revision
