"""Trees and proofs against RFC 6962's known roots and a verifier of our own that shares no line with the service."""

from collections.abc import Sequence

import pytest

from tests.oversight import independent
from tests.sizes import sized
from x_pilot_api.core import merkle
from x_pilot_api.core.merkle import Frontier

INPUTS = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
LEAVES = [merkle.leaf_hash(number.to_bytes(4)) for number in range(sized(40, 300))]


def grown(leaves: Sequence[bytes]) -> Frontier:
    frontier = Frontier()
    for leaf in leaves:
        list(frontier.add(leaf))
    return frontier


def proof(path: list[tuple[int, int]], leaves: Sequence[bytes]) -> list[bytes]:
    """Fold each run of leaves from its perfect subtrees, as the service does from what it stored."""
    return [
        merkle.fold([merkle.perfect_root(leaves[n << level : (n + 1) << level]) for level, n in merkle.subtrees(*run)])
        for run in path
    ]


def test_the_roots_are_those_of_the_rfc() -> None:
    leaves = [merkle.leaf_hash(bytes.fromhex(content)) for content in INPUTS]
    assert [grown(leaves[: size + 1]).root().hex() for size in range(8)] == list(ROOTS)
    assert grown(()).root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_every_inclusion_proof_holds_and_no_other_leaf_passes_by_it() -> None:
    for size in range(1, len(LEAVES) + 1):
        root = independent.root_of(LEAVES[:size])
        assert grown(LEAVES[:size]).root() == root
        for index in range(size):
            hashes = proof(merkle.inclusion_path(index, size), LEAVES)
            assert independent.includes(root, size, index, LEAVES[index], hashes)
            assert not independent.includes(root, size, index, LEAVES[index - 1], hashes) or size == 1
            assert not independent.includes(root, size, index, LEAVES[index], [*hashes, root])


def test_every_consistency_proof_holds_and_no_other_beginning_passes_by_it() -> None:
    for second in range(1, len(LEAVES) + 1):
        root = independent.root_of(LEAVES[:second])
        for first in range(1, second + 1):
            hashes = proof(merkle.consistency_path(first, second), LEAVES)
            beginning = independent.root_of(LEAVES[:first])
            assert independent.continues(beginning, first, root, second, hashes)
            assert not independent.continues(root[::-1], first, root, second, hashes)


def test_a_tree_taken_up_again_from_its_edge_is_the_same_tree() -> None:
    for size in range(len(LEAVES)):
        edge = [
            merkle.perfect_root(LEAVES[number << level : (number + 1) << level])
            for level, number in merkle.subtrees(0, size)
        ]
        again = Frontier(size, edge)
        list(again.add(LEAVES[size]))
        assert again.root() == grown(LEAVES[: size + 1]).root()


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_a_leaf_that_is_not_there_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        merkle.inclusion_path(index, size)
