import numpy as np
import torch
from torch.nn import functional as F

from cnnlab.lessons.texture.patches import cut, laid


def pieces(image, patches):
    return [piece for row in image.chunk(patches, 1) for piece in row.chunk(patches, 2)]


def by_cat(image, patches, order):
    chosen = [pieces(image, patches)[number] for number in order.tolist()]
    rows = [torch.cat(chosen[at : at + patches], 2) for at in range(0, patches**2, patches)]
    return torch.cat(rows, 1)


def by_numpy(image, patches, order):
    c, h, w = image.shape
    x = image.numpy().reshape(c, patches, h // patches, patches, w // patches).transpose(1, 3, 0, 2, 4)
    x = x.reshape(patches**2, c, h // patches, w // patches)[order.numpy()]
    return (
        x.reshape(patches, patches, c, h // patches, w // patches).transpose(2, 0, 3, 1, 4).reshape(c, h, w)
    )


def placed(
    image,
    patches,
    order,
    to=lambda i, p: divmod(i, p),
    source=lambda i, p: divmod(i, p),
    new=torch.zeros_like,
):
    """Copy a rectangle at a time, from and to row and column of a number."""
    h, w = image.shape[1] // patches, image.shape[2] // patches
    made = new(image)
    for place, piece in enumerate(order.tolist()):
        (r, c), (y, x) = to(place, patches), source(piece, patches)
        made[:, r * h : (r + 1) * h, c * w : (c + 1) * w] = image[
            :, y * h : (y + 1) * h, x * w : (x + 1) * w
        ].clone()
    return made


def by_columns(number, patches):
    return number % patches, number // patches


def by_pixels(image, patches, order):
    """Look each pixel up."""
    h, w = image.shape[1:]
    rows, columns = torch.meshgrid(torch.arange(h), torch.arange(w), indexing="ij")
    high, wide = h // patches, w // patches
    piece = order[rows // high * patches + columns // wide]
    return image[:, piece // patches * high + rows % high, piece % patches * wide + columns % wide]


def flipped(image, patches, order):
    return laid(cut(image, patches)[order].flip(-1), patches)


RIGHT = [by_cat, by_numpy, placed, by_pixels]
WRONG = {
    "inverse": [lambda x, p, o: placed(x, p, torch.argsort(o))],
    "columns first": [
        lambda x, p, o: placed(x, p, o, by_columns),
        lambda x, p, o: placed(x, p, o, by_columns, by_columns),
        lambda x, p, o: placed(x, p, o, source=by_columns),
    ],
    "reshaped": [lambda x, p, o: x.view(len(x), p**2, -1)[:, o].view_as(x)],
    "overwritten": [lambda x, p, o: placed(x, p, o, new=lambda image: image)],
    "not put together": [
        lambda x, p, o: torch.stack([pieces(x, p)[k] for k in o]),
        lambda x, p, o: torch.cat([pieces(x, p)[k] for k in o], 2),
        lambda x, p, o: torch.cat([pieces(x, p)[k] for k in o], 1),
    ],
    "size": [lambda x, p, o: pieces(x, p)[o[0]], lambda x, p, o: x[:, o // p][:, :, o % p]],
    "other places": [
        lambda x, p, o: placed(x, p, o.flip(0)),
        lambda x, p, o: placed(placed(x, p, o), p, o),
        lambda x, p, o: placed(x, p, torch.randperm(p * p)),
        lambda x, p, o: x.flatten(1)[:, torch.randperm(x[0].numel())].view_as(x),
        flipped,
    ],
    "untouched input": [lambda x, p, o: x, lambda x, p, o: placed(x, p, o.sort()[0])],
    "sizes do not fit": [
        lambda x, p, o: F.fold(F.unfold(x, p, stride=p)[:, o], x.shape[1:], p, stride=p),
        lambda x, p, o: x[:, o],
        lambda x, p, o: np.asarray(x)[:, o.numpy() + 3],
    ],
}
