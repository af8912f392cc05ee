"""A small graph shows what there is, and a gap where there is nothing."""

from netctl.web.drawing.spark import HEIGHT, WIDTH, spark


def test_nothing_is_drawn_of_nothing():
    assert spark([]) is None
    assert spark([(0, None), (30, None)]) is None


def test_a_gap_ends_a_piece():
    drawn = spark([(0, 1.0), (30, 2.0), (60, None), (90, 4.0)])
    assert drawn is not None
    assert len(drawn.pieces) == 2
    assert (drawn.low, drawn.high, drawn.last) == (1.0, 4.0, 4.0)


def test_bounds_are_shown_even_where_no_value_reaches_them():
    drawn = spark([(0, 0.5), (30, 0.5)], low=0, high=1)
    assert drawn is not None
    assert drawn.pieces == (f"M0.0,{HEIGHT / 2:.1f}L{WIDTH:.1f},{HEIGHT / 2:.1f}",)


def test_a_single_point_can_be_seen():
    drawn = spark([(7, 3.0)])
    assert drawn is not None
    assert drawn.pieces[0].endswith("h0.1")
