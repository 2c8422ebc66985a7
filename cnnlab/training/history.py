"""What happened in training: numbers, a table, a plot."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from cnnlab.training.evaluation import Evaluation

COLUMNS = {
    "train_loss": "{:.3g}",
    "train_accuracy": "{:.1%}",
    "test_loss": "{:.3g}",
    "test_accuracy": "{:.1%}",
    "learning_rate": "{:.3g}",
}


@dataclass
class History:
    """What happened in training, epoch by epoch; printed, it is a table.

    Attributes:
        train_loss: mean loss over the training examples in each epoch, while the weights were changing.
        train_accuracy: share of training examples classified right meanwhile, 0 to 1; empty unless the
            targets are class labels.
        test_loss: mean loss over the test examples after each epoch; empty without test examples.
        test_accuracy: share of test examples classified right after each epoch, likewise.
        learning_rate: learning rate of each epoch's last step.
        seconds: time of each epoch, test included; two histories may differ in it and still be equal.
        interrupted: whether Ctrl-C ended training.
        best_epoch: the epoch whose weights ``patience`` left in the model, counted from 1; None without.

    Example:
        >>> print(History(train_loss=[1.0, 0.25], test_accuracy=[0.5, 0.975]))
        epoch  train loss  test accuracy
            1           1          50.0%
            2        0.25          97.5%
    """

    train_loss: list[float] = field(default_factory=list)
    train_accuracy: list[float] = field(default_factory=list)
    test_loss: list[float] = field(default_factory=list)
    test_accuracy: list[float] = field(default_factory=list)
    learning_rate: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list, compare=False)
    interrupted: bool = False
    best_epoch: int | None = None

    def add(
        self,
        train_loss: float,
        train_accuracy: float | None,
        test: Evaluation | None,
        learning_rate: float,
        seconds: float,
    ) -> None:
        """Append an epoch; what is None is left out."""
        loss, accuracy = (None, None) if test is None else test
        values = (train_loss, train_accuracy, loss, accuracy, learning_rate, seconds)
        for name, value in zip((*COLUMNS, "seconds"), values, strict=True):
            if value is not None:
                getattr(self, name).append(value)

    def __len__(self) -> int:
        return len(self.train_loss)

    def rows(self) -> list[dict[str, float]]:
        """Return a dictionary an epoch, with the columns that hold something, as a data frame takes them."""
        values = asdict(self)
        columns = [name for name in (*COLUMNS, "seconds") if values[name]]
        return [
            {"epoch": epoch + 1} | {name: values[name][epoch] for name in columns}
            for epoch in range(len(self))
        ]

    def __str__(self) -> str:
        cells = self._cells()
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        lines = [[text.rjust(width) for text, width in zip(row, widths, strict=True)] for row in cells]
        return "\n".join("  ".join(line) for line in lines)

    def _repr_html_(self) -> str:
        head, *body = self._cells()
        rows = ["<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in body]
        titles = "".join(f'<th scope="col">{text}</th>' for text in head)
        return f"<table><thead><tr>{titles}</tr></thead><tbody>{''.join(rows)}</tbody></table>"

    def _cells(self) -> list[list[str]]:
        """Return the table as text, its head first; timings stay out, so that the same run reads the same."""
        shown = [name for name in COLUMNS if getattr(self, name)]
        body = [
            [str(epoch + 1), *(COLUMNS[name].format(getattr(self, name)[epoch]) for name in shown)]
            for epoch in range(len(self))
        ]
        return [["epoch", *(name.replace("_", " ") for name in shown)], *body]

    def plot(self) -> Figure:
        """Return a figure of the losses and, where there are labels, the accuracies over the epochs."""
        from matplotlib import pyplot as plt

        names = ["loss"] + ["accuracy"] * bool(self.train_accuracy or self.test_accuracy)
        size = (5.5 * len(names), 3.4)
        fig, panels = plt.subplots(1, len(names), figsize=size, squeeze=False, layout="constrained")
        for name, axes in zip(names, panels[0], strict=True):
            self._draw(axes, name)
        return fig

    def _draw(self, axes: Any, name: str) -> None:
        for part in ("train", "test"):
            values = getattr(self, f"{part}_{name}")
            if values:
                axes.plot(range(1, len(values) + 1), values, marker="o", markersize=4, label=part)
        axes.set(xlabel="epoch", ylabel=name, title=f"{name} by epoch")
        axes.locator_params(axis="x", integer=True)
        if axes.lines:
            axes.legend()
