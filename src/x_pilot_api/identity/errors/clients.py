"""Refusals about machine clients, their keys and what they sign."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class ClientRefused(AppError):
    """The client did not prove who it is; what was wrong with its proof is not told."""

    code = "invalid_client"
    status = 401
    title_zh, title_en = "客户端身份验证失败", "The client did not prove who it is"
    guide = Guide(
        cause=Both(
            "凭证过期、已用过、签名不符、受众不是本服务的 issuer，或客户端、密钥已撤销；为防试探，不说明是哪一种。",
            "The proof is old, used, not for our issuer or not by a key that counts; which of these is not told.",
        ),
        fix=Both(
            "检查断言：aud 为 issuer 原文，iss、sub 为 client_id，jti 只用一次，有效期至多 60 秒。",
            "Check it: aud is our issuer, iss and sub are the client_id, jti is new, and it lives 60 seconds at most.",
        ),
    )


class ClientRevoked(AppError):
    """A revoked client stays revoked; make another one."""

    code = "client_revoked"
    title_zh, title_en = "客户端已撤销", "The client is revoked"
    detail_zh, detail_en = "{client_id} 于 {revoked_at} 撤销。", "{client_id} was revoked at {revoked_at}."
    guide = Guide(
        cause=Both(
            "该客户端已撤销，撤销不可恢复。",
            "The client was revoked, which is final.",
        ),
        fix=Both(
            "为该系统新建一个客户端并登记新密钥。",
            "Make another client for the system and register a new key.",
        ),
        example={
            "client_id": "live_zhonglian",
            "revoked_at": "2026-11-28T08:00:00+00:00",
        },
    )


class ClientKeysFull(AppError):
    """A client has two keys at a time, so that one can follow the other."""

    code = "client_keys_full"
    title_zh, title_en = "同一时间最多两把密钥", "A client has at most two keys at a time"
    detail_zh = "在 {not_before} 至 {not_after} 之间已有 {keys} 把密钥，请先撤销一把或改用其他时段。"
    detail_en = "There are {keys} between {not_before} and {not_after}: revoke one, or choose another period."
    guide = Guide(
        cause=Both(
            "同一时间一个客户端最多有两把有效密钥，供轮换时新旧并存。",
            "A client has at most two keys at a time, so that a new one can follow the old.",
        ),
        fix=Both(
            "先撤销一把，或让新密钥的有效期从旧密钥到期时开始。",
            "Revoke one, or let the new key begin when an old one ends.",
        ),
        example={
            "not_before": "2026-12-01T00:00:00+00:00",
            "not_after": "2027-12-01T00:00:00+00:00",
            "keys": 2,
        },
    )


class ClientKeyKnown(AppError):
    """A key belongs to one client and is given once; a revoked one does not come back."""

    code = "client_key_known"
    title_zh, title_en = "该密钥已登记过", "This key was registered before"
    detail_zh, detail_en = "指纹 {kid}。", "Its thumbprint is {kid}."
    guide = Guide(
        cause=Both(
            "每把密钥只属于一个客户端，只登记一次，撤销后不能再用。",
            "A key belongs to one client and is registered once; a revoked one does not come back.",
        ),
        fix=Both(
            "生成一对新的 P-256 密钥并登记其公钥。",
            "Make a new P-256 pair and register its public half.",
        ),
        example={
            "kid": "hW2n4oX7mQ0rT9yK1cVb3ZsLpE5dJ8gAuF6iNqRxYwM",
        },
    )


class ClientKeyPeriod(AppError):
    """A key lives for a bounded time that is not over."""

    code = "client_key_period"
    title_zh, title_en = "密钥有效期不可用", "The key's period cannot be used"
    detail_zh = "有效期 {not_before} 至 {not_after}：须晚于现在结束，且不超过 {limit_days} 天。"
    detail_en = "{not_before} to {not_after}: it must end in the future and last at most {limit_days} days."
    guide = Guide(
        cause=Both(
            "有效期已经结束，或长于允许的天数。",
            "The period is over already, or longer than allowed.",
        ),
        fix=Both(
            "填写以后才结束、且不超过允许天数的有效期。",
            "Give a period that ends in the future and is not longer than allowed.",
        ),
        example={
            "not_before": "2026-12-01T00:00:00+00:00",
            "not_after": "2030-12-01T00:00:00+00:00",
            "limit_days": 730,
        },
    )


class ClientKeyOver(AppError):
    """The key was revoked, or its time is over."""

    code = "client_key_over"
    title_zh, title_en = "密钥已撤销或已过期", "The key is revoked or over"
    detail_zh, detail_en = "指纹 {kid}。", "Its thumbprint is {kid}."
    guide = Guide(
        cause=Both(
            "该密钥已撤销或已过期，不能再批准或撤销。",
            "The key is revoked or over; nothing more can be done with it.",
        ),
        fix=Both(
            "登记一把新密钥。",
            "Register a new key.",
        ),
        example={
            "kid": "hW2n4oX7mQ0rT9yK1cVb3ZsLpE5dJ8gAuF6iNqRxYwM",
        },
    )


class ClientKeyApproved(AppError):
    """The key was approved before."""

    code = "client_key_approved"
    title_zh, title_en = "密钥已批准", "The key is approved already"
    detail_zh, detail_en = "指纹 {kid}。", "Its thumbprint is {kid}."
    guide = Guide(
        cause=Both(
            "该密钥此前已获批准。",
            "The key was approved before.",
        ),
        fix=Both(
            "无需再次批准，可直接使用。",
            "Nothing is left to do: the key can be used.",
        ),
        example={
            "kid": "hW2n4oX7mQ0rT9yK1cVb3ZsLpE5dJ8gAuF6iNqRxYwM",
        },
    )


class RotationProofRefused(AppError):
    """The proof that came with a new key was not made by a key of the client that counts now."""

    code = "rotation_proof_refused"
    title_zh, title_en = "轮换证明无效", "The rotation's proof does not hold"
    detail_zh = "须由该客户端现行密钥签名，一次有效，且指明新密钥指纹 {kid}。"
    detail_en = "It must be signed by a key of this client that counts now, be used once, and name {kid} as new_key."
    guide = Guide(
        cause=Both(
            "轮换证明不是由现行有效的密钥签署、已用过，或没有指明这把新密钥。",
            "The proof was not signed by a key that counts now, was used before, or names another new key.",
        ),
        fix=Both(
            "用现行密钥签署一份新的断言，并在 new_key 中写明新密钥的指纹。",
            "Sign a new assertion with a key that counts, and name the new key's thumbprint as new_key.",
        ),
        example={
            "kid": "hW2n4oX7mQ0rT9yK1cVb3ZsLpE5dJ8gAuF6iNqRxYwM",
        },
    )


class SignatureStillRequired(AppError):
    """Whoever is bound to sign cannot release themselves."""

    code = "signature_still_required"
    title_zh, title_en = "签名要求只能由安全管理员解除", "Only a security administrator lifts the duty to sign"
    guide = Guide(
        cause=Both(
            "签名义务由政策规定，组织自己不能解除。",
            "The duty to sign is policy; whoever is bound by it cannot lift it.",
        ),
        fix=Both(
            "请安全管理员修改 signature_required。",
            "Ask a security administrator to change signature_required.",
        ),
    )


class SignatureMissing(AppError):
    """This client signs what it pushes."""

    code = "signature_missing"
    status = 401
    title_zh, title_en = "该客户端的推送必须签名", "This client must sign what it pushes"
    detail_zh, detail_en = "缺少 Signature-Input 和 Signature。", "Signature-Input and Signature are missing."
    guide = Guide(
        cause=Both(
            "该客户端须为推送签名（RFC 9421），而请求没有签名头。",
            "This client must sign what it pushes (RFC 9421), and the request carries no signature.",
        ),
        fix=Both(
            "按 docs/api-design.md 用登记的密钥签名后重发，Idempotency-Key 不变。",
            "Sign with a registered key as docs/api-design.md shows, and send again with the same Idempotency-Key.",
        ),
    )


class SignatureRefused(AppError):
    """There is a signature, and it does not hold."""

    code = "signature_refused"
    status = 401
    title_zh, title_en = "请求签名无效", "The request's signature does not hold"
    detail_zh, detail_en = "原因：{reason}。", "The reason: {reason}."
    guide = Guide(
        cause=Both(
            "签名、内容摘要、时间、随机数或所覆盖的部分有一项不符。",
            "The signature, the digest, its time, its nonce or what it covers does not hold.",
        ),
        fix=Both(
            "看 reason 一词，按 docs/api-design.md 修正；每次请求用新的 nonce，created 与当前时间相差不超过 300 秒。",
            "Read the word in reason and mend that; each request needs a new nonce and a created within 300 seconds.",
        ),
        example={
            "reason": "digest",
        },
    )
