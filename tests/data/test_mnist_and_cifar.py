"""MNIST and CIFAR-10 read from small files in their formats, and pickles that must not be believed."""

import gzip
import pickle
import struct
from dataclasses import replace

import pytest
import torch

from cnnlab import data
from cnnlab.data.mnist_and_cifar import read_idx
from cnnlab.data.registry import UNVERIFIED, cards
from cnnlab.data.sets.cifar10 import read_plain


def idx(array):
    """An array of bytes in MNIST's format."""
    sizes = struct.pack(f">{array.ndim}I", *array.shape)
    return gzip.compress(bytes([0, 0, 8, array.ndim]) + sizes + array.numpy().tobytes(), 1)


@pytest.fixture
def unhashed(monkeypatch, tmp_path):
    """Take a set from files of the test's own: nothing is stated of them."""
    monkeypatch.setenv("CNNLAB_DATA", str(tmp_path))

    def take(name):
        card = cards()[name]
        changes = {
            part: tuple(replace(file, hash=UNVERIFIED) for file in getattr(card, part))
            for part in ("files", "parts")
        }
        monkeypatch.setitem(cards(), name, replace(card, **changes))
        folder = tmp_path / card.place
        folder.mkdir(parents=True)
        return folder

    return take


def draw(*shape):
    return torch.randint(256, shape, dtype=torch.uint8, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist"])
def test_the_pictures_are_those_of_the_files(unhashed, name):
    folder = unhashed(name)
    images, labels = draw(12, 28, 28), torch.arange(12, dtype=torch.uint8) % 10
    for part, count in (("train", 12), ("t10k", 5)):
        (folder / f"{part}-images-idx3-ubyte.gz").write_bytes(idx(images[:count]))
        (folder / f"{part}-labels-idx1-ubyte.gz").write_bytes(idx(labels[:count]))
    train, test = getattr(data, name)()
    assert torch.equal(train.images, images.unsqueeze(1))
    assert torch.equal(test.images, images[:5].unsqueeze(1))
    assert (train.targets.dtype, train.targets.tolist()) == (torch.int64, labels.tolist())
    assert len(train.classes) == 10


def test_batches_are_standardised_by_all_that_is_there_to_train_on(unhashed):
    folder = unhashed("mnist")
    images = draw(30, 28, 28) // 2
    for part in ("train", "t10k"):
        (folder / f"{part}-images-idx3-ubyte.gz").write_bytes(idx(images))
        (folder / f"{part}-labels-idx1-ubyte.gz").write_bytes(idx(torch.zeros(30, dtype=torch.uint8)))
    train, test = data.mnist()
    inputs, _ = next(train.batches(batch_size=30))
    assert inputs.mean().abs() < 1e-5
    assert inputs.std(correction=0) == pytest.approx(1, abs=1e-5)
    few, few_test = data.mnist(count=4)
    assert (len(few), len(few_test)) == (4, 4)
    assert torch.equal(next(few.batches(batch_size=4))[0], inputs[:4])
    assert few.images.untyped_storage().nbytes() == 4 * 28 * 28
    assert torch.equal(test.mean, train.mean)


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\0\x08\1", b"\0\0\x0d\1\0\0\0\1\0", b"\0\0\x08\1\0\0\0\2\0", b"\1\0\x08\1\0\0\0\1\0"],
    ids=["empty", "no sizes", "another type", "too short", "another beginning"],
)
def test_a_file_in_another_format_is_refused(tmp_path, content):
    path = tmp_path / "images.gz"
    path.write_bytes(gzip.compress(content))
    with pytest.raises(ValueError, match=r"images\.gz must be an array of bytes in MNIST's format"):
        read_idx(path)


def as_python_2(pixels, labels):
    """A CIFAR-10 batch as Python 2 pickled it: text in bytes, an array by NumPy's old names."""
    listed = b"".join(b"K" + bytes([label]) + b"a" for label in labels)
    rows = struct.pack("<H", len(labels))
    array = (
        b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R"
        b"(K\x01M" + rows + b"M\x00\x0c\x86cnumpy\ndtype\nU\x02u1K\x00K\x01\x87R"
        b"(K\x03U\x01|NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89"
        b"T" + struct.pack("<i", len(pixels)) + pixels + b"tb"
    )
    return b"\x80\x02}U\x06labels]" + listed + b"sU\x04data" + array + b"s."


def test_cifar10_has_its_channels_first(unhashed):
    folder = unhashed("cifar10")
    images = draw(10, 3, 32, 32)
    for k in range(5):
        batch = as_python_2(images[2 * k : 2 * k + 2].numpy().tobytes(), [k, 9 - k])
        (folder / f"data_batch_{k + 1}").write_bytes(batch)
    (folder / "test_batch").write_bytes(as_python_2(images[:3].numpy().tobytes(), [3, 1, 2]))
    (folder / "batches.meta").touch()
    train, test = data.cifar10()
    assert torch.equal(train.images, images)
    assert torch.equal(test.images, images[:3])
    assert train.targets.tolist() == [0, 9, 1, 8, 2, 7, 3, 6, 4, 5]
    assert test.targets.tolist() == [3, 1, 2]
    assert train.mean.flatten().tolist() == pytest.approx((images / 255).mean((0, 2, 3)).tolist(), abs=1e-6)
    expected = (images / 255).std((0, 2, 3), correction=0).tolist()
    assert train.std.flatten().tolist() == pytest.approx(expected, abs=1e-6)
    assert train.classes[9] == "truck"


class Runs:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def test_a_pickle_runs_nothing(tmp_path):
    path, proof = tmp_path / "batch", tmp_path / "proof"
    path.write_bytes(pickle.dumps({"data": Runs(proof)}))
    with pytest.raises(pickle.UnpicklingError, match=r"must not hold (_io|io|builtins)\.open"):
        read_plain(path)
    assert not proof.exists()
    pickle.loads(path.read_bytes())["data"].close()
    assert proof.exists()
