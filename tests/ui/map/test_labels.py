"""No two words ever stand on one spot, whatever wants to stand where."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ui.map.labels import AROUND, Box, Side, Wish, lay_out

PIXELS = st.floats(-500, 500)
SIZES = st.floats(1, 180)
BOXES = st.builds(Box, PIXELS, PIXELS, SIZES, SIZES)
POINTS = st.lists(st.tuples(PIXELS, PIXELS), min_size=1, max_size=3)
WISHES = st.lists(
    st.builds(
        lambda points, wide, high, off, room: Wish(None, points, wide, high, (off, off), room=room),
        POINTS, SIZES, st.floats(8, 24), st.floats(0, 20), st.floats(0, 10),
    ),
    max_size=25,
)  # fmt: skip


def keyed(wishes: list[Wish]) -> list[Wish]:
    return [
        Wish(n, one.points, one.width, one.height, one.off, one.sides, one.room)
        for n, one in enumerate(wishes)
    ]


@given(wishes=WISHES, taken=st.lists(BOXES, max_size=12))
def test_that_words_never_stand_on_each_other_or_on_what_is_taken(
    wishes: list[Wish], taken: list[Box]
) -> None:
    placed = lay_out(keyed(wishes), taken)
    assert not any(one.meets(other) for one, other in combinations(placed.values(), 2))
    assert not any(box.meets(other) for box in placed.values() for other in taken)


@given(wishes=WISHES)
def test_that_words_keep_the_room_that_they_asked_for(wishes: list[Wish]) -> None:
    listed = keyed(wishes)
    placed = lay_out(listed)
    for n, later in placed.items():
        room = listed[int(str(n))].room
        wide = Box(later.left - room, later.top - room, later.width + 2 * room, later.height + 2 * room)
        earlier = [box for m, box in placed.items() if int(str(m)) < int(str(n))]
        assert not any(wide.meets(box) for box in earlier)


@given(wishes=WISHES, within=BOXES)
def test_that_no_word_is_cut_by_the_edge(wishes: list[Wish], within: Box) -> None:
    assert all(within.holds(box) for box in lay_out(keyed(wishes), (), within).values())


def test_that_the_first_wish_has_the_best_place_and_the_next_one_makes_way() -> None:
    first, second = (Wish(n, [(0, 0)], 40, 12, (10, 10)) for n in (1, 2))
    placed = lay_out([first, second])
    assert placed[1] == Box(10, -6, 40, 12)
    assert placed[2] == Box(-50, -6, 40, 12)


def test_that_who_finds_no_room_is_left_out() -> None:
    crowd = [Wish(n, [(0, 0)], 40, 12, (10, 10), sides=(Side.RIGHT,)) for n in range(3)]
    assert list(lay_out(crowd)) == [0]
    assert len(lay_out([Wish(n, [(0, 0)], 4, 4, (10, 10)) for n in range(20)])) <= len(AROUND)
