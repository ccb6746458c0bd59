"""Signing keys that take turns: whoever sees the folder agrees, and nobody refuses what another has signed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.clocks import Clock
from x_pilot_api.core import clock, jwks, rotation, turns
from x_pilot_api.core.provision import NotReady
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.core.tokens import SigningKey, TokenError, TokenIssuer

BEGINNING = datetime(2026, 11, 28, 3, tzinfo=UTC)
LIFE = timedelta(minutes=60)
DAY = timedelta(hours=24)
STEP = timedelta(minutes=10)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock(BEGINNING)
    monkeypatch.setattr(clock, "now", moved.now)
    return moved


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(signing_key_file=tmp_path / "keys", issuer="https://x-pilot.test")


def issuer_of(settings: Settings) -> TokenIssuer:
    return TokenIssuer(issuer=settings.issuer, keys=rotation.keys_in_use(settings))


def issue(issuer: TokenIssuer, now: datetime) -> str:
    return issuer.issue(typ="at+jwt", audience="all", subject="s", lifetime=LIFE, now=now, claims={})


def takes(issuer: TokenIssuer, token: str, now: datetime) -> bool:
    try:
        issuer.verify(token, typ="at+jwt", audience="all", now=now, max_lifetime=LIFE)
    except TokenError:
        return False
    return True


def refusals(settings: Settings, time: Clock, *, published_for: timedelta) -> Iterator[str]:
    """Rotate twice in three days while two processes issue, one of them always late to look for new keys."""
    rotation.rotate(settings, published_for=published_for)
    prompt, late = issuer_of(settings), issuer_of(settings)
    alive: list[str] = []
    for step in range(6 * 24 * 3):
        time.at = BEGINNING + step * STEP
        if step in {10, 200}:
            rotation.rotate(settings, published_for=published_for)
        prompt.use(rotation.keys_in_use(settings))
        if step % 5 == 4:
            late.use(rotation.keys_in_use(settings))
        alive = [*alive, issue(prompt, time.at), issue(late, time.at)][-10:]
        yield from (f"step {step}" for token in alive for issuer in (prompt, late) if not takes(issuer, token, time.at))


def test_no_process_refuses_what_another_signs_while_keys_take_turns(settings: Settings, time: Clock) -> None:
    assert list(refusals(settings, time, published_for=DAY)) == []


def test_keys_that_nobody_needs_are_removed_at_the_next_turn(settings: Settings, time: Clock) -> None:
    for day in range(6):
        time.at = BEGINNING + 2 * day * DAY
        rotation.rotate(settings, published_for=DAY)
    assert len(rotation.scheduled(settings)) == 2


def test_a_key_that_is_retired_at_once_would_be_found(
    settings: Settings, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "KEPT_FOR", timedelta(0))
    assert next(refusals(settings, time, published_for=DAY), None)


def test_a_key_that_signs_before_all_know_it_would_be_found(
    settings: Settings, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "PUBLISHED_AT_LEAST", timedelta(0))
    assert next(refusals(settings, time, published_for=timedelta(0)), None)


def test_the_next_key_is_published_before_it_signs_and_the_last_stays_until_its_tokens_end(
    settings: Settings, time: Clock
) -> None:
    first = rotation.rotate(settings, published_for=DAY).key
    following = rotation.rotate(settings, published_for=DAY).key
    seen: list[list[str]] = []
    for hours in (0, 23, 24, 25, 26):
        time.at = BEGINNING + timedelta(hours=hours)
        seen.append([key.kid for key in rotation.keys_in_use(settings)])
    both, turned = [first.kid, following.kid], [following.kid, first.kid]
    assert seen == [both, both, turned, turned, [following.kid]]


@pytest.mark.usefixtures("time")
def test_one_key_waits_at_a_time_and_none_signs_before_it_was_published(settings: Settings) -> None:
    rotation.rotate(settings, published_for=DAY)
    with pytest.raises(NotReady, match="published"):
        rotation.rotate(settings, published_for=timedelta(minutes=1))
    rotation.rotate(settings, published_for=DAY)
    with pytest.raises(NotReady, match="there already"):
        rotation.rotate(settings, published_for=DAY)


def test_a_single_key_signs_and_does_not_rotate(tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    made = SigningKey.generate()
    file.write_bytes(made.to_pem())
    settings = Settings(signing_key_file=file)
    assert [key.kid for key in rotation.first_keys(settings, may_make=True)] == [made.kid]
    with pytest.raises(NotReady, match="folder"):
        rotation.rotate(settings, published_for=DAY)


def test_what_is_no_key_is_told_with_its_name(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    with pytest.raises(NotReady, match="XPILOT_SIGNING_KEY_FILE"):
        rotation.keys_in_use(settings)
    (tmp_path / "keys" / "mine.pem").write_bytes(SigningKey.generate().to_pem())
    with pytest.raises(NotReady, match="must be named"):
        rotation.keys_in_use(settings)
    (tmp_path / "keys" / "mine.pem").rename(tmp_path / "keys" / "20261128T030000Z.pem")
    (tmp_path / "keys" / "20261129T030000Z.pem").write_bytes(b"none")
    with pytest.raises(NotReady, match="cannot be used"):
        rotation.keys_in_use(settings)


async def test_a_running_service_takes_a_new_key_up_and_keeps_its_keys_when_the_folder_is_gone(
    service: Service, settings: Settings, time: Clock, client: httpx.AsyncClient
) -> None:
    rotation.rotate(settings, published_for=DAY)
    following = replace(service, read_keys=lambda: rotation.keys_in_use(settings))
    jwks.look_again(following)
    answer = await client.get("/.well-known/jwks.json")
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert [key["kid"] for key in answer.json()["keys"]] == [key.kid for key in rotation.keys_in_use(settings)]
    assert {tuple(sorted(key)) for key in answer.json()["keys"]} == {("alg", "crv", "kid", "kty", "use", "x", "y")}
    before = issue(service.tokens, time.at)
    following = replace(service, read_keys=lambda: rotation.keys_in_use(Settings(signing_key_file=Path("/nowhere"))))
    jwks.look_again(following)
    assert takes(service.tokens, before, time.at)
