import pytest

from balancing.engine.exceptions import ParameterError
from balancing.engine.parameters import SolveParameters


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("threads", 0),
        ("starts", 0),
        ("effort", 0),
        ("effort", float("nan")),
        ("max_rounds", 0),
        ("max_moved_fraction", 1.2),
        ("disruption_price", -1),
    ],
)
def test_a_parameter_out_of_bounds_is_refused_by_name(name, value):
    with pytest.raises(ParameterError, match=f"{name} is {value}, expected"):
        SolveParameters(**{name: value})


def test_a_limit_or_a_price_on_change_starts_from_today():
    assert SolveParameters(max_moved_fraction=0.1).keeps_current
    assert SolveParameters(disruption_price=1).keeps_current
    assert not SolveParameters().keeps_current
