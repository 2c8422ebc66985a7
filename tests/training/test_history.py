import matplotlib
import pytest

from cnnlab.training import Evaluation, History

matplotlib.use("agg")


def history():
    told = History()
    told.add(1.0, 0.5, Evaluation(2.0, 0.25), 0.1, 3.0)
    told.add(0.25, 0.975, Evaluation(0.5, 0.75), 0.05, 4.0)
    return told


def test_the_history_reads_as_a_table():
    assert str(history()).splitlines() == [
        "epoch  train loss  train accuracy  test loss  test accuracy  learning rate",
        "    1           1           50.0%          2          25.0%            0.1",
        "    2        0.25           97.5%        0.5          75.0%           0.05",
    ]
    assert str(History(train_loss=[1.0])).splitlines() == ["epoch  train loss", "    1           1"]
    assert str(History()) == "epoch"


def test_a_notebook_shows_the_same_table():
    html = history()._repr_html_()
    assert html.count("<tr>") == 3
    assert '<th scope="col">test accuracy</th>' in html
    assert "<td>97.5%</td>" in html


def test_rows_are_dictionaries_with_what_there_is():
    assert history().rows()[1] == {
        "epoch": 2, "train_loss": 0.25, "train_accuracy": 0.975, "test_loss": 0.5, "test_accuracy": 0.75,
        "learning_rate": 0.05, "seconds": 4.0,
    }  # fmt: skip
    assert History(train_loss=[1.0]).rows() == [{"epoch": 1, "train_loss": 1.0}]


def test_histories_are_equal_whatever_time_they_took():
    other = history()
    other.seconds = [9.0, 9.0]
    assert other == history()
    other.test_loss[0] = 2.5
    assert other != history()


def test_the_plot_shows_each_series_over_the_epochs():
    figure = history().plot()
    lines = {(axes.get_ylabel(), line.get_label()): line for axes in figure.axes for line in axes.lines}
    assert lines.keys() == {(name, part) for name in ("loss", "accuracy") for part in ("train", "test")}
    assert list(lines["loss", "train"].get_xdata()) == [1, 2]
    assert list(lines["accuracy", "test"].get_ydata()) == [0.25, 0.75]
    matplotlib.pyplot.close(figure)


def test_the_plot_can_be_shown_in_the_courses_style():
    from cnnlab import figures

    figure = history().plot()
    assert "panel 1: loss by epoch; x: epoch; y: loss\n  line 'train', 2 points" in figures.describe(figure)
    matplotlib.pyplot.close(figure)


@pytest.mark.parametrize(("told", "panels"), [(History(), 1), (History(train_loss=[1.0]), 1)])
def test_the_plot_leaves_out_what_is_not_there(told, panels):
    figure = told.plot()
    assert len(figure.axes) == panels
    matplotlib.pyplot.close(figure)
