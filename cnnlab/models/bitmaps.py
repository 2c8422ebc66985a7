"""The ten digits as pictures of 7 by 12 black and white pixels, drawn for this course.

LeNet-5 of 1998 compares its last 84 features with such pictures. Those of the paper (figure 3, all printable
ASCII characters) are drawn a little differently.
"""

from __future__ import annotations

import torch
from torch import Tensor

HEIGHT, WIDTH = 12, 7

# Ten digits side by side, a blank between them.
_ROWS = """
..###.. ...##.. .#####. .#####. ....##. ####### ..####. ####### .#####. .#####.
.##.##. ..###.. ##...## ##...## ...###. ##..... .##.... .....## ##...## ##...##
##...## .####.. ##...## .....## ...###. ##..... ##..... .....## ##...## ##...##
##...## ...##.. .....## .....## ..####. ##..... ##..... ....##. ##...## ##...##
##...## ...##.. .....## .....## ..#.##. ######. ##..... ....##. ##...## ##...##
##...## ...##.. ....##. ..####. .##.##. ##...## ######. ...##.. .#####. ##...##
##...## ...##.. ...##.. .....## .#..##. .....## ##...## ...##.. ##...## .######
##...## ...##.. ..##... .....## ##..##. .....## ##...## ..##... ##...## .....##
##...## ...##.. .##.... .....## ####### .....## ##...## ..##... ##...## .....##
##...## ...##.. ##..... .....## ....##. .....## ##...## .##.... ##...## .....##
.##.##. ...##.. ##..... ##...## ....##. ##...## ##...## .##.... ##...## ....##.
..###.. .###### ####### .#####. ....##. .#####. .#####. .##.... .#####. .####..
"""


def digit_bitmaps() -> Tensor:
    """Return the ten digits as pictures of 12 rows and 7 columns.

    Returns:
        Shape (10, 12, 7), float32: 1 where there is ink, -1 elsewhere. A new tensor.

    Source:
        LeCun et al. 1998, Gradient-based learning applied to document recognition, section II.B and figure 3,
        for the idea; the drawings are ours.

    Example:
        >>> for row in digit_bitmaps()[1, :4]:
        ...     print("".join("#" if ink > 0 else "-" for ink in row))
        ---##--
        --###--
        -####--
        ---##--
    """
    rows = [row.split() for row in _ROWS.split("\n") if row]
    pictures = zip(*rows, strict=True)
    return torch.tensor([[[1.0 if ink == "#" else -1.0 for ink in row] for row in rows] for rows in pictures])
