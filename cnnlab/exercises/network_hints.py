"""Why a network of one's own may not run at all, whatever it is asked to do."""

from __future__ import annotations

from cnnlab.exercises.exercise import Hint

HINTS = (
    Hint(
        "no super().__init__()",
        "A network of your own begins its __init__ with super().__init__().",
        ("before Module.__init__()",),
    ),
    Hint(
        "no forward",
        "A network of your own needs a method forward; nn.ModuleList has none, nn.Sequential has.",
        ('missing the required "forward"',),
    ),
)
