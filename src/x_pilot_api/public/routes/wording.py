"""What the public's pages say, in both languages."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from x_pilot_api.core.languages import Both, Language


class Result(NamedTuple):
    """How a certificate stands, as the page's first sentence."""

    title: Both
    says: Both


RESULTS: Final[Mapping[str, Result]] = {
    "valid": Result(Both("有效", "Valid"), Both("该证书真实，当前有效。", "The certificate is genuine and stands.")),
    "suspended": Result(
        Both("已暂停", "Suspended"),
        Both(
            "该证书真实，但发证方已暂停其效力。", "The certificate is genuine, but its issuer has suspended it for now."
        ),
    ),
    "revoked": Result(
        Both("已撤销", "Revoked"),
        Both("该证书已被撤销，不再有效。", "The certificate was revoked and is no longer good."),
    ),
    "reissued": Result(
        Both("已换发", "Reissued"),
        Both(
            "这张纸质证书已换发，请核验持证人的新证书。", "Another paper took this one's place; ask its holder for it."
        ),
    ),
}
NOT_FOUND: Final = Result(
    Both("查无此证", "Not found"),
    Both(
        "没有与此验证码对应的证书，请核对输入是否完整、准确。",
        "There is no certificate with this code; make sure that it was entered whole and without mistakes.",
    ),
)
SHARE_NOT_FOUND: Final = Result(
    Both("查无此链接", "No such link"),
    Both("链接不完整或有误，请向持证人重新索取。", "The link is incomplete or wrong; ask the holder for it again."),
)
SHARE_CLOSED: Final = Result(
    Both("分享链接已失效", "The link no longer shows anything"),
    Both(
        "持证人已收回链接，或链接已到期、已达到查看次数。",
        "Its holder recalled it, its time is over, or it was looked at as often as its holder allowed.",
    ),
)

SAY: Final[Mapping[str, Both]] = {
    "brand": Both("职业技能等级证书核验", "Certificate verification"),
    "form_title": Both("核验证书", "Verify a certificate"),
    "form_intro": Both(
        "输入证书上的验证码，或用手机扫描证书上的二维码。",
        "Enter the code printed on the certificate, or scan its QR code with a phone.",
    ),
    "code": Both("证书验证码", "The certificate's code"),
    "code_hint": Both(
        "印在证书二维码旁，字母不分大小写；也可粘贴完整网址。",
        "It is printed beside the QR code; capitals or not is the same, and a whole address can be pasted too.",
    ),
    "verify": Both("核验", "Verify"),
    "another": Both("核验另一张证书", "Verify another certificate"),
    "ask_day": Both("查询某一天的状态", "How it stood on another day"),
    "day": Both("日期", "Day"),
    "day_hint": Both("显示该证书在这一天结束时的状态。", "Shows how the certificate stood at the end of that day."),
    "ask": Both("查询", "Show"),
    "privacy": Both(
        "本页不显示身份证件号码和完整姓名，查询不需要登录。",
        "This page shows neither identity numbers nor full names, and asks nobody to sign in.",
    ),
    "test": Both("测试数据：仅供试用，不能证明任何资格。", "Test data: for trying things out; it certifies nothing."),
    "shared_title": Both("持证人分享的证书", "A certificate shared by its holder"),
    "shared_note": Both(
        "由持证人本人分享；持证人可以看到此链接何时被打开。",
        "Shared by its holder, who can see when this link was opened.",
    ),
}

HOLDER: Final = Both("持证人", "Holder")
CERTIFICATE: Final = Both("证书名称", "Certificate")
LEVEL: Final = Both("等级", "Level")
NUMBER: Final = Both("证书编号", "Number")
REISSUED_AS: Final = Both("新证书编号", "New number")
ORGANISATION: Final = Both("培训评价组织", "Issued by")
INSTITUTION: Final = Both("院校", "Institution")
ISSUED_ON: Final = Both("发证日期", "Issued on")
REVOKED_AT: Final = Both("撤销时间", "Revoked at")
SCORE: Final = Both("成绩", "Score")
CREDIT: Final = Both("转换学分", "Credits")
CHECKED_AT: Final = Both("核验时间", "Checked at")
AS_OF: Final = Both("状态截至", "As it stood at")
SHARED_UNTIL: Final = Both("链接有效至", "Link good until")
CODE: Final = Both("验证码", "Code")

LEVELS: Final[Mapping[str, Both]] = {
    "1": Both("初级", "Elementary"),
    "2": Both("中级", "Intermediate"),
    "3": Both("高级", "Advanced"),
}


def said(language: Language) -> dict[str, str]:
    """Give every sentence that templates name, in one language."""
    return {key: both.said_in(language) for key, both in SAY.items()}
