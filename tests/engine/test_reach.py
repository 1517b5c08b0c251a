import numpy as np

from balancing.engine.reach import beyond_reach, nearest_home_km
from tests.engine import naive
from tests.engine.drawn import random_map


def test_the_forbidden_pairs_are_those_farther_apart_than_the_limit():
    problem = random_map(6, 25, 3)
    homes = problem.points[[0, 8, 20]]
    far = {(i, k) for i in range(25) for k in range(3) if naive.kilometres(problem.points[i], homes[k]) > 120}
    assert 0 < len(far) < 75
    assert {tuple(pair) for pair in beyond_reach(problem.points, homes, 120).tolist()} == far


def test_the_distance_to_the_nearest_home_is_the_least_limit_that_forbids_no_unit_everywhere():
    problem = random_map(7, 25, 3)
    homes = problem.points[[0, 8, 20]]
    least_km = float(nearest_home_km(problem.points, homes).max())
    for limit_km, is_forbidden_everywhere in ((least_km, False), (least_km - 0.01, True)):
        pairs = beyond_reach(problem.points, homes, limit_km)
        assert (np.bincount(pairs[:, 0], minlength=25) == 3).any() == is_forbidden_everywhere
