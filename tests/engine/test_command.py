"""The engine on the command line, on a strip of twelve units."""

import json
from pathlib import Path

import numpy as np
import pytest

from balancing.engine.__main__ import main

N = 12


@pytest.fixture
def strip(tmp_path: Path) -> Path:
    """Twelve units in a row, heavier in the east; today the first two are one territory, the rest the other."""
    path = tmp_path / "strip.npz"
    weights = np.column_stack((np.ones(N), np.arange(1, N + 1)))
    edges = np.column_stack((np.arange(N - 1), np.arange(1, N)))
    today = np.repeat([0, 1], [2, N - 2])
    np.savez(
        path, lat=np.zeros(N), lon=np.arange(N) / 10, W=weights, E=edges, K=2, metrics=["accounts", "revenue"],
        current=today,
    )  # fmt: skip
    return path


def run(command: str, strip: Path, *options: object) -> int:
    return main([command, str(strip), *(str(option) for option in options)])


def test_solve_writes_a_balanced_plan_and_its_figures(strip: Path, tmp_path: Path) -> None:
    labels, report = tmp_path / "labels.npy", tmp_path / "report.json"
    assert run("solve", strip, "--tolerance", "accounts=0.05", "--out", labels, "--report", report) == 0
    assert np.bincount(np.load(labels)).tolist() == [6, 6]
    figures = json.loads(report.read_text())
    assert figures["status"] == "within_tolerance"
    assert figures["gap"] >= -1e-9
    assert figures["extra_pieces"] == 0


def test_a_file_without_edges_is_solved_over_the_neighbours_of_its_points(strip: Path, tmp_path: Path) -> None:
    plans = []
    for without in ((), ("E",)):
        with np.load(strip) as file:
            np.savez(tmp_path / "file.npz", **{name: file[name] for name in file.files if name not in without})
        labels = tmp_path / "labels.npy"
        assert run("solve", tmp_path / "file.npz", "--tolerance", "accounts=0.05", "--out", labels) == 0
        plans.append(np.load(labels).tolist())
    assert plans[0] == plans[1]


def test_a_file_without_edges_is_refused_for_points_off_the_globe(
    strip: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with np.load(strip) as file:
        arrays = {name: file[name] for name in file.files if name != "E"}
    arrays["lat"][1] = 120
    np.savez(strip, **arrays)
    assert run("check", strip) == 2
    assert "unit latitude[1] is 120.0" in capsys.readouterr().err


def test_a_plan_is_proved_within_the_metrics_that_are_balanced(
    strip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = tmp_path / "labels.npy"
    np.save(labels, np.repeat([0, 1], N // 2))
    assert run("bound", strip, "--tolerance", "accounts=0.05", "--labels", labels) == 0
    assert "above the bound" in capsys.readouterr().out


def test_rebalance_keeps_to_the_most_that_may_move(strip: Path, tmp_path: Path) -> None:
    labels = tmp_path / "labels.npy"
    options = ["--tolerance", "accounts=0.05", "--out", labels, "--max-moved"]
    assert run("rebalance", strip, *options, 0.4) == 0
    assert int((np.load(labels) != np.repeat([0, 1], [2, N - 2])).sum()) == 4
    assert run("rebalance", strip, *options, 0.1) == 1


def test_check_says_what_cannot_be_met(strip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", strip, "--tolerance", "accounts=0.05", "revenue=0.05") == 0
    with np.load(strip) as file:
        arrays = dict(file)
    arrays["W"][0, 0] = 50
    np.savez(strip, **arrays)
    assert run("check", strip, "--tolerance", "accounts=0.05") == 1
    assert "A single unit holds" in capsys.readouterr().out


def test_check_asks_nothing_of_parts_for_books(strip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two parts of one and a half territories each."""
    with np.load(strip) as file:
        arrays = dict(file)
    arrays |= {"E": np.delete(arrays["E"], 5, axis=0), "K": 3}
    np.savez(strip, **arrays)
    assert run("check", strip, "--tolerance", "accounts=0.05") == 1
    assert "A cut-off part of" in capsys.readouterr().out
    assert run("check", strip, "--tolerance", "accounts=0.05", "--books") == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "No such file"), (b"", "not a NumPy .npz file"), (b"lat,lon", "not a NumPy .npz file")],
)
def test_a_file_that_is_none_of_ours_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, words: str
) -> None:
    path = tmp_path / "odd.npz"
    if content is not None:
        path.write_bytes(content)
    assert main(["check", str(path)]) == 2
    said = capsys.readouterr().err
    assert "odd.npz" in said
    assert words in said


def test_a_metric_the_file_lacks_is_named_with_those_it_has(strip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", strip, "--tolerance", "visits=0.05") == 2
    assert "no metric visits; the file has accounts, revenue" in capsys.readouterr().err


def test_labels_outside_the_territories_are_refused(
    strip: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = tmp_path / "labels.npy"
    np.save(labels, np.full(N, 2))
    assert run("bound", strip, "--labels", labels) == 2
    assert "row 0 is 2, expected 0..1" in capsys.readouterr().err


def test_reasons_of_one_sort_are_told_once_with_their_number(strip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", strip, "--tolerance", "accounts=0.05", "--least", "accounts=9") == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("Territory 0: The limits on accounts")
    assert told[0].endswith("(1 more like it)")
    assert told[1] == "All territories together must hold at least 18 accounts; there is 12."


def test_limits_from_the_command_line_are_kept(strip: Path, tmp_path: Path) -> None:
    labels = tmp_path / "labels.npy"
    options = ["--tolerance", "accounts=0.9", "--most", "accounts=8", "--out", labels]
    assert run("solve", strip, *options) == 0
    assert np.bincount(np.load(labels)).max() <= 8
    assert run("solve", strip, *options, "--headroom", 0.2) == 0
    assert np.bincount(np.load(labels)).tolist() == [6, 6]


def test_a_soft_tolerance_from_the_command_line_may_be_missed(strip: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    options = ["--tolerance", "revenue=0.001", "--soft", "revenue=0.01", "--out", tmp_path / "labels.npy"]
    assert run("solve", strip, *options, "--report", report) == 0
    assert json.loads(report.read_text())["soft_km"] > 0


def test_a_rep_can_be_added_and_gets_a_proposal_for_a_home(strip: Path, tmp_path: Path) -> None:
    labels, report = tmp_path / "labels.npy", tmp_path / "report.json"
    options = ["--tolerance", "accounts=0.05", "--add", 1, "--out", labels, "--report", report]
    assert run("rebalance", strip, *options) == 0
    assert np.bincount(np.load(labels)).tolist() == [4, 4, 4]
    (home,) = json.loads(report.read_text())["homes"]
    assert home["territory"] == 2
    assert 0 <= home["lon"] <= 1.1


def test_the_curve_is_written_plan_by_plan(strip: Path, tmp_path: Path) -> None:
    labels, report = tmp_path / "labels.npy", tmp_path / "report.json"
    options = ["--tolerance", "accounts=0.05", "--effort", 0.2, "--out", labels, "--report", report]
    assert run("alternatives", strip, *options) == 0
    figures = json.loads(report.read_text())["alternatives"]
    assert np.load(labels).shape == (len(figures), N)
    assert [one["moved_fraction"] for one in figures] == sorted(one["moved_fraction"] for one in figures)


def test_robustness_is_in_the_report_where_it_is_asked_for(strip: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    options = ["--tolerance", "accounts=0.5", "--out", tmp_path / "labels.npy", "--report", report]
    assert run("solve", strip, *options, "--robustness", 20) == 0
    assert 0 <= json.loads(report.read_text())["robustness"]["in_band"] <= 1
