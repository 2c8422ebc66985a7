"""Shape, counts and receptive field of every layer of a list, and why one does not fit."""

from cnnlab.explorers import NetworkBuilder
from tests.layer_lists import LENET, random_network

from .build import case


def cases():
    for layers, size in [(LENET, (1, 28, 28)), *map(random_network, range(60))]:
        builder = NetworkBuilder(layers, size)
        rows = [
            {
                "shape": row.shape,
                "parameters": row.parameters,
                "products": row.multiply_adds,
                "field": row.field,
            }
            for row in builder.rows()
        ]
        answer = {"found": rows, "problem": builder.problem()}
        given = builder.layers, size, dict(builder.words)
        yield case("rowsOf", *given, answer=answer, file="layer_list.js")
        for row in builder.rows():
            yield case("activationsOf", {"shape": row.shape}, answer=row.activations, file="layer_list.js")
