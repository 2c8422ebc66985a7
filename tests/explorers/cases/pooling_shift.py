"""The output of every way at a shift, what each shift changes, and the range of the mean."""

from cnnlab.explorers.pooling_shift.shifted_pooling import WAYS, changes, means, shorten
from cnnlab.explorers.pooling_shift.widget import ROWS

from .build import case


def cases():
    for row in (*ROWS.values(), [i * 7 % 10 / 4 for i in range(16)]):
        for way in WAYS:
            for shift, window, stride in ((0, 2, 2), (3, 3, 4), (16, 4, 2)):
                options = {"window": window, "stride": stride}
                low, high = means(row, way, **options)
                answer = {"now": shorten(row, way, shift=shift, **options), "low": low, "high": high}
                answer["steps"] = changes(row, way, **options)
                yield case("study", row, way, {"shift": shift, **options}, answer=answer)
