"""Searching Chinese, which version holds, what changed, what must not be public: decided without a database."""

import itertools
import random
import unicodedata
from datetime import date

import pytest

from x_pilot_api.publications.errors import PersonalDataFound
from x_pilot_api.publications.models import Change, PolicyVersion, VersionStanding
from x_pilot_api.publications.rules import cases, policies, search

_ALPHABET = "证书学分银行认定转换考核费用〔〕（）［］【】「」，。、；：？！“”１２３０0123ＡＢab+＋Xx 　\n-—·㈠①龥𠮷々〇"


def _holds(text: str, query: str) -> bool:
    """Decide as the database does: first by grams, then by the text itself."""
    words = search.words_of(query)
    folded = search.fold(text).text
    return set(search.grams_asked(words)) <= set(search.grams_of(folded)) and all(word in folded for word in words)


def _texts() -> list[str]:
    dice = random.Random(20261128)  # noqa: S311 - the same texts each time
    return [
        unicodedata.normalize("NFC", "".join(dice.choice(_ALPHABET) for _ in range(dice.randint(2, 60))))
        for _ in range(400)
    ]


def test_a_text_is_found_by_each_of_its_own_two_and_three_characters() -> None:
    for text in _texts():
        for size in (1, 2, 3, 7):
            for at in range(len(text) - size + 1):
                piece = text[at : at + size]
                assert _holds(text, piece), (text, piece)


def test_marking_gives_the_text_back_and_marks_what_was_looked_for() -> None:
    for text in _texts():
        words = search.words_of(text[1:4])
        segments = search.mark(text, words)
        assert "".join(segment.text for segment in segments) == text
        assert any(segment.is_hit for segment in segments) == bool(words)
        assert all(before.is_hit != after.is_hit for before, after in itertools.pairwise(segments))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("教职所〔2020〕22号", "教职所[2020]22号"),
        ("教职所[2020]22号", "教职所（2020）22号"),
        ("教职所〔２０２０〕２２号", "2020"),
        ("１＋Ｘ证书", "1+x证书"),
        ("通　知", "通知"),
        ("「学分银行」", "“学分银行”"),
        ("智能财税ABC", "ａｂｃ"),
        ("职业技能，等级证书", "技能 等级"),
    ],
)
def test_width_case_brackets_and_blanks_do_not_matter(text: str, query: str) -> None:
    assert _holds(text, query)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("证书认定", "书证"),
        ("学分与分银与银行", "学分银行"),  # every pair occurs, the word does not
        ("认定。转换", "定转"),
        ("教职所〔2020〕22号", "教职所〔2020〕23号"),
        ("考核\n费用", "核费"),
    ],
)
def test_what_does_not_stand_there_is_not_found(text: str, query: str) -> None:
    assert not _holds(text, query)


def test_what_has_no_letter_is_no_word_and_a_word_counts_once() -> None:
    assert search.words_of("， 。〔〕") == []
    assert search.words_of("证书 證書 证书") == ["证书", "證書"]


def test_a_snippet_shows_the_paragraph_that_says_most_around_its_hit() -> None:
    body = "费用另行规定。\n" + "前" * 80 + "考核费用不得超过上限" + "后" * 80
    shown = search.snippet(body, search.words_of("考核 费用"))
    assert [segment.text for segment in shown if segment.is_hit] == ["考核费用"]
    assert (shown[0].text, shown[-1].text) == ("…", "…")
    assert sum(len(segment.text) for segment in shown) <= search.SNIPPET + 2
    assert search.snippet("\n只有一段", []) == [search.Segment("只有一段", is_hit=False)]


def _version(number: int, begins: str, ends: str | None = None) -> PolicyVersion:
    return PolicyVersion(
        number=number,
        in_force_from=date.fromisoformat(begins),
        in_force_to=date.fromisoformat(ends) if ends else None,
    )


@pytest.mark.parametrize(
    ("on", "first", "second"),
    [
        ("2019-12-31", VersionStanding.COMING, VersionStanding.COMING),
        ("2020-01-01", VersionStanding.IN_FORCE, VersionStanding.COMING),
        ("2020-12-31", VersionStanding.IN_FORCE, VersionStanding.COMING),
        ("2021-01-01", VersionStanding.SUPERSEDED, VersionStanding.IN_FORCE),
        ("2022-01-01", VersionStanding.SUPERSEDED, VersionStanding.ENDED),
        ("2023-01-01", VersionStanding.SUPERSEDED, VersionStanding.REPEALED),
    ],
)
def test_one_version_holds_at_most_on_a_day(on: str, first: VersionStanding, second: VersionStanding) -> None:
    versions = [_version(1, "2020-01-01"), _version(2, "2021-01-01", "2022-01-01")]
    day, end = date.fromisoformat(on), date(2023, 1, 1)
    found = [policies.standing(version, versions, repealed_on=end, on=day) for version in versions]
    assert found == [first, second]


def test_a_comparison_keeps_order_and_loses_no_paragraph() -> None:
    before, after = "甲\n乙\n丙\n丁", "甲\n乙改\n丁\n戊"
    lines = policies.compare(before, after)
    assert [line.before for line in lines if line.before is not None] == ["甲", "乙", "丙", "丁"]
    assert [line.after for line in lines if line.after is not None] == ["甲", "乙改", "丁", "戊"]
    assert [line.change for line in lines] == [Change.SAME, Change.CHANGED, Change.REMOVED, Change.SAME, Change.ADDED]
    assert {line.change for line in policies.compare(before, before)} == {Change.SAME}


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("身份证11010519491231002X", ["identity number"]),
        ("身份证１１０１０５１９４９１２３１００２Ｘ。", ["identity number"]),
        ("110105 19491231 002x", ["identity number"]),
        ("电话138-1234-5678", ["phone number"]),
        ("手机 +86 13812345678", ["phone number"]),
        ("邮箱 office@school.example", ["mail address"]),
        ("教职所〔2020〕22号", []),
        ("2024级学生共1380人,取证率86.50%", []),
        ("项目编号 20240138123456789012", []),
        ("统一代码 91350100M000100Y43", []),
    ],
)
def test_a_persons_numbers_are_found_however_they_are_written(line: str, kinds: list[str]) -> None:
    assert cases.personal_in(line) == kinds


def test_the_refusal_names_lines_and_never_what_stands_in_them() -> None:
    with pytest.raises(PersonalDataFound) as refused:
        cases.check_no_person(title="案例", body="甲\n电话13812345678\n乙")
    assert [fault.get("pointer") for fault in refused.value.faults] == ["/body"]
    assert "line 2" in str(refused.value.faults[0].get("detail"))
    assert "138" not in str(refused.value.faults)
