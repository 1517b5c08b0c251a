import numpy as np

from balancing.engine.components import lay_out
from balancing.engine.graph import parts
from tests.engine.drawn import drawn, labels_of


def sizes(layout):
    return sorted((len(region.units), len(region.territories)) for region in layout.regions)


def test_a_connected_map_is_one_region():
    layout = lay_out(drawn("1 1 1\n1 1 1", 3), from_current=False)
    assert sizes(layout) == [(6, 3)]
    assert layout.unavoidable_pieces == 0


def test_a_barrier_divides_the_territories_by_weight():
    """
    1 1|1 1 1 1
    1 1|1 1 1 1
    """
    layout = lay_out(drawn(test_a_barrier_divides_the_territories_by_weight.__doc__, 3), from_current=False)
    assert sizes(layout) == [(4, 1), (8, 2)]
    assert layout.unavoidable_pieces == 0


def test_an_island_too_light_for_a_territory_joins_the_nearest_part():
    """
    4 4 4 4|1
    """
    problem = drawn(test_an_island_too_light_for_a_territory_joins_the_nearest_part.__doc__, 2)
    layout = lay_out(problem, from_current=False)
    assert sizes(layout) == [(5, 2)]
    assert layout.unavoidable_pieces == 1
    assert [3, 4] in layout.edges.tolist()


def test_units_without_any_adjacency_are_linked_to_their_neighbours():
    layout = lay_out(drawn("1|1|1|1|1|1", 2), from_current=False)
    assert sizes(layout) == [(6, 2)]
    assert layout.unavoidable_pieces == 5


def test_homes_settle_which_territory_lies_on_which_side():
    """
    1 1|1 1   home of 0 in the east, of 1 in the west
    """
    problem = drawn("1 1|1 1", 2, home_longitudes=[-82.8, -83.0], home_latitudes=[33, 33])
    east = next(r for r in lay_out(problem, from_current=False).regions if 3 in r.units)
    assert east.territories.tolist() == [0]


def test_todays_plan_settles_which_territory_lies_on_which_side():
    problem = drawn("1 1|1 1", 2, current=labels_of("B B A A"))
    east = next(r for r in lay_out(problem, from_current=True).regions if 3 in r.units)
    assert east.territories.tolist() == [0]


def test_unequal_shares_find_the_part_that_fits_them():
    """
    1 1 1 1 1 1|1 1   shares 1/4, 1/2, 1/4
    """
    problem = drawn("1 1 1 1 1 1|1 1", 3, shares=[0.25, 0.5, 0.25])
    layout = lay_out(problem, from_current=False)
    held = {len(region.units): float(problem.shares[region.territories].sum()) for region in layout.regions}
    assert np.isclose(held[6], 0.75)
    assert np.isclose(held[2], 0.25)


def test_a_part_that_today_has_no_territory_is_linked_to_the_rest():
    """
    A B|A A|1   both territories have most of their accounts in the west
    """
    problem = drawn("5 5|1 1|1", 2, current=labels_of("A B A A ?"))
    layout = lay_out(problem, from_current=True)
    assert sizes(layout) == [(5, 2)]
    assert layout.unavoidable_pieces == 2
    assert parts(5, layout.edges)[0] == 1
