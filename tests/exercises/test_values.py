from fractions import Fraction
from unittest import mock

import numpy as np
import pytest
import torch

from cnnlab.exercises import YOUR_TURN
from cnnlab.exercises.values import RefusedError, to_array, to_pair


class Poisoned(np.ndarray):
    def __array_ufunc__(self, *inputs, **options):
        raise AssertionError("ran the answer's code")

    __eq__ = __iter__ = __array__ = __getitem__ = astype = tolist = __array_ufunc__
    __hash__ = None


class Lying(torch.Tensor):
    @classmethod
    def __torch_function__(cls, *inputs, **options):
        return torch.tensor([42.0, 42.0])


class EndlessList(list):
    def __iter__(self):
        while True:
            yield 1.0


class Nameless(type):
    @property
    def __name__(cls):
        raise RuntimeError("no name")


class Anonymous(metaclass=Nameless):
    @property
    def __class__(self):
        raise RuntimeError("no class")


def quantised():
    return torch.quantize_per_tensor(torch.tensor([1.0, 2.0]), 0.5, 0, torch.qint8)


@pytest.mark.parametrize(
    "value",
    [
        [1, 2],
        (1.0, 2),
        torch.Size([1, 2]),
        np.array([1, 2], dtype=np.uint8),
        np.array([1, 2], dtype=np.float16),
        np.array([1, 2], dtype=np.longdouble),
        np.array([1, 2], dtype=object),
        np.ma.array([1.0, 2.0]),
        [np.float32(1), np.int64(2)],
        [Fraction(1), Fraction(14, 7)],
        np.array([Fraction(1), 2]),
        [torch.tensor(1), torch.tensor(2.0)],
        torch.tensor([1, 2], dtype=torch.int8),
        torch.tensor([1, 2], dtype=torch.bfloat16),
        torch.tensor([1.0, 2.0], requires_grad=True),
        torch.nn.Parameter(torch.tensor([1.0, 2.0])),
        torch.tensor([1.0, 2.0]).to_sparse(),
        torch.tensor([-1j, -2j]).conj().imag,
        EndlessList([1.0, 2.0]),
        torch.tensor([1.0, 2.0]).as_subclass(Lying),
    ],
)
def test_every_numeric_form_becomes_the_same_float64_array(value):
    array = to_array(value)
    assert type(array) is np.ndarray
    assert array.dtype == np.float64
    assert array.tolist() == [1.0, 2.0]


def test_quantised_tensors_count_as_what_they_stand_for(recwarn):
    with_warning = quantised()
    recwarn.clear()  # torch announces the end of quantised tensors
    assert to_array(with_warning).tolist() == [1.0, 2.0]


def test_shapes_and_special_values_are_kept():
    assert to_array([[1, 2], [3, 4], [5, 6]]).shape == (3, 2)
    assert to_array([]).shape == (0,)
    assert to_array(3).shape == ()
    assert np.isnan(to_array([float("nan")]))[0]
    assert to_array([10**400, Fraction(10**400)]).tolist() == [np.inf, np.inf]
    assert to_array(Fraction(8, 9)) == 8 / 9


def test_the_array_is_a_copy():
    tensor = torch.zeros(2, dtype=torch.float64)
    to_array(tensor)[0] = 1
    assert tensor.tolist() == [0, 0]


def refusal(read, value):
    with pytest.raises(RefusedError) as refused:
        read(value)
    return refused.value.kind


LOOP: list = []
LOOP.append(LOOP)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (YOUR_TURN, "your turn"),
        ([0.0, [YOUR_TURN]], "your turn"),
        (np.array([YOUR_TURN], dtype=object), "your turn"),
        (None, "nothing"),
        ([1, None], "nothing"),
        (True, "booleans"),
        ([1.0, np.bool_(True)], "booleans"),
        (torch.tensor([True]), "booleans"),
        (1j, "complex numbers"),
        (np.array([1j]), "complex numbers"),
        (torch.tensor([1j]), "complex numbers"),
        ([[1], [1, 2]], "ragged"),
        ([1, [1]], "ragged"),
        ("123", "wrong type"),
        (b"12", "wrong type"),
        ({1: 2}, "wrong type"),
        ({1, 2}, "wrong type"),
        (iter([1]), "wrong type"),
        (np.array(["a"]), "wrong type"),
        (np.datetime64("2000-01-01"), "wrong type"),
        (object(), "wrong type"),
        (mock.MagicMock(spec=list), "wrong type"),
        (torch.zeros(2, device="meta"), "wrong type"),
        (LOOP, "too large"),
        (np.zeros(1_000_001), "too large"),
        (torch.zeros(1).expand(10**12), "too large"),
        ([0] * 1_000_001, "too large"),
    ],
)
def test_what_is_no_array_of_numbers_is_refused_by_name(value, kind):
    assert refusal(to_array, value) == kind


def test_an_array_class_of_the_students_own_runs_none_of_its_code():
    assert to_array(np.array([1.0, 2.0]).view(Poisoned)).tolist() == [1.0, 2.0]


def test_an_object_that_denies_its_class_and_its_name_is_refused():
    with pytest.raises(RefusedError, match="a value of type Anonymous"):
        to_array(Anonymous())


@pytest.mark.parametrize(
    "pair",
    [
        ([1, 2, 3], [4, 5]),
        [np.array([1, 2, 3]), torch.tensor([4.0, 5.0])],
        (torch.tensor([1, 2, 3]), (4, 5)),
    ],
)
def test_a_pair_may_hold_arrays_of_different_lengths(pair):
    assert [part.tolist() for part in to_pair(pair)] == [[1, 2, 3], [4, 5]]


def test_the_rows_of_one_array_are_a_pair_too():
    assert [part.tolist() for part in to_pair(torch.tensor([[1, 2], [3, 4]]))] == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (YOUR_TURN, "your turn"),
        ((1, YOUR_TURN), "your turn"),
        (None, "nothing"),
        (([1], None), "nothing"),
        (([1], "2"), "wrong type"),
        ({1: 2, 3: 4}, "wrong type"),
        (([1], [[1], [1, 2]]), "ragged"),
        (5, "wrong shape"),
        ((), "wrong shape"),
        ((1, 2, 3), "wrong shape"),
        (torch.zeros(3, 2), "wrong shape"),
    ],
)
def test_what_is_no_pair_is_refused_by_name(value, kind):
    assert refusal(to_pair, value) == kind
