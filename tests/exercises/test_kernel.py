"""Checks inside a real kernel: its threads, its displays and its sockets must survive them."""

import os
import textwrap

import nbclient
import nbformat
import psutil
import pytest

CELLS = {
    "threads": """
        import torch
        from cnnlab import exercises
        torch.set_num_threads(2)
        big = torch.ones(700, 700, requires_grad=True)
        (big @ big).sum().backward()
        calls = []
    """,
    "right": """
        def mean(signal):
            print("working")
            calls.append(1)
            weights = torch.ones(700, 700, requires_grad=True)
            (weights @ weights).sum().backward()
            return signal.mean()
        exercises.check("start.mean", mean)
    """,
    "wrong": """
        def convolve(signal, kernel):
            n = len(signal)
            return [signal[i] * kernel[i] for i in range(n)]
        exercises.check("conv1d.convolve", convolve)
    """,
    "loop": """
        def loop(signal):
            while True:
                try:
                    while True:
                        pass
                except BaseException:
                    pass
        exercises.check("start.mean", loop, seconds=0.5)
    """,
    "exit": """
        import os
        exercises.check("start.mean", lambda signal: os._exit(7))
    """,
    "input": """exercises.check("start.mean", lambda signal: float(input("the mean?")))""",
    "display": """
        def shows(signal):
            display(signal)
            os.write(1, b"to the descriptor")
            os.write(2, b"to the descriptor")
            import warnings
            warnings.warn("careful")
            return signal.mean()
        exercises.check("start.mean", shows)
    """,
    "turn": """exercises.check("start.mean", exercises.YOUR_TURN)""",
    "value": """exercises.check("start.shape", torch.zeros(8, 3, 32, 48).shape)""",
    "after": """
        verdicts = {repr(exercises.check("start.mean", mean)) for _ in range(5)}
        print("alive", calls, torch.get_num_threads(), len(verdicts))
    """,
}


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("kernel") / "stderr.txt"


@pytest.fixture(scope="module")
def outputs(log):
    cells = [nbformat.v4.new_code_cell(textwrap.dedent(source).strip()) for source in CELLS.values()]
    client = nbclient.NotebookClient(nbformat.v4.new_notebook(cells=cells), timeout=60, kernel_name="python3")
    # Under pytest a kernel does not watch its descriptors; a reader's does.
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    with log.open("w") as stderr, client.setup_kernel(stderr=stderr, env=environment):
        for index, cell in enumerate(cells):
            client.execute_cell(cell, index)
        kernel = psutil.Process(client.km.provisioner.process.pid)
        left = kernel.children(recursive=True)
    assert left == []
    return dict(zip(CELLS, (cell.outputs for cell in cells), strict=True))


def text(outputs, name):
    (only,) = outputs[name]
    return only.text if only.output_type == "stream" else only.data["text/plain"]


def test_a_check_shows_its_verdict_and_nothing_else(outputs):
    for name, found in outputs.items():
        kinds = [(output.output_type, output.get("name")) for output in found]
        wanted = {"threads": [], "after": [("stream", "stdout")]}
        assert kinds == wanted.get(name, [("execute_result", None)]), name


def test_a_right_answer_is_right_beside_the_kernels_threads(outputs):
    assert text(outputs, "right").startswith("start.mean: right on all 11 inputs")
    assert "printed     'working\\n" in text(outputs, "right")
    assert text(outputs, "value") == "start.shape: right"


def test_an_exception_shows_the_line_of_the_cell(outputs):
    assert "came back   IndexError: index 2 is out of bounds" in text(outputs, "wrong")
    assert "your line   return [signal[i] * kernel[i] for i in range(n)]" in text(outputs, "wrong")


def test_loops_exits_and_questions_end_in_a_verdict(outputs):
    assert "nothing within 0.5 s" in text(outputs, "loop")
    assert "the process ended with exit status 7" in text(outputs, "exit")
    assert "EOFError: a checked function cannot ask for input" in text(outputs, "input")


def test_displays_and_descriptors_stay_out_of_the_notebook_and_of_the_terminal(outputs, log):
    assert text(outputs, "display") == "start.mean: right on all 11 inputs"
    assert "from fork" not in log.read_text()
    assert "descriptor" not in log.read_text()


def test_a_placeholder_is_friendly(outputs):
    assert text(outputs, "turn").startswith("start.mean: it is your turn.")


def test_the_kernel_is_as_it_was(outputs):
    assert text(outputs, "after") == "alive [] 2 1\n"
