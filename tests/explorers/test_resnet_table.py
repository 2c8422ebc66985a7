"""ResnetTable: the published networks by name, their numbers in words, and the bars on paper."""

import pytest

from cnnlab.explorers import ResnetTable

PUBLISHED = {
    "ResNet-18": (18, 11_689_512, 1.814),
    "ResNet-34": (34, 21_797_672, 3.664),
    "ResNet-50": (50, 25_557_032, 3.858),
    "ResNet-101": (101, 44_549_160, 7.570),
    "ResNet-152": (152, 60_192_808, 11.282),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_presets_have_the_published_numbers(name):
    table = ResnetTable(**ResnetTable().presets[name], stride_in="1x1")
    assert table.preset() == name
    assert (table.depth(), table.parameters(), round(table.multiply_adds() / 1e9, 3)) == PUBLISHED[name]


def test_an_edited_stage_makes_a_network_of_ones_own():
    table = ResnetTable()
    table.blocks = [2, 3, 2, 2]
    assert (table.preset(), table.depth()) == ("own", 20)
    table.blocks = [2, 2, 2, 2]
    assert table.preset() == "ResNet-18"
    table.kinds = ["basic", "basic", "basic", "bottleneck"]
    assert (table.preset(), table.depth(), table.rows()[-2].shape) == ("own", 20, (2048, 7, 7))


def test_words_tell_the_network_and_the_chosen_stage():
    words = ResnetTable((3, 4, 6, 3), "bottleneck", stage=2).describe()
    told = (
        "50 layers with weights, 25,557,032 parameters and 4.089 G multiply-adds for a picture of 224 x 224."
    )
    assert words.startswith(f"ResNet-50: {told}")
    assert "stage 4: 2048 x 7 x 7, 14,964,736 parameters;" in words
    chosen = "the first, with a projection, has 379,392 parameters, each further one 280,064."
    assert words.endswith(f"Stage 2 has 4 bottleneck blocks; {chosen}")
    assert "the first has 73,984 parameters" in ResnetTable().describe()


def test_the_twin_has_a_bar_for_every_part(twin):
    table = ResnetTable((3, 4, 6, 3), "bottleneck", stride_in="1x1")
    fig = twin(table)
    assert fig.get_suptitle().endswith("picture 224×224, stride 2 in the 1×1")
    parameters, work = ([bar.get_width() for bar in ax.patches] for ax in fig.axes)
    assert parameters == [row.parameters / 1e6 for row in table.rows()]
    assert work == [row.multiply_adds / 1e9 for row in table.rows()]
    names = [label.get_text() for label in fig.axes[0].get_yticklabels()]
    assert names[1:3] == ["3×3 max pool, 64×56×56", "stage 1: 3 bottleneck, 256×56×56"]
