"""The device that is compared with the CPU."""

import os

import pytest
import torch

pytest.register_assert_rewrite("tests.devices.cases")


@pytest.fixture(scope="session")
def device():
    """The second device: a GPU, or the one that CNNLAB_TEST_DEVICE names ("cpu" tests the tests)."""
    name = os.environ.get("CNNLAB_TEST_DEVICE")
    if name is None and not torch.cuda.is_available():
        pytest.skip("PyTorch finds no GPU to compare with the CPU (CNNLAB_TEST_DEVICE names another device)")
    return torch.device(name or "cuda")
