"""Short signed codes: what one key has signed no other opens, in one spelling only."""

import pytest

from x_pilot_api.core.codes import CodeKey, CodeUnsound, unpacked
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.tokens import PublicKey

KEY = CodeKey(Sealer(bytes(range(32))), "test", b"one")
CONTENT = b"what is on the paper"


def test_a_code_gives_back_what_was_signed_and_is_the_same_each_time() -> None:
    code = KEY.write(CONTENT)
    assert KEY.read(code) == CONTENT
    assert code == KEY.write(CONTENT) == CodeKey(Sealer(bytes(range(32))), "test", b"one").write(CONTENT)
    assert set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


@pytest.mark.parametrize(
    "other",
    [
        CodeKey(Sealer(bytes(range(32))), "test", b"two"),
        CodeKey(Sealer(bytes(range(32))), "tested", b"one"),
        CodeKey(Sealer(bytes(32)), "test", b"one"),
    ],
)
def test_no_other_subject_use_or_installation_has_the_key(other: CodeKey) -> None:
    with pytest.raises(CodeUnsound):
        other.read(KEY.write(CONTENT))


def test_a_changed_code_is_none() -> None:
    code = KEY.write(CONTENT)
    for place in range(len(code)):
        changed = code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1 :]
        with pytest.raises(CodeUnsound):
            KEY.read(changed)


@pytest.mark.parametrize("code", ["", "A", "A" * 103, "0189", "é" * 200, KEY.write(CONTENT).lower()])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(CodeUnsound):
        KEY.read(code)


def test_anybody_can_check_a_code_by_the_public_half() -> None:
    content, signature = unpacked(KEY.write(CONTENT))
    public = PublicKey.from_jwk(KEY.public_jwk())
    assert public.verifies(signature, b"x-pilot/test\0" + content)
    assert not public.verifies(signature, content)
