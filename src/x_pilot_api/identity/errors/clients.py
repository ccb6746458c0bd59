"""Refusals about machine clients, their keys and what they sign."""

from x_pilot_api.core.errors import AppError


class ClientRefused(AppError):
    """The client did not prove who it is; what was wrong with its proof is not told."""

    code = "invalid_client"
    status = 401
    title_zh, title_en = "客户端身份验证失败", "The client did not prove who it is"


class ClientRevoked(AppError):
    """A revoked client stays revoked; make another one."""

    code = "client_revoked"
    title_zh, title_en = "客户端已撤销", "The client is revoked"
    detail_zh, detail_en = "{client_id} 于 {revoked_at} 撤销。", "{client_id} was revoked at {revoked_at}."


class ClientKeysFull(AppError):
    """A client has two keys at a time, so that one can follow the other."""

    code = "client_keys_full"
    title_zh, title_en = "同一时间最多两把密钥", "A client has at most two keys at a time"
    detail_zh = "在 {not_before} 至 {not_after} 之间已有 {keys} 把密钥，请先撤销一把或改用其他时段。"
    detail_en = "There are {keys} between {not_before} and {not_after}: revoke one, or choose another period."


class ClientKeyKnown(AppError):
    """A key belongs to one client and is given once; a revoked one does not come back."""

    code = "client_key_known"
    title_zh, title_en = "该密钥已登记过", "This key was registered before"
    detail_zh, detail_en = "指纹 {kid}。", "Its thumbprint is {kid}."


class ClientKeyPeriod(AppError):
    """A key lives for a bounded time that is not over."""

    code = "client_key_period"
    title_zh, title_en = "密钥有效期不可用", "The key's period cannot be used"
    detail_zh = "有效期 {not_before} 至 {not_after}：须晚于现在结束，且不超过 {limit_days} 天。"
    detail_en = "{not_before} to {not_after}: it must end in the future and last at most {limit_days} days."


class ClientKeyOver(AppError):
    """The key was revoked, or its time is over."""

    code = "client_key_over"
    title_zh, title_en = "密钥已撤销或已过期", "The key is revoked or over"
    detail_zh, detail_en = "指纹 {kid}。", "Its thumbprint is {kid}."


class ClientKeyApproved(AppError):
    """The key was approved before."""

    code = "client_key_approved"
    title_zh, title_en = "密钥已批准", "The key is approved already"
    detail_zh, detail_en = "指纹 {kid}。", "Its thumbprint is {kid}."


class RotationProofRefused(AppError):
    """The proof that came with a new key was not made by a key of the client that counts now."""

    code = "rotation_proof_refused"
    title_zh, title_en = "轮换证明无效", "The rotation's proof does not hold"
    detail_zh = "须由该客户端现行密钥签名，一次有效，且指明新密钥指纹 {kid}。"
    detail_en = "It must be signed by a key of this client that counts now, be used once, and name {kid} as new_key."


class SignatureStillRequired(AppError):
    """Whoever is bound to sign cannot release themselves."""

    code = "signature_still_required"
    title_zh, title_en = "签名要求只能由安全管理员解除", "Only a security administrator lifts the duty to sign"


class SignatureMissing(AppError):
    """This client signs what it pushes."""

    code = "signature_missing"
    status = 401
    title_zh, title_en = "该客户端的推送必须签名", "This client must sign what it pushes"
    detail_zh, detail_en = "缺少 Signature-Input 和 Signature。", "Signature-Input and Signature are missing."


class SignatureRefused(AppError):
    """There is a signature, and it does not hold."""

    code = "signature_refused"
    status = 401
    title_zh, title_en = "请求签名无效", "The request's signature does not hold"
    detail_zh, detail_en = "原因：{reason}。", "The reason: {reason}."
