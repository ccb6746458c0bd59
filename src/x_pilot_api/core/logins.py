"""The login the service signs in with: what its sessions begin with, and what must hold of them before any is used."""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from x_pilot_api.core import logs
from x_pilot_api.core.db import SERVICE_ROLE, connect_args, session_settings, transaction_at
from x_pilot_api.core.provision import NotReady, told_in_one_line
from x_pilot_api.core.settings import Settings

_MEND = ": run `x-pilot db migrate`, then RECONNECT in PgBouncer's console"


def give_settings(url: str, settings: Settings) -> None:
    """Make the login's sessions begin as the service's role and with its limits, for poolers that pass neither on.

    Every role may do that for itself; the URL must lead to the server, not to the pooler.
    """
    asyncio.run(_give(url, settings))


def check(url: str, settings: Settings) -> None:
    """Refuse a login whose sessions could do or log more than the service's may, or wait longer."""
    asyncio.run(_check(url, settings))


@asynccontextmanager
async def _session(url: str, settings: Settings) -> AsyncGenerator[AsyncConnection]:
    """Open a session as the service opens its own."""
    with told_in_one_line(url):
        async with transaction_at(url, connect_args(settings)) as connection:
            yield connection


async def _give(url: str, settings: Settings) -> None:
    async with _session(url, settings) as connection:
        # An earlier call made this session begin as the service's role, which may not alter the login.
        await connection.execute(text("SET LOCAL ROLE NONE"))
        if await connection.scalar(_OWNS):
            raise NotReady("the login owns tables, and would migrate without that right: let the service have another")
        login, database = (await connection.execute(_NAMES)).one()
        for name, value in {"role": SERVICE_ROLE, **session_settings(settings)}.items():
            await connection.execute(text(f"ALTER ROLE {login} IN DATABASE {database} SET {name} TO '{value}'"))


async def _check(url: str, settings: Settings) -> None:
    async with _session(url, settings) as connection:
        mend = _MEND if settings.behind_pgbouncer else ""
        found = {str(row.name): str(row.value) for row in await connection.execute(_FOUND)}
        for fault in (*_wrong_role(found), *_wrong_limits(found, settings)):
            raise NotReady(fault + mend)
        if told := parameters_logged(found):
            raise NotReady(
                f"the server logs what statements are given, which holds personal data ({told}): "
                "set log_parameter_max_length (and auto_explain.log_parameter_max_length) to 0"
            )
        if found["log_parameter_max_length"] != "0":
            logs.logger.warning("parameters_may_be_logged", set_to_0="log_parameter_max_length")


_NAMES = text("SELECT quote_ident(session_user), quote_ident(current_database())")
_OWNS = text(
    "SELECT EXISTS (SELECT FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner "
    "WHERE rolname = current_user AND relkind IN ('r', 'p', 'v', 'm') AND relpersistence <> 't')"
)
_FOUND = text(f"""
SELECT name, setting AS value FROM pg_settings
UNION ALL SELECT 'current_user', current_user
UNION ALL SELECT 'is_superuser_or_bypasses', (rolsuper OR rolbypassrls)::text FROM pg_roles WHERE rolname = current_user
UNION ALL SELECT 'owns_tables', ({_OWNS.text})::text
""")


def _wrong_role(found: Mapping[str, str]) -> Iterator[str]:
    if found["current_user"] != SERVICE_ROLE:
        yield f"the service acts as {found['current_user']}, it must act as {SERVICE_ROLE}"
    if found["owns_tables"] == "true":
        yield f"{SERVICE_ROLE} owns tables, so that no grant binds it: give them to the owner"
    if found["is_superuser_or_bypasses"] == "true":
        yield f"{SERVICE_ROLE} is a superuser or bypasses row-level security: take that from it"


def _wrong_limits(found: Mapping[str, str], settings: Settings) -> Iterator[str]:
    for name, wanted in session_settings(settings).items():
        if found[name] != wanted:
            yield f"the service's sessions begin with {name}={found[name]}, they must with {wanted}"


def parameters_logged(found: Mapping[str, str]) -> str | None:
    """Name the setting by which the server writes the parameters of our statements into its log, if one does."""
    if found["log_parameter_max_length"] != "0":
        if found["log_statement"] in {"mod", "all"}:
            return f"log_statement={found['log_statement']}"
        for name in ("log_min_duration_statement", "log_min_duration_sample"):
            if found[name] != "-1":
                return f"{name}={found[name]}"
        if float(found["log_transaction_sample_rate"]) > 0:
            return f"log_transaction_sample_rate={found['log_transaction_sample_rate']}"
    explained = found.get("auto_explain.log_min_duration", "-1")
    if explained != "-1" and found.get("auto_explain.log_parameter_max_length") != "0":
        return f"auto_explain.log_min_duration={explained}"
    return None
