import numpy as np
import pytest

from balancing.engine.exceptions import ProblemError
from balancing.engine.parameters import SolveParameters
from balancing.engine.solve import solve
from balancing.engine.staffing import with_staff
from balancing.engine.verify import verify
from tests.engine import naive
from tests.engine.drawn import drawn, labels_of, random_map

ENDS = {"home_longitudes": [-83.0, -82.75], "home_latitudes": [33.0, 33.0]}


def crow_flies(problem, places):
    return np.array([[naive.kilometres(point, place) for place in places] for point in problem.points])


def test_a_long_way_round_counts_more_than_a_short_line():
    """
    1 1 1 1 1 1   homes at the ends; from the fourth on, the way to the second home leads round a lake
    """
    minutes = np.array([[0, 90], [1, 80], [2, 70], [3, 60], [4, 50], [5, 0]])
    problem = drawn("1 1 1 1 1 1", 2, tolerance=1.0, travel=minutes, **ENDS)
    result = solve(problem)
    assert result.labels.tolist() == [0, 0, 0, 0, 0, 1]
    assert result.mean_km == pytest.approx(10 / 6)
    assert result.bound_km <= result.mean_km + 1e-9
    assert "travel below" in result.bound_proves


def test_distances_given_as_travel_lead_to_the_same_plan_as_distances():
    homes = {"home_longitudes": [-84.5, -83.0, -81.5], "home_latitudes": [32, 34.5, 32]}
    plain = random_map(4, 60, 3, tolerances=[0.1, np.inf], **homes)
    given = random_map(4, 60, 3, tolerances=[0.1, np.inf], travel=crow_flies(plain, plain.homes), **homes)
    first, second = solve(plain), solve(given)
    assert second.mean_km == pytest.approx(first.mean_km, rel=0.01)
    assert second.bound_km == pytest.approx(first.bound_km, rel=0.01)


def test_a_centre_without_a_home_is_the_site_with_the_least_travel():
    problem = random_map(6, 40, 3, tolerances=[0.3, np.inf])
    sites = problem.points[::4]
    given = random_map(6, 40, 3, tolerances=[0.3, np.inf], travel=crow_flies(problem, sites), sites=sites)
    result = solve(given, SolveParameters(effort=0.3))
    verdict = verify(given, result.labels)
    assert result.feasible
    assert verdict.mean_km == pytest.approx(result.mean_km)
    assert all(any(np.allclose(centre, site) for site in sites) for centre in result.centres)
    assert result.bound_km <= result.mean_km + 1e-9


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        ({"travel": np.ones((6, 3))}, r"travel has shape \(6, 3\), expected \(6, 2\)"),
        ({"travel": -np.ones((6, 2))}, r"travel\[0\]"),
        ({"trip_metric": 0, "trip_loads": np.ones(5)}, r"trip_loads has shape \(5,\), expected \(6,\)"),
        ({"trip_metric": 4, "trip_loads": np.ones(6)}, "trip_metric is 4, expected a column in 0..0"),
    ],
)
def test_ways_of_the_wrong_shape_are_refused(wishes, message):
    with pytest.raises(ProblemError, match=message):
        drawn("1 1 1 1 1 1", 2, **ENDS, **wishes)


def test_travel_to_a_rep_who_has_no_home_yet_is_not_known():
    problem = drawn("1 1 1 1 1 1", 2, travel=np.ones((6, 2)), **ENDS)
    with pytest.raises(ProblemError, match="home of a new rep"):
        with_staff(problem, added=1)


def test_workload_counts_the_way_to_the_centre():
    """
    A lives among near accounts, B far from all of hers: even hours leave B fewer of them
    """
    homes = {"home_longitudes": [-82.85, -81.0], "home_latitudes": [33.0, 33.0]}
    weights = np.column_stack((np.ones(12), np.ones(12)))
    trips = {"trip_metric": 1, "trip_loads": np.full(12, 0.01)}
    picture = " ".join(["1"] * 12)
    problem = drawn(
        picture,
        2,
        weights=weights,
        tolerance=[np.inf, 0.1],
        metric_names=("accounts", "hours"),
        **homes,
        **trips,
    )
    result = solve(problem)
    verdict = verify(problem, result.labels)
    accounts = np.bincount(result.labels)
    assert result.feasible
    assert accounts[1] < accounts[0]
    assert verdict.worst_deviations[1] == pytest.approx(np.abs(result.deviations[:, 1]).max())
    assert verdict.worst_deviations[1] <= 0.1 + 1e-9
    assert result.bound_km <= result.mean_km + 1e-9


@pytest.mark.parametrize("seed", range(3))
def test_workload_with_ways_is_balanced_around_moving_centres(seed):
    random = np.random.default_rng(seed)
    trips = {"trip_metric": 1, "trip_loads": random.uniform(0.0, 0.05, 80)}
    problem = random_map(seed, 80, 4, tolerances=[0.5, 0.2], **trips)
    result = solve(problem)
    verdict = verify(problem, result.labels)
    assert result.feasible
    assert verdict.meets((0.5, 0.2), pieces=4)
    np.testing.assert_allclose(verdict.worst_deviations, np.abs(result.deviations).max(axis=0), atol=1e-9)


def test_groups_and_frozen_territories_go_along_with_ways():
    minutes = np.array([[0, 9, 9], [1, 8, 9], [2, 7, 9], [3, 6, 9], [9, 9, 1], [9, 9, 0]])
    homes = {"home_longitudes": [-83.0, -82.8, -82.5], "home_latitudes": [33.0, 33.0, 33.0]}
    problem = drawn(
        "1 1 1 1 1 1",
        3,
        tolerance=1.0,
        travel=minutes,
        trip_metric=0,
        trip_loads=np.full(6, 0.001),
        groups=[-1, 3, 3, -1, -1, -1],
        current=labels_of("A A B B C C"),
        frozen=[False, False, True],
        **homes,
    )
    result = solve(problem)
    assert result.labels[1] == result.labels[2]
    assert result.labels[4:].tolist() == [2, 2]
