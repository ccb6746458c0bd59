"""How an evaluation organisation's system pushes results: prove who you are, read, push signed, and follow.

    pip install httpx "python-jose[cryptography]" "http-message-signatures>=3"
    python push_results.py results.json

`results.json` is a list of rows as `POST /v1/partner/result-batches` takes them; other files
(.ndjson, .csv, .xlsx) are sent as they are. The environment says who you are:
XP_URL (the service's issuer, such as https://x-pilot.example), XP_CLIENT_ID (such as live_…) and XP_KEY_FILE, the PEM
of a P-256 key whose public half was added to that client and approved.
"""

import base64
import hashlib
import json
import os
import sys
import time
import uuid
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from http_message_signatures import HTTPMessageSigner
from http_message_signatures.algorithms import ECDSA_P256_SHA256
from http_message_signatures.resolvers import MappingKeyResolver
from jose import jwk, jwt

COVERED = ("@method", "@target-uri", "content-digest", "content-type", "idempotency-key")


def thumbprint(pem: bytes) -> str:
    """Name the key as RFC 7638 does, which is what the service knows it by."""
    public = jwk.construct(pem.decode(), "ES256").public_key().to_dict()
    members = {name: public[name] for name in ("crv", "kty", "x", "y")}
    plain = {name: value.decode() if isinstance(value, bytes) else value for name, value in members.items()}
    digest = hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def sign_in(api: httpx.Client, issuer: str, client_id: str, pem: bytes, kid: str) -> None:
    """Get an access token by private_key_jwt (RFC 7523); it is good for some minutes, then ask anew."""
    now = int(time.time())
    claims = {"iss": client_id, "sub": client_id, "aud": issuer, "jti": uuid.uuid4().hex, "iat": now, "exp": now + 60}
    assertion = jwt.encode(claims, pem.decode(), algorithm="ES256", headers={"kid": kid})
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion,
    }
    token = api.post("/v1/auth/token", data=form).raise_for_status().json()["access_token"]
    api.headers["Authorization"] = f"Bearer {token}"


def everything(api: httpx.Client, path: str) -> list[dict]:
    """Read a list page by page."""
    items: list[dict] = []
    page: str | None = ""
    while page is not None:
        query = {"page_size": 100} | ({"page_token": page} if page else {})
        answer = api.get(path, params=query).raise_for_status().json()
        items, page = items + answer["items"], answer["next_page_token"]
    return items


MEDIA = {
    ".ndjson": "application/x-ndjson",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def push_rows(api: httpx.Client, plan_id: str, rows: list[dict], pem: bytes, kid: str) -> dict:
    """Push rows as JSON."""
    body = json.dumps({"exam_plan_id": plan_id, "rows": rows}, ensure_ascii=False).encode()
    return push(api, "/v1/partner/result-batches", body, "application/json", pem, kid)


def push(api: httpx.Client, path: str, body: bytes, media: str, pem: bytes, kid: str) -> dict:
    """Push a body, signed (RFC 9421) over the exact bytes that are sent; the same key on a retry counts once."""
    headers = {"Content-Type": media, "Idempotency-Key": hashlib.sha256(body).hexdigest()}
    request = api.build_request("POST", path, content=body, headers=headers)
    private = load_pem_private_key(pem, password=None)
    assert isinstance(private, EllipticCurvePrivateKey)
    keys = MappingKeyResolver(public_keys={}, private_keys={kid: private})
    signer = HTTPMessageSigner(signature_algorithm=ECDSA_P256_SHA256, key_resolver=keys)
    signer.sign(request, key_id=kid, nonce=uuid.uuid4().hex, label="sig", covered_component_ids=COVERED, body=body)
    return api.send(request).raise_for_status().json()


def tell(api: httpx.Client, batch: dict) -> None:
    """Wait until a batch is taken in, and tell what became of each row; `row` and `column` are the file's own."""
    while batch["state"] == "queued":
        time.sleep(2)
        batch = api.get(f"/v1/partner/result-batches/{batch['id']}").raise_for_status().json()
    print(f"batch {batch['id']}: {batch['accepted']} accepted, {batch['rejected']} rejected")
    for row in everything(api, f"/v1/partner/result-batches/{batch['id']}/rows"):
        print(f"  row {row['row']}: {row['outcome']} {row['code'] or ''}".rstrip())


def main() -> None:
    """Push a file of results to the organisation's first exam plan, and tell what became of each row."""
    file = Path(sys.argv[1])
    issuer, client_id = os.environ["XP_URL"], os.environ["XP_CLIENT_ID"]
    pem = Path(os.environ["XP_KEY_FILE"]).read_bytes()
    kid = thumbprint(pem)
    with httpx.Client(base_url=issuer, timeout=60) as api:
        sign_in(api, issuer, client_id, pem, kid)
        plan = everything(api, "/v1/partner/exam-plans")[0]
        if file.suffix in MEDIA:
            # A file of more rows than one batch holds is answered 202: then the batch is read until it is taken in.
            path = f"/v1/partner/result-batches?exam_plan_id={plan['id']}"
            tell(api, push(api, path, file.read_bytes(), MEDIA[file.suffix], pem, kid))
            return
        rows = json.loads(file.read_text(encoding="utf-8"))
        known = {one["admission_number"] for one in everything(api, f"/v1/partner/exam-plans/{plan['id']}/candidates")}
        print(f"plan {plan['code']}: {len(known)} candidates")
        strangers = [row["org_result_id"] for row in rows if row["admission_number"] not in known]
        print(f"{len(strangers)} results of nobody in the plan are left out")
        tell(api, push_rows(api, plan["id"], [row for row in rows if row["admission_number"] in known], pem, kid))
        for event in api.get("/v1/partner/events").raise_for_status().json()["items"]:
            print(f"event {event['type']}")


if __name__ == "__main__":
    main()
