"""Requests that were made to hurt: too large, too deep, too many, ambiguous, or no HTTP at all."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

HOST = b"Host: x-pilot.test\r\n"
BATCHES = b"/v1/partner/result-batches"
MANY = 100_000


@dataclass(frozen=True)
class Abuse:
    """One way to hurt: the bytes, in parts; `status` are the answers it may get, 0 stands for being hung up on."""

    says: str
    parts: tuple[bytes, ...]
    statuses: frozenset[int] = frozenset(range(400, 500))


def _post(says: str, path: bytes, body: bytes, *, token: bytes, kind: bytes = b"application/json") -> Abuse:
    head = (
        b"POST " + path + b" HTTP/1.1\r\n" + HOST + b"Authorization: Bearer " + token + b"\r\nContent-Type: " + kind
        + b"\r\nIdempotency-Key: abuse\r\nContent-Length: " + str(len(body)).encode() + b"\r\nConnection: close\r\n\r\n"
    )  # fmt: skip
    return Abuse(says, (head, body), frozenset(range(400, 500)) | {0})


def _get(says: str, target: bytes, *, token: bytes, headers: bytes = b"", also: int = 400) -> Abuse:
    head = b"GET " + target + b" HTTP/1.1\r\n" + HOST + b"Authorization: Bearer " + token + b"\r\n" + headers
    return Abuse(says, (head + b"Connection: close\r\n\r\n",), frozenset(range(400, 500)) | {also})


def _row(**changes: object) -> dict[str, object]:
    return {
        "org_result_id": "A-1",
        "revision": 1,
        "admission_number": "unknown",
        "document_number": "unknown",
        "activity": "present",
        "grading": "final",
        "components": {"theory": "80.00"},
    } | changes


def bodies(token: bytes, plan_id: str) -> Iterator[Abuse]:
    """Make bodies that are hard to take in."""
    mappings = b"/v1/mappings"
    yield _post("3 MB declared", mappings, b" " * 3_000_000, token=token)
    yield _post("17 MB batch", BATCHES, b" " * 17_500_000, token=token)
    yield _post("arrays in arrays", BATCHES, b"[" * MANY + b"]" * MANY, token=token)
    yield _post("objects in objects", BATCHES, b'{"a":' * MANY + b"1" + b"}" * MANY, token=token)
    yield _post("an integer of 100,000 digits", BATCHES, b'{"rows":' + b"9" * MANY + b"}", token=token)
    yield _post("not JSON", BATCHES, b"\x00\xff" * 1_000, token=token)
    yield _post("half a surrogate", BATCHES, b'{"exam_plan_id":"\\ud800","rows":[]}', token=token)
    yield _post("100,000 keys", BATCHES, json.dumps({str(key): key for key in range(MANY)}).encode(), token=token)
    yield _post("one key 100,000 times", BATCHES, b"{" + b'"rows":[],' * MANY + b'"rows":[]}', token=token)
    yield _post("a form that is JSON", b"/v1/auth/token", b"{}", token=token)
    fields = b"&".join(b"a%d=1" % number for number in range(MANY))
    yield _post("100,000 fields", b"/v1/auth/token", fields, token=token, kind=b"application/x-www-form-urlencoded")
    part = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    yield _post("10,000 parts", b"/v1/auth/token", part * 10_000, token=token, kind=b"multipart/form-data; boundary=b")
    yield _post(
        "a part without an end",
        b"/v1/auth/token",
        b'--b\r\nContent-Disposition: form-data; name="' + b"a" * 1_000_000,
        token=token,
        kind=b"multipart/form-data; boundary=b",
    )
    yield _post(
        "10,001 rows", BATCHES, json.dumps({"exam_plan_id": plan_id, "rows": [_row()] * 10_001}).encode(), token=token
    )


def rows(token: bytes, plan_id: str) -> Iterator[Abuse]:
    """Make batches whose one row is spoilt: the batch is taken in and the row rejected, or the batch is refused."""
    spoilt: list[dict[str, object]] = [
        {"revision": 2**31}, {"revision": 2**63}, {"revision": 10**300}, {"revision": -1}, {"revision": 0.5},
        {"org_result_id": "\x00"}, {"org_result_id": "\ud800"}, {"org_result_id": "x" * MANY},
        {"components": {"theory": "1e1000000"}}, {"components": {"theory": "9" * MANY}},
        {"components": {str(number): "1" for number in range(5_000)}}, {"total": "NaN"}, {"reason": "\x1b[2J" * 100},
        {"certificate_number": "(a+)+$" * 1_000}, {"activity": {"$ne": None}}, {"grading": ["final"]},
    ]  # fmt: skip
    head = b"POST " + BATCHES + b"?validate_only=true HTTP/1.1\r\n" + HOST + b"Authorization: Bearer " + token
    for changes in spoilt:
        body = json.dumps({"exam_plan_id": plan_id, "rows": [_row(**changes)]}).encode()
        length = str(len(body)).encode()
        wholly = (
            head
            + b"\r\nContent-Type: application/json\r\nContent-Length: "
            + length
            + b"\r\nConnection: close\r\n\r\n"
            + body
        )
        yield Abuse(f"a row with {str(changes)[:60]}", (wholly,), frozenset(range(400, 500)) | {200})


def queries(token: bytes) -> Iterator[Abuse]:
    """Make addresses and headers that are hard to read."""
    nested = b"(a" * 200 + b"+)+" * 200
    yield _get("a page of 10^300 rows", b"/v1/certificates?page_size=1" + b"0" * 300, token=token, also=200)
    yield _get("a page of -1 rows", b"/v1/certificates?page_size=-1", token=token)
    yield _get("a page of no number", b"/v1/certificates?page_size=1e9", token=token)
    yield _get("a token of nothing", b"/v1/certificates?page_token=" + b"A" * 400, token=token)
    yield _get("a regular expression", b"/v1/certificates?text=" + nested, token=token, also=200)
    yield _get("wildcards only", b"/v1/certificates?text=" + b"%25" * 300, token=token, also=200)
    yield _get("a NUL in a filter", b"/v1/certificates?text=%00", token=token, also=200)
    yield _get("bytes that are no text", b"/v1/certificates?text=%ff%fe", token=token, also=200)
    yield _get(
        "1,000 parameters", b"/v1/certificates?" + b"&".join(b"p%d=1" % number for number in range(1_000)), token=token
    )
    yield _get("a sort key", b"/v1/certificates?order_by=password_hash", token=token)
    yield _get("a NUL in the path", b"/v1/verify/%00", token=token)
    yield _get("out of the folder", b"/v1/%2e%2e/%2e%2e/etc/passwd", token=token)
    yield _get("an address of 100,000 bytes", b"/" + b"a" * MANY, token=token)
    yield _get(
        "200 headers", b"/healthz", token=token, headers=b"".join(b"X-%d: 1\r\n" % number for number in range(200))
    )
    yield _get("a header of 100,000 bytes", b"/healthz", token=token, headers=b"X-A: " + b"a" * MANY + b"\r\n")
    yield _get("a token of 30,000 bytes", b"/v1/me", token=b"A" * 30_000)
    yield _get("languages", b"/v1/nothing", token=token, headers=b"Accept-Language: " + b"en;q=0.1," * 3_000 + b"\r\n")


def ambiguities() -> Iterator[Abuse]:
    """Make what two servers in a row could read differently, and what is no HTTP."""
    post = b"POST /v1/auth/token HTTP/1.1\r\n" + HOST
    hidden = b"0\r\n\r\nGET /v1/me HTTP/1.1\r\n" + HOST + b"\r\n"
    chunked = b"Transfer-Encoding: chunked\r\n"
    refused = frozenset(range(400, 500)) | {0}
    yield Abuse("length and chunks", (post + b"Content-Length: 5\r\n" + chunked + b"\r\n" + hidden,), refused)
    yield Abuse("chunks and length", (post + chunked + b"Content-Length: 5\r\n\r\n" + hidden,), refused)
    yield Abuse("two lengths", (post + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",), refused)
    yield Abuse("a length with a sign", (post + b"Content-Length: +5\r\n\r\nhello",), refused)
    yield Abuse("a length below zero", (post + b"Content-Length: -5\r\n\r\n",), refused)
    yield Abuse("a length of 10^30", (post + b"Content-Length: 1" + b"0" * 30 + b"\r\n\r\n",), refused)
    yield Abuse("chunks that are called otherwise", (post + b"Transfer-Encoding: xchunked\r\n\r\n" + hidden,), refused)
    yield Abuse("a space before the colon", (post + b"Content-Length : 5\r\n\r\nhello",), refused)
    yield Abuse("a folded header", (post + b"X-A: a\r\n b\r\n\r\n",), refused)
    yield Abuse("a chunk of 2^64 bytes", (post + chunked + b"\r\nFFFFFFFFFFFFFFFFF\r\n",), refused)
    yield Abuse("a chunk below zero", (post + chunked + b"\r\n-1\r\n",), refused)
    yield Abuse(
        "40 MB in chunks", (post + chunked + b"\r\n", *((b"10000\r\n" + b"a" * 65_536 + b"\r\n",) * 640)), refused
    )
    yield Abuse("a method of 10,000 letters", (b"A" * 10_000 + b" / HTTP/1.1\r\n" + HOST + b"\r\n",), refused)
    yield Abuse("a TLS greeting", (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,), refused)
    yield Abuse("HTTP/2 at once", (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",), refused | {505})
    yield Abuse("another version", (b"GET / HTTP/9.9\r\n" + HOST + b"\r\n",), refused | {505})
    yield Abuse(
        "rubbish after a request", (b"GET /v1/nothing HTTP/1.1\r\n" + HOST + b"\r\n" + b"\x00\xff" * 500,), refused
    )
    upgrade = (
        b"Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n\r\n"
    )
    yield Abuse("a web socket", (b"GET /v1/me HTTP/1.1\r\n" + HOST + upgrade,), refused)
    yield Abuse("TRACE", (b"TRACE /v1/me HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n",), refused)
    yield Abuse("CONNECT", (b"CONNECT 127.0.0.1:22 HTTP/1.1\r\n" + HOST + b"\r\n",), refused)
    yield Abuse(
        "a head of 20 MB", (b"GET / HTTP/1.1\r\n" + HOST, *((b"X-A: " + b"a" * 65_000 + b"\r\n",) * 320)), refused
    )
    many = (b"GET /v1/nothing HTTP/1.1\r\n" + HOST + b"\r\n") * 500
    last = b"GET /v1/nothing HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
    yield Abuse("500 requests at once", (many + last,), refused)
