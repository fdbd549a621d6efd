"""How columns share the room."""

from ui.boards.cells import Column, Kind
from ui.boards.room import LEAST, fitting, share_room

QUEUE = (
    Column[str]("stream", "Stream", Kind.TEXT, str, 100, gives_way=2),
    Column[str]("patient", "Patient", Kind.TEXT, str, 200, stretches=1),
    Column[str]("waiting", "Here for", Kind.TEXT, str, 90, gives_way=1),
    Column[str]("due", "Due", Kind.TEXT, str, 110),
)


def test_that_room_left_over_goes_to_the_columns_that_stretch_by_their_shares() -> None:
    assert share_room([50, 200, 100], [0, 3, 2], 450) == [50, 260, 140]


def test_that_no_pixel_is_lost_or_given_twice() -> None:
    for room in range(350, 420):
        assert sum(share_room([50, 200, 100], [0, 3, 2], room)) == room


def test_that_columns_give_way_where_room_is_short_but_never_vanish() -> None:
    assert share_room([50, 200, 100], [0, 3, 2], 300) == [50, 170, 80]
    assert min(share_room([50, 200, 100], [0, 3, 2], 60)) == 50
    assert share_room([50, 200, 100], [0, 3, 2], 60)[1:] == [LEAST, LEAST]


def test_that_a_table_of_fixed_columns_is_left_as_it_is() -> None:
    assert share_room([50, 60], [0, 0], 500) == [50, 60]


def test_that_columns_that_give_way_are_left_out_before_a_name_can_no_longer_be_read() -> None:
    assert fitting(QUEUE, 600) == [100, 300, 90, 110]
    assert fitting(QUEUE, 460) == [100, 160, 90, 110]
    assert fitting(QUEUE, 459) == [100, 249, 0, 110]
    assert fitting(QUEUE, 369) == [0, 259, 0, 110]


def test_that_a_column_that_was_left_out_on_purpose_takes_no_room() -> None:
    assert fitting(QUEUE, 600, {"stream"}) == [0, 400, 90, 110]
