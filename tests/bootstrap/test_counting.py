import sys
from pathlib import Path

import pytest

from scripts.checks import counting
from scripts.checks.counting import Count
from scripts.checks.run_steps import run_steps
from scripts.checks.steps import Step

PYTEST_REPORT = """<testsuites>
<testsuite name="one" errors="1" failures="2" skipped="3" tests="10"/>
<testsuite name="two" errors="0" failures="0" skipped="0" tests="5"/>
</testsuites>"""
VITEST_REPORT = '{"numPassedTests": 7, "numFailedTests": 1, "numPendingTests": 2, "numTodoTests": 1}'


def test_pytest_suites_are_added_up_and_errors_count_as_failures(tmp_path: Path):
    report = tmp_path / "report.xml"
    report.write_text(PYTEST_REPORT)
    assert counting.of_pytest(report, 1) == Count(passed=9, failed=3, skipped=3)


def test_vitest_tests_are_counted_with_todos_as_skipped(tmp_path: Path):
    report = tmp_path / "report.json"
    report.write_text(VITEST_REPORT)
    assert counting.of_vitest(report, 1) == Count(passed=7, failed=1, skipped=3)


@pytest.mark.parametrize("count", [counting.of_pytest, counting.of_vitest])
@pytest.mark.parametrize("content", [None, "", "half a fi"])
def test_a_run_without_a_readable_report_is_a_failure(count, content: str | None, tmp_path: Path):
    report = tmp_path / "report"
    if content is not None:
        report.write_text(content)
    assert count(report, 0) == Count(failed=1)


def test_a_run_that_broke_down_is_a_failure_though_all_its_tests_passed(tmp_path: Path):
    report = tmp_path / "report.xml"
    report.write_text('<testsuite errors="0" failures="0" skipped="0" tests="4"/>')
    assert counting.of_pytest(report, 3) == Count(passed=4, failed=1)
    assert counting.of_pytest(report, 0) == Count(passed=4)


def test_a_failing_step_is_counted_named_and_does_not_stop_the_next(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    steps = [
        Step("first", [sys.executable, "-c", "raise SystemExit(2)"]),
        Step("absent", ["no-such-program"]),
        Step("last", [sys.executable, "-c", "print('reached')"]),
    ]
    assert str(run_steps(tmp_path, steps, {})) == "1 passed, 2 failed, 0 skipped"
    output = capfd.readouterr().out
    assert "reached" in output
    assert "Failed: first, absent" in output
