"""What is said of a movement on a credit account and of what it rests on, in both languages."""

from collections.abc import Mapping

from x_pilot_api.core.languages import Both

_KINDS: Mapping[str, Both] = {
    "deposit": Both("认定存入", "Deposited on recognition"),
    "post_deposit": Both("异议期结束，待定学分入账", "Pending credits posted when objections ended"),
    "give_way": Both("以更高等级计，冲回本级学分", "Taken back: a higher level counts"),
    "revoke": Both("证书撤销，冲回学分", "Taken back: the certificate was revoked"),
    "recognise": Both("认定学习成果存入", "Deposited on recognising an outcome"),
    "reverse_outcome": Both("学习成果不再认定，冲回学分", "Taken back: the outcome is recognised no more"),
    "hold_credits": Both("申请转换，占用学分", "Held for a conversion that was asked for"),
    "use_credits": Both("转换办结，使用学分", "Used by a conversion that was granted"),
    "release_credits": Both("转换未成，释放学分", "Released: the conversion did not come about"),
    "unwind_conversion": Both("转换撤销，退回学分", "Given back: the conversion was unwound"),
    "cover_conversion": Both("所依据的学分失效，院校垫付", "Lent: what the conversion used was lost"),
    "uncover_conversion": Both("垫付收回", "The loan was taken back"),
    "time_out": Both("到期未办结，自动释放", "Let go of: its time was over"),
    "expire": Both("按规定到期失效", "Expired by policy"),
    "restore": Both("恢复已失效的学分", "Expired credits restored"),
}
_PHASES: Mapping[str, Both] = {
    "single": Both("入账", "posted"),
    "pending": Both("待定", "pending"),
    "post": Both("待定转入账", "posted from pending"),
    "void": Both("作废", "voided"),
    "timed_out": Both("超时", "timed out"),
}


def movement_words(kind: str, phase: str) -> Both:
    """Write the sentence of a movement; a kind that is not known here is called by its code."""
    what, how = _KINDS.get(kind, Both(kind, kind)), _PHASES.get(phase, Both(phase, phase))
    return Both(f"{what.zh} {{amount}} 学分（{how.zh}）。", f"{what.en}: {{amount}} credits ({how.en}).")


AWARD_EVIDENCE = Both(
    "依据：{certificate} {level} 级证书 {number}，取得日期 {earned_on}。",
    "It rests on the certificate {number} of {certificate}, level {level}, earned on {earned_on}.",
)
OUTCOME_EVIDENCE = Both("依据：{kind} 类学习成果 {basis}。", "It rests on the outcome {basis} ({kind}).")
RULE_EVIDENCE = Both(
    "转换规则第 {version} 版，备案号 {filing_number}。", "Version {version} of the rule, filed as {filing_number}."
)
