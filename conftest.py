"""Under CI a test that skips has failed, but for what CI cannot have."""

import os

import pytest

# Words of the reasons that are allowed, and why CI may lack it.
ALLOWED = {
    "GPU": "its machines have none; the comparisons run as CPU against CPU",
    "$CNNLAB_DATA": "it downloads nothing, and no real data is in the repository",
}


def judged(report):
    """Return the report, as a failed one where it skips and should not."""
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not any(word in reason for word in ALLOWED):
            report.outcome = "failed"
            report.longrepr = f"under CI nothing may skip but for {' or '.join(ALLOWED)}, got {reason!r}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """Judge each test."""
    return judged((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    """Judge each module that skips as a whole."""
    return judged((yield))
