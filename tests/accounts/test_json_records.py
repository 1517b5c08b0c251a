"""Records in JSON: what an API or a map program gives, as rows of text."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.importing.json_records import JsonTable
from accounts.importing.reading import open_table
from workspace.exceptions import Invalid


def table(value: Any) -> JsonTable:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    read = open_table(io.BytesIO(content), filename="accounts.json")
    assert isinstance(read, JsonTable)
    return read


def cells(value: Any) -> list[list[str]]:
    return [row.cells for row in table(value).rows()]


def test_each_object_is_a_row_and_each_name_a_column() -> None:
    read = table([{"id": "1", "name": "Ada"}, {"id": "2", "city": "Bonn"}])
    assert read.header == ["id", "name", "city"]
    assert [row.cells for row in read.rows()] == [["1", "Ada", ""], ["2", "", "Bonn"]]


def test_numbers_keep_their_digits() -> None:
    assert cells(b'[{"id": 12345678901234567890, "share": 1.10, "code": 1E5, "zip": "00123"}]') == [
        ["12345678901234567890", "1.10", "1E5", "00123"]
    ]


def test_null_is_empty_and_truth_is_a_word() -> None:
    assert cells([{"a": None, "b": True, "c": False, "d": 1}]) == [["", "true", "false", "1"]]


def test_an_object_inside_becomes_columns_of_its_own() -> None:
    read = table([{"Id": "1", "Address": {"City": "Bonn", "Geo": {"lat": 50.7}}, "Tags": ["a", "b"]}])
    assert read.header == ["Id", "Address.City", "Address.Geo", "Tags"]
    assert next(read.rows()).cells == ["1", "Bonn", '{"lat": "50.7"}', '["a", "b"]']


def test_the_list_may_lie_in_an_apis_answer() -> None:
    assert cells({"totalSize": 1, "done": True, "records": [{"Id": "x"}]}) == [["x"]]


def test_points_of_geojson_have_longitude_and_latitude() -> None:
    point = {
        "type": "Feature",
        "id": 7,
        "properties": {"name": "Ada"},
        "geometry": {"type": "Point", "coordinates": [7.1, 50.7]},
    }
    area = {"type": "Feature", "properties": None, "geometry": {"type": "Polygon", "coordinates": []}}
    read = table({"type": "FeatureCollection", "features": [point, area]})
    assert read.header == ["name", "id", "longitude", "latitude"]
    assert [row.cells for row in read.rows()] == [["Ada", "7", "7.1", "50.7"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not valid JSON: Expecting value in line 1"),
        (b'[{"id": 1},]', "is not valid JSON"),
        (b'[{"id": NaN}]', "NaN is no number"),
        (b"7", "must be a list of records"),
        (b'[{"id": 1}, 2]', "entry 2 is no object"),
        (b'{"a": [], "b": []}', "an object with one list"),
        (b'{"name": "x"}', "an object with one list"),
        (b'{"type": "FeatureCollection", "features": true}', "must be a list of records"),
        (b'{"type": "FeatureCollection", "features": 7}', "must be a list of records"),
        (b"[]", "holds no table"),
        (b"[{}]", "holds no table"),
        (b"[" * 100_000, "nested too deeply"),
        (b'["\xff"]', "is not UTF-8"),
        (b'[{"\\ud800": "1"}]', "names a column with half of a character"),
    ],
)
def test_what_is_no_list_of_records_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        table(content)
    assert words in str(refused.value)


def test_half_a_character_is_a_problem_of_its_row() -> None:
    good, bad = table(b'[{"id": "1"}, {"id": "\\ud800"}]').rows()
    assert (good.problem, bad.problem) == (None, "holds half of a character (a lone surrogate)")


records = st.lists(
    st.dictionaries(
        st.text(min_size=1),
        st.none() | st.booleans() | st.text() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    ),
    min_size=1,
)


@given(records)
def test_any_list_of_records_gives_rows_as_wide_as_its_header(value: list[dict[str, Any]]) -> None:
    try:
        read = table(value)
    except Invalid:
        assert not any(value)
        return
    assert all(len(row.cells) in {0, len(read.header)} for row in read.rows())
