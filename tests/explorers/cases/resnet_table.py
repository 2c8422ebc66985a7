"""What each part of the published networks costs, and of mixtures at every size of picture."""

import random

from cnnlab.explorers import ResnetTable

from .build import case


def cases():
    published = [
        entry | {"stride_in": stride} for entry in ResnetTable().presets.values() for stride in ("3x3", "1x1")
    ]
    for settings in (*published, *map(mixture, range(40))):
        table = ResnetTable(**settings)
        asked = {name: getattr(table, name) for name in ("blocks", "kinds", "stride_in", "input_size")}
        rows = [row._asdict() for row in table.rows()]
        yield case("stagesOf", asked, answer=rows, file="stages.js")
        totals = {
            "layers": table.depth(),
            "parameters": table.parameters(),
            "multiply_adds": table.multiply_adds(),
        }
        yield case("totalsOf", rows, answer=totals, file="stages.js")


def mixture(seed):
    draw = random.Random(seed)
    return {
        "blocks": [draw.randint(1, 36) for _ in range(4)],
        "kinds": [draw.choice(["basic", "bottleneck"]) for _ in range(4)],
        "stride_in": draw.choice(["3x3", "1x1"]),
        "input_size": 32 * draw.randint(1, 8),
    }
