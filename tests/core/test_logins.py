"""What the service demands of its login's sessions, asked of a real server."""

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr
from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine
from structlog.testing import capture_logs

from x_pilot_api.core import embedded, logins, provision
from x_pilot_api.core.db import driver_url
from x_pilot_api.core.provision import NotReady
from x_pilot_api.core.settings import Settings

AS_DELIVERED = {
    "log_parameter_max_length": "-1",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
}
Superuser = Callable[..., None]


@pytest.fixture(scope="module")
def own_urls(new_database: Callable[[], provision.Urls]) -> provision.Urls:
    return new_database()


@pytest.fixture
def superuser(cluster: embedded.Cluster, own_urls: provision.Urls) -> Superuser:
    """Do something to the database as a superuser."""
    name = urlsplit(own_urls.service).path.removeprefix("/")

    async def execute(statements: tuple[str, ...]) -> None:
        engine = create_async_engine(driver_url(cluster.url(name)), poolclass=NullPool)
        async with engine.begin() as connection:
            for statement in statements:
                await connection.execute(text(statement.replace(":database", name)))
        await engine.dispose()

    return lambda *statements: asyncio.run(execute(statements))


def pooled(url: str) -> Settings:
    return Settings(database_url=SecretStr(url), behind_pgbouncer=True)


def refusal_of(url: str, settings: Settings) -> str:
    with pytest.raises(NotReady) as refusal:
        logins.check(url, settings)
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def test_a_session_begins_as_the_service_with_its_limits(own_urls: provision.Urls) -> None:
    with capture_logs() as logged:
        logins.check(own_urls.service, Settings())
    assert logged == []


def test_a_login_keeps_what_it_was_given_and_is_asked_for_all_of_it(own_urls: provision.Urls) -> None:
    assert "acts as xpilot_login" in refusal_of(own_urls.service, pooled(own_urls.service))
    for _ in range(2):
        logins.give_settings(own_urls.service, pooled(own_urls.service))
        logins.check(own_urls.service, pooled(own_urls.service))
    longer = pooled(own_urls.service).model_copy(update={"lock_timeout_ms": 3_000})
    assert "lock_timeout=2000, they must with 3000" in refusal_of(own_urls.service, longer)


def test_the_owner_of_the_tables_is_not_made_to_act_as_the_service(own_urls: provision.Urls) -> None:
    with pytest.raises(NotReady, match="the login owns tables"):
        logins.give_settings(own_urls.owner, pooled(own_urls.owner))


def test_a_role_that_owns_a_table_or_passes_row_level_security_is_refused(
    own_urls: provision.Urls, superuser: Superuser
) -> None:
    superuser("ALTER TABLE people OWNER TO xpilot_service")
    assert "xpilot_service owns tables" in refusal_of(own_urls.service, Settings())
    superuser("ALTER TABLE people OWNER TO xpilot_owner")
    superuser("ALTER ROLE xpilot_service BYPASSRLS")
    try:
        assert "bypasses row-level security" in refusal_of(own_urls.service, Settings())
    finally:
        superuser("ALTER ROLE xpilot_service NOBYPASSRLS")
    logins.check(own_urls.service, Settings())


def test_a_server_that_logs_what_statements_are_given_is_refused_and_one_that_may_is_warned_of(
    own_urls: provision.Urls, superuser: Superuser
) -> None:
    superuser("ALTER DATABASE :database SET log_parameter_max_length = -1")
    with capture_logs() as logged:
        logins.check(own_urls.service, Settings())
    assert [line["event"] for line in logged] == ["parameters_may_be_logged"]
    superuser("ALTER DATABASE :database SET log_min_duration_statement = 250")
    assert "(log_min_duration_statement=250)" in refusal_of(own_urls.service, Settings())
    superuser("ALTER DATABASE :database SET log_parameter_max_length = 0")
    logins.check(own_urls.service, Settings())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_statement", "mod"),
        ("log_statement", "all"),
        ("log_min_duration_statement", "0"),
        ("log_min_duration_sample", "100"),
        ("log_transaction_sample_rate", "0.01"),
        ("auto_explain.log_min_duration", "100"),
    ],
)
def test_each_way_of_logging_parameters_is_known(name: str, value: str) -> None:
    assert logins.parameters_logged(AS_DELIVERED | {name: value}) == f"{name}={value}"
    kept_out = {"log_parameter_max_length": "0", "auto_explain.log_parameter_max_length": "0"}
    assert logins.parameters_logged(AS_DELIVERED | {name: value} | kept_out) is None


def test_a_server_as_it_is_delivered_logs_no_parameters() -> None:
    assert logins.parameters_logged(AS_DELIVERED | {"log_statement": "ddl"}) is None
