from hypothesis import given
from hypothesis import strategies as st

from readout_diff.alignment.links import Link
from readout_diff.render.reading import reading_blocks, reading_rows
from render.fake import made, seed


def link(i: int, j: int, relation: str = "same") -> Link:
    return Link((i,), (j,), 1.0, 0.8, relation)


def test_rows_follow_the_left_account_and_chains_stand_together():
    comparison = made(
        ["L0.", "L1.", "L2."],
        ["R0.", "R1.", "R2.", "R3."],
        links=[link(0, 2), link(1, 2), link(2, 1)],
    )
    assert [(row.left, row.right) for row in reading_rows(comparison)] == [
        ((), (0,)),
        ((0, 1), (2,)),
        ((), (3,)),
        ((2,), (1,)),
    ]


def test_neighbours_that_stand_alone_on_one_side_make_one_block():
    comparison = made(["L0."], ["R0.", "R1.", "R2."], links=[link(0, 0)])
    assert [(block.left, block.right) for block in reading_blocks(comparison)] == [((0,), (0,)), ((), (1, 2))]


def test_the_seed_puts_one_american_sentence_beside_three_russian_ones():
    assert ((4,), (11, 12, 13)) in [(row.left, row.right) for row in reading_rows(seed())]


@given(
    st.integers(0, 6),
    st.integers(0, 6),
    st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=10),
)
def test_every_passage_stands_in_exactly_one_row(left, right, pairs):
    links = [link(i, j) for i, j in sorted(pairs) if i < left and j < right]
    comparison = made([f"L{i}." for i in range(left)], [f"R{j}." for j in range(right)], links=links)
    for rows in (reading_rows(comparison), reading_blocks(comparison)):
        assert sorted(i for row in rows for i in row.left) == list(range(left))
        assert sorted(j for row in rows for j in row.right) == list(range(right))
        assert sum(len(row.links) for row in rows) == len(links)
