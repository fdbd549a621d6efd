"""How columns share the room."""

from ui.boards.room import LEAST, share_room


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
