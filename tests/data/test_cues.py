"""Each set's rule, and balance."""

import pytest
import torch

from cnnlab import data


@pytest.mark.parametrize("cues", ["congruent", "shuffled", "conflict"])
@pytest.mark.parametrize("count", [12, 100, 999])
def test_both_labels_are_balanced_to_within_one_picture(cues, count):
    pictures = data.shapes(count, size=4, cues=cues, seed=count)
    for labels in (pictures.shape_labels, pictures.texture_labels):
        counts = labels.bincount(minlength=12)
        assert counts.max() - counts.min() <= 1


def test_in_the_congruent_set_the_texture_tells_the_shape():
    pictures = data.shapes(100, size=4, cues="congruent")
    assert torch.equal(pictures.shape_labels, pictures.texture_labels)
    assert pictures.shape_labels.data_ptr() != pictures.texture_labels.data_ptr()


def test_in_the_conflict_set_the_texture_is_always_another_shapes_and_every_other_occurs():
    pictures = data.shapes(12 * 11, size=4, cues="conflict")
    pairs = set(zip(pictures.shape_labels.tolist(), pictures.texture_labels.tolist(), strict=True))
    assert pairs == {(shape, texture) for shape in range(12) for texture in range(12) if shape != texture}


def test_in_the_shuffled_set_the_texture_tells_nothing_of_the_shape():
    pictures = data.shapes(14_400, size=1, cues="shuffled")
    together = torch.zeros(12, 12).index_put_(
        (pictures.shape_labels, pictures.texture_labels), torch.ones(()), accumulate=True
    )
    # 100 pictures a pair are expected; 121 degrees of freedom put the sum near 121.
    assert ((together - 100) ** 2 / 100).sum() < 200
    assert together.min() > 50


def test_shuffled_sets_may_have_another_number_of_textures():
    pictures = data.shapes(60, size=4, shapes=["disc", "star", "bar"], textures=["brick", "dots"])
    assert pictures.shape_labels.bincount().tolist() == [20, 20, 20]
    assert pictures.texture_labels.bincount().tolist() == [30, 30]


def test_the_shape_set_has_shapes_in_one_colour():
    pictures = data.shapes(24, cues="shape", ranges=data.Ranges(level=(0, 0)))
    assert (pictures.texture_labels == -1).all()
    assert pictures.shape_labels.bincount().tolist() == [2] * 12
    interiors = torch.nn.functional.avg_pool2d(pictures.masks.float(), 3, 1, 1) == 1
    for picture, mask in zip(pictures.images, interiors, strict=True):
        assert (picture[:, mask].std(1) < 1e-6).all()


def test_the_texture_set_has_a_texture_everywhere_and_no_shape():
    pictures = data.shapes(24, cues="texture", background="textured")
    assert (pictures.shape_labels == -1).all()
    assert (pictures.background_labels == -1).all()
    assert pictures.texture_labels.bincount().tolist() == [2] * 12
    assert not pictures.masks.any()
    assert (pictures.boxes == 0).all()
    # Every corner of the picture is textured: brightness varies there.
    assert (pictures.images.amax(1)[:, :20, :20].flatten(1).std(1) > 0.05).all()


def test_a_textured_background_has_another_texture_than_the_shape():
    pictures = data.shapes(300, size=4, background="textured")
    assert (pictures.background_labels != pictures.texture_labels).all()
    assert pictures.background_labels.unique().tolist() == list(range(12))


def test_either_background_has_the_same_shapes_before_it():
    plain, textured = data.shapes(24), data.shapes(24, background="textured")
    assert (plain.background_labels == -1).all()
    assert torch.equal(plain.masks, textured.masks)
    assert torch.equal(plain.texture_labels, textured.texture_labels)
    interiors = torch.nn.functional.avg_pool2d(plain.masks.float(), 3, 1, 1) == 1
    torch.testing.assert_close(
        plain.images.movedim(1, 3)[interiors], textured.images.movedim(1, 3)[interiors]
    )
    grey = plain.backdrop.light
    assert torch.equal(grey, plain.backdrop.dark)
    assert torch.equal(grey[:, 0], grey[:, 2])
