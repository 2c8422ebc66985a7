"""The whole output of a kernel that slides over a grid."""

import numpy as np

from cnnlab.explorers import KernelGrid
from cnnlab.explorers.kernel_grid.widget import OPERATIONS

from .build import case


def cases():
    draw = np.random.default_rng(0)
    for operation in OPERATIONS:
        for stride, padding, shape in ((1, 0, (3, 3)), (2, 1, (2, 4)), (3, 2, (5, 1))):
            settings = {"operation": operation, "stride": stride, "padding": padding}
            image, kernel = draw.integers(-9, 10, (6, 5)) / 4, draw.integers(-9, 10, shape)
            explorer = KernelGrid(image, kernel, **settings)
            rows, columns = np.shape(explorer.output())
            slid = np.rot90(kernel, 2) if explorer.turned() else kernel
            laid = {"padded": np.pad(image, padding), "slid": slid, "rows": rows, "columns": columns}
            state = {"image": explorer.image, "kernel": explorer.kernel, **settings}
            yield case("layOut", state, answer=laid)
            yield case("outputOf", {"stride": stride, **laid}, answer=explorer.output())
