import pytest

from accounts.importing.parsing import (
    MONEY_MAX_MINOR,
    NumberStyle,
    degrees,
    detect_style,
    fraction,
    money,
    number,
    text,
)
from accounts.importing.problems import BadValue

POINT, COMMA = NumberStyle.POINT, NumberStyle.COMMA


@pytest.mark.parametrize(
    ("written", "style", "value"),
    [
        ("1234.5", POINT, 1234.5),
        ("1,234.56", POINT, 1234.56),
        ("1,234,567", POINT, 1234567),
        ("1 234.5", POINT, 1234.5),
        ("1’234.5", POINT, 1234.5),
        ("1.234,56", COMMA, 1234.56),
        ("1 234,56", COMMA, 1234.56),
        ("1\u202f234,56", COMMA, 1234.56),
        ("1.234", COMMA, 1234),
        ("1.234", POINT, 1.234),
        ("12,5", COMMA, 12.5),
        ("1.2E+05", POINT, 120000),
        ("-3", POINT, -3),
        ("−3", POINT, -3),
        ("(3.50)", POINT, -3.5),
        (" 7 ", POINT, 7),
        ("", POINT, None),
        ("  ", COMMA, None),
    ],
)
def test_numbers_are_read_as_they_are_written(written: str, style: NumberStyle, value: float | None) -> None:
    assert number(style)(written) == value


@pytest.mark.parametrize(
    "written",
    ["nan", "NaN", "inf", "-Infinity", "1e400", "1_000", "0x10", "١٢", "12 apples", "1,23,4", "1.2m", "--1", "1" * 61],
)
@pytest.mark.parametrize("style", NumberStyle)
def test_what_is_no_finite_number_is_refused(written: str, style: NumberStyle) -> None:
    with pytest.raises(BadValue):
        number(style)(written)


@pytest.mark.parametrize(("written", "style"), [("12,5", POINT), ("1.5", COMMA), ("1.234.5", COMMA)])
def test_a_number_of_the_other_style_is_refused_not_misread(written: str, style: NumberStyle) -> None:
    with pytest.raises(BadValue, match="is not a number") as refusal:
        number(style)(written)
    assert refusal.value.bound == f"written like {style.value}"


@pytest.mark.parametrize(
    ("samples", "delimiter", "style"),
    [
        (["1,234.56", "7"], ",", POINT),
        (["1.234,56", "7"], ",", COMMA),
        (["12,5", "1.234"], ";", COMMA),
        (["12.5", "1.234"], ";", POINT),
        (["1.234", "5.678"], ";", COMMA),
        (["1.234", "5.678"], ",", POINT),
        (["1.234.567"], ",", COMMA),
        (["1,234,567"], ";", POINT),
        (["$1,200.00"], ";", POINT),
        (["12,50 €"], ",", COMMA),
        ([], ",", POINT),
    ],
)
def test_a_columns_style_follows_its_values_then_the_delimiter(
    samples: list[str], delimiter: str, style: NumberStyle
) -> None:
    assert detect_style(samples, delimiter=delimiter) is style


@pytest.mark.parametrize(
    ("written", "currency", "minor"),
    [
        ("1200.5", "USD", 120050),
        ("$1,200.50", "USD", 120050),
        ("USD 1,200", "USD", 120000),
        ("1200", "JPY", 1200),
        ("1.2345", "KWD", 1234),
        ("0.125", "USD", 12),
        ("0.135", "USD", 14),
        ("66273423.98", "USD", 6627342398),
        ("", "USD", 0),
    ],
)
def test_money_becomes_exact_minor_units_of_the_currency(written: str, currency: str, minor: int) -> None:
    assert money(POINT, currency)(written) == minor


def test_money_in_another_currency_is_refused() -> None:
    with pytest.raises(BadValue, match="is in EUR"):
        money(POINT, "USD")("EUR 100")


@pytest.mark.parametrize("written", ["-1", "(5)", "1e400", "NaN", str(MONEY_MAX_MINOR), "1e999"])
def test_money_out_of_range_is_refused(written: str) -> None:
    with pytest.raises(BadValue):
        money(POINT, "USD")(written)


@pytest.mark.parametrize(("written", "value"), [("33.75", 33.75), ("33,75", 33.75), ("-82,346", -82.346), ("", None)])
def test_a_comma_in_degrees_is_the_decimal_sign(written: str, value: float | None) -> None:
    assert degrees(90)(written) == value


@pytest.mark.parametrize("written", ["91", "-90.0001", "1e400", "nan", "33°45'N", "33.75 N", "1,234.5"])
def test_what_is_no_latitude_is_refused_with_the_bound(written: str) -> None:
    with pytest.raises(BadValue) as refusal:
        degrees(90)(written)
    assert refusal.value.bound == "between -90 and 90"


@pytest.mark.parametrize(("written", "value"), [("0.8", 0.8), ("80%", 0.8), ("80 %", 0.8), ("", 1.0)])
def test_percentages_are_fractions(written: str, value: float) -> None:
    assert fraction(POINT, default=1.0)(written) == value


@pytest.mark.parametrize("written", ["80", "120%", "-5%", "%"])
def test_a_fraction_out_of_range_is_refused(written: str) -> None:
    with pytest.raises(BadValue):
        fraction(POINT, default=1.0)(written)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("00123", "00123"),
        ("'=1+1", "=1+1"),
        ("Cock o\x92Witton \x96 Pub", "Cock o’Witton – Pub"),
        ("''+1 404", "'+1 404"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        (" Oak  Inc ", "Oak  Inc"),
        ("Oak\r\nHardware", "Oak Hardware"),
        ("日本\u00a0店", "日本\u00a0店"),
    ],
)
def test_text_is_kept_as_it_is_on_one_line(written: str, kept: str) -> None:
    assert text(50)(written) == kept


@pytest.mark.parametrize(
    ("written", "says"), [("a\x00b", "U+0000"), ("a\x81b", "U+0081"), ("x" * 51, "is 51 characters long")]
)
def test_text_that_cannot_be_stored_is_refused(written: str, says: str) -> None:
    with pytest.raises(BadValue) as refusal:
        text(50)(written)
    assert says in refusal.value.problem
