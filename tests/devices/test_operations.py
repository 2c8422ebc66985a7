"""Every operation gives on a GPU, in every dtype, what the CPU gives in float64."""

import pytest

from tests.devices import (
    table_of_convolutions,
    table_of_filters,
    table_of_models,
    table_of_normalization,
    table_of_pooling,
    table_of_the_rest,
    table_of_transfer,
)
from tests.devices.cases import SETTINGS, compare

TABLES = (
    table_of_convolutions,
    table_of_filters,
    table_of_models,
    table_of_normalization,
    table_of_pooling,
    table_of_the_rest,
    table_of_transfer,
)
CASES = [case for table in TABLES for case in table.CASES]


# PyTorch warns of what has no deterministic algorithm; the result must be within the bounds all the same.
@pytest.mark.filterwarnings("ignore:(?s).*determinis:UserWarning")
@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_device_agrees_with_the_cpu(case, device):
    errors = []
    for setting in SETTINGS:
        if setting.dtype in case.dtypes:
            try:
                compare(case, setting, device)
            except Exception as error:  # so that one run tells which settings fail
                error.add_note(f"{case} in {setting}")
                errors.append(error)
    if errors:
        raise ExceptionGroup(f"{case} fails in {len(errors)} settings", errors)
