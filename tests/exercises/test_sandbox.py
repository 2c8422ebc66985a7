import contextlib
import ctypes
import io
import os
import random
import signal
import sys
import threading
import time
import warnings

import numpy as np
import psutil
import pytest
import torch

from cnnlab import exercises
from cnnlab.exercises import Function, Mistake, checker, sandbox

GIVEN = Function(cases=[{"signal": [1, 2, 6]}, {"signal": [4, 0]}], right=[lambda signal: signal])


def outcome(function, seconds=20.0):
    """Return what came of the first case."""
    return sandbox.run(function, GIVEN, seconds).outcomes[0]


def fault(function, seconds=20.0):
    return outcome(function, seconds).fault


def children():
    return {child.pid for child in psutil.Process().children(recursive=True)}


def runs(process):
    """Return whether a process is alive; one that nobody has waited for is not."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    return False


@pytest.fixture(autouse=True)
def nothing_is_left_behind():
    before, descriptors = children(), len(os.listdir("/proc/self/fd"))
    yield
    assert children() <= before
    assert len(os.listdir("/proc/self/fd")) <= descriptors


def test_the_function_sees_float64_tensors_and_every_case_comes_back_in_order_as_float64():
    run = sandbox.run(lambda signal: signal * 2 if signal.dtype == torch.float64 else 0, GIVEN, 20.0)
    assert [o.value.tolist() for o in run.outcomes] == [[2, 4, 12], [8, 0]]
    assert run.outcomes[0].value.dtype == np.float64


def test_the_function_sees_what_the_notebook_has_defined_and_cannot_change_it():
    weights = [1.0, 10.0, 100.0]

    def function(signal):
        weights.append(7)
        return torch.tensor(weights[:3]) * signal

    assert outcome(function).value.tolist() == [1, 20, 600]
    assert weights == [1.0, 10.0, 100.0]


def test_a_function_that_draws_gets_the_same_numbers_every_time():
    def draw(signal):
        return [random.random(), float(np.random.rand()), float(torch.rand(1))]  # noqa: NPY002

    first = outcome(draw).value
    torch.rand(7)
    assert outcome(draw).value.tolist() == first.tolist()


def test_torch_in_many_threads_before_does_not_hang_the_child():
    threads = torch.get_num_threads()
    torch.set_num_threads(2)
    big = torch.ones(600, 600, requires_grad=True)
    (big @ big).sum().backward()

    def function(signal):
        other = torch.ones(600, 600, requires_grad=True)
        (other @ other).sum().backward()
        return other.grad[0, 0]

    try:
        assert outcome(function).value == 1200
    finally:
        torch.set_num_threads(threads)


def swallow(signal):
    while True:
        with contextlib.suppress(BaseException):
            while True:
                pass


def stopped(signal):
    import signal as signals

    for number in (signals.SIGTERM, signals.SIGINT, signals.SIGHUP, signals.SIGALRM):
        signals.signal(number, signals.SIG_IGN)
    os.setsid() if os.getpgrp() != os.getpid() else None
    swallow(signal)


@pytest.mark.parametrize("function", [swallow, stopped, lambda signal: time.sleep(60)])
def test_a_loop_is_killed_at_the_time_limit(function):
    start = time.monotonic()
    assert fault(function, 0.4) == sandbox.Fault("time limit", "nothing within 0.4 s")
    assert time.monotonic() - start < 5


def test_cases_before_the_time_limit_still_count():
    def function(signal):
        return signal if len(signal) == 3 else swallow(signal)

    run = sandbox.run(function, GIVEN, 0.6)
    assert run.outcomes[0].value.tolist() == [1, 2, 6]
    assert run.outcomes[1].fault.kind == "time limit"


def test_processes_that_the_function_starts_are_killed_and_not_waited_for():
    def function(signal):
        started = os.fork()
        if started == 0:
            time.sleep(60)
        return started

    start = time.monotonic()
    started = int(outcome(function).value)
    assert time.monotonic() - start < 5
    deadline = time.monotonic() + 5
    while runs(started) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not runs(started)


@pytest.mark.parametrize(
    ("function", "detail"),
    [
        (lambda signal: os._exit(0), "no answer: the process ended with exit status 0"),
        (lambda signal: os._exit(3), "no answer: the process ended with exit status 3"),
        (lambda signal: os.kill(os.getpid(), 9), "no answer: the process was ended by signal 9"),
        (lambda signal: ctypes.string_at(0), "no answer: the process was ended by signal 11"),
    ],
)
def test_an_ended_process_is_named(function, detail):
    assert fault(function) == sandbox.Fault("ended the process", detail)


class TalkativeError(Exception):
    def __str__(self):
        raise KeyboardInterrupt


def raises(signal):
    limit = 3
    return helper(signal, limit)


def helper(signal, limit):
    return torch.stack([*signal[:limit], 5])


@pytest.mark.parametrize(
    ("function", "detail", "line"),
    [
        (lambda signal: 1 / 0, "ZeroDivisionError: division by zero", '(lambda signal: 1 / 0, "Zero'),
        (raises, "TypeError: expected Tensor as element 3", "return torch.stack([*signal[:limit], 5])"),
        (lambda signal: sys.exit(2), "SystemExit: 2", "(lambda signal: sys.exit(2)"),
        (lambda signal: signal.sun(), "AttributeError: 'Tensor' object has no attribute 'sun'", "(lambda"),
        (lambda signal: input("?"), "EOFError: a checked function cannot ask for input", "(lambda"),
        (lambda signal: int.__add__(object, 1), "TypeError: descriptor '__add__' requires", "(lambda"),
    ],
)
def test_an_exception_shows_type_message_and_the_students_own_line(function, detail, line):
    found = fault(function)
    assert found.kind == "exception"
    assert found.detail.startswith(detail)
    assert found.line.startswith(line)


def raising(error):
    def function(signal):
        raise error

    return function


def test_exceptions_that_misbehave_are_shown_all_the_same():
    assert fault(raising(TalkativeError())).detail == "TalkativeError: (its message cannot be shown)"
    assert len(fault(raising(ValueError("x" * 10**7))).detail) < 250
    two_lines = raising(ValueError(f"{object()!r}\nsecond line"))
    assert fault(two_lines).detail == "ValueError: <object object at 0x...> second line"


def test_an_object_with_call_is_a_function_too():
    class Scale:
        def __call__(self, signal):
            return signal / self.missing

    assert fault(Scale()).line == "return signal / self.missing"
    assert outcome(torch.nn.Identity()).value.tolist() == [1, 2, 6]


def test_wrong_arguments_are_named_before_the_function_is_called():
    assert fault(lambda: 1).kind == "arguments"
    found = fault(lambda signal, kernel: 1)
    assert found.detail == "the function takes (signal, kernel), the check gives (signal)"
    assert outcome(lambda signal, kernel=1: signal).value.tolist() == [1, 2, 6]


def test_a_changed_input_is_named():
    assert outcome(lambda signal: signal.add_(1)).changed == ("signal",)
    assert outcome(lambda signal: signal.resize_(1)).changed == ("signal",)
    assert outcome(lambda signal: signal + 1).changed == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda pairs: pairs.append((1, 1)),
        lambda pairs: pairs.reverse(),
        lambda pairs: pairs[0].append(1),
        lambda pairs: pairs.__setitem__(0, Unequal()),
    ],
)
def test_a_list_changed_in_place_is_named(change):
    def function(pairs):
        change(pairs)
        return 1

    exercise = Function(cases=[{"pairs": ([3, 1], (2, 2))}], right=[len])
    assert sandbox.run(function, exercise, 20.0).outcomes[0].changed == ("pairs",)
    assert exercise.cases[0]["pairs"] == ([3, 1], (2, 2))
    assert sandbox.run(lambda pairs: len(pairs), exercise, 20.0).outcomes[0].changed == ()


class Unequal:
    __hash__ = None

    def __eq__(self, other):
        raise KeyError("no comparison")


def test_output_is_captured_and_kept_from_the_notebook(capfd):
    def function(signal):
        print("hello")
        print("to stderr", file=sys.stderr)
        os.write(1, b"straight to the file")
        os.system("echo from a shell")
        warnings.warn("careful", UserWarning, stacklevel=1)
        return signal

    with warnings.catch_warnings():
        warnings.simplefilter("default")
        run = sandbox.run(function, GIVEN, 20.0)
    assert run.printed == "hello\nhello\n"
    assert run.characters == 12
    assert capfd.readouterr() == ("", "")


def test_a_hundred_megabytes_are_neither_printed_nor_sent():
    def prints(signal):
        for _ in range(100):
            print("x" * 10**6)
        return 1

    run = sandbox.run(prints, GIVEN, 20.0)
    assert run.printed == "x" * 40
    assert run.characters == 2 * 100 * (10**6 + 1)
    assert fault(lambda signal: torch.zeros(13_000_000)).kind == "too large"


@pytest.mark.parametrize(
    "line",
    [
        b"no JSON",
        b"[" * 100_000,
        b"[]",
        b'"printed"',
        b'{"shape": [1], "data": ["x"], "changed": []}',
        b'{"shape": [2], "data": [1.0], "changed": []}',
        b'{"fault": "nonsense", "detail": "", "line": ""}',
        b'{"fault": ["your turn"], "detail": "", "line": ""}',
        b'{"printed": "", "characters": "many"}',
    ],
)
def test_writing_into_the_answers_pipe_forges_nothing(line):
    ours = set(os.listdir("/proc/self/fd"))

    def forges(signal):
        for descriptor in set(os.listdir("/proc/self/fd")) - ours:
            with contextlib.suppress(OSError):
                os.write(int(descriptor), line + b"\n")
        return signal

    run = sandbox.run(forges, GIVEN, 20.0)
    assert [o.fault.kind for o in run.outcomes] == ["ended the process"]


def test_the_warning_of_a_fork_beside_threads_is_not_shown(monkeypatch):
    fork = os.fork

    def warns():
        warnings.warn("multi-threaded, use of fork() may lead to deadlocks", DeprecationWarning, stacklevel=2)
        return fork()

    monkeypatch.setattr(os, "fork", warns)
    assert outcome(lambda signal: signal).value.tolist() == [1, 2, 6]


def test_it_works_beside_threads_and_from_a_thread():
    stop, found = threading.Event(), []
    busy = threading.Thread(target=stop.wait)
    caller = threading.Thread(target=lambda: found.append(outcome(lambda signal: signal)))
    busy.start()
    caller.start()
    caller.join(20)
    stop.set()
    busy.join()
    assert found[0].value.tolist() == [1, 2, 6]


def test_an_interrupted_check_leaves_no_process():
    def interrupt(number, frame):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.4)
        with pytest.raises(KeyboardInterrupt):
            sandbox.run(swallow, GIVEN, 20.0)
    finally:
        signal.signal(signal.SIGALRM, before)


def test_a_child_whose_notebook_has_died_ends_by_itself(monkeypatch):
    monkeypatch.setattr(sandbox, "GRACE_SECONDS", 0.1)
    process, pipe = sandbox._start(swallow, GIVEN, 0.2)
    os.close(pipe)
    _, status = os.waitpid(process, 0)
    assert os.WTERMSIG(status) == signal.SIGALRM


def no_room(*_):
    raise BlockingIOError("no room for another process")


@pytest.fixture
def without_fork(monkeypatch):
    monkeypatch.setattr(os, "fork", no_room)


@pytest.mark.usefixtures("without_fork")
def test_without_a_fork_a_thread_does_it(capsys):
    def function(signal):
        print("hello")
        return signal

    run = sandbox.run(function, GIVEN, 20.0)
    assert run.outcomes[1].value.tolist() == [4, 0]
    assert run.characters == 12
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("without_fork")
def test_in_a_thread_too_a_loop_ends_at_the_time_limit():
    def function(signal):
        while True:
            time.sleep(0.001)

    before = threading.active_count()
    assert fault(function, 0.2).kind == "time limit"
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() == before


def test_a_function_that_needs_a_gpu_is_called_again_where_it_has_one(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "init", lambda: None)
    home = os.getpid()

    def function(signal):
        if os.getpid() != home:
            raise RuntimeError("Cannot re-initialize CUDA in forked subprocess. To use CUDA ...")
        return signal

    assert outcome(function).value.tolist() == [1, 2, 6]


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA GPU")
def test_a_real_gpu_is_no_obstacle():
    torch.zeros(1, device="cuda")
    assert outcome(lambda signal: signal.cuda() * 2).value.tolist() == [2, 4, 12]
    assert exercises.check("start.shape", torch.tensor([8, 3, 32, 48], device="cuda")).passed


def test_the_standard_output_outlives_a_thread():
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        sandbox.run_here(lambda signal: print("inside"), GIVEN, 20.0)
        print("outside")
    assert out.getvalue() == "outside\n"


@pytest.mark.parametrize("run", [sandbox.run, sandbox.run_here])
def test_what_comes_back_is_read_as_the_exercise_says(run):
    second = Function(cases=GIVEN.cases, right=GIVEN.right, join=lambda first, second: second)
    found = run(lambda signal: (signal, [len(signal), 7]), second, 20.0)
    assert [outcome.value.tolist() for outcome in found.outcomes] == [[3, 7], [2, 7]]
    assert run(lambda signal: signal, second, 20.0).outcomes[0].fault.kind == "wrong shape"


def meddle(signal):
    """Change what a check must leave as it was, and draw from every generator."""
    os.environ["CNNLAB_TEST"] = "1"
    os.environ.pop("HOME", None)
    os.chdir("/")
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(torch.get_num_threads() + 1)
    return signal + 0 * (random.random() + np.random.rand() + float(torch.rand(1)))  # noqa: NPY002


def state():
    numpy = np.random.get_state()  # noqa: NPY002
    return (
        *(dict(os.environ), os.getcwd(), torch.get_default_dtype(), torch.get_num_threads()),
        *(torch.is_grad_enabled(), random.getstate(), numpy[1].tolist(), numpy[2:]),
        torch.get_rng_state().tolist(),
    )


@pytest.mark.parametrize("where", ["a child", "a thread", "no fork"])
def test_a_check_leaves_the_notebook_as_it_was(where, monkeypatch):
    if where == "no fork":
        monkeypatch.setattr(os, "fork", no_room)
    before = state()
    assert checker.verdict_on(GIVEN, meddle, 20.0, trusted=where == "a thread").passed
    assert state() == before


def test_what_the_right_answer_and_a_mistake_draw_is_given_back():
    def draws(signal):
        return meddle(signal)

    exercise = Function(
        cases=GIVEN.cases,
        right=[draws],
        mistakes=[Mistake("half", "Half.", lambda signal: draws(signal) / 2)],
    )
    before = state()
    assert checker.verdict_on(exercise, lambda signal: signal / 2, 20.0).diagnosis == "half"
    assert state() == before


def test_a_gpu_asked_for_where_there_is_none_is_told_and_nothing_runs_here(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    home, before = os.getpid(), state()

    def needs_gpu(signal):
        if os.getpid() == home:
            pytest.fail("ran in the notebook's own process")
        meddle(signal)
        raise RuntimeError("Cannot re-initialize CUDA in forked subprocess. To use CUDA ...")

    verdict = checker.verdict_on(GIVEN, needs_gpu, 20.0)
    assert verdict.diagnosis == "no GPU"
    assert "came back   RuntimeError: Cannot re-initialize CUDA" in verdict.text
    assert state() == before


@pytest.mark.skipif(torch.cuda.is_available(), reason="a CUDA GPU is here")
def test_without_a_gpu_cuda_is_an_exception_with_a_name():
    torch.cuda.is_available()  # a notebook asks first, and that alone forbids CUDA after a fork
    verdict = checker.verdict_on(GIVEN, lambda signal: meddle(signal).cuda(), 20.0)
    assert (verdict.passed, verdict.diagnosis) == (False, "no GPU")


LARGE = {
    "floats": lambda count: [0.5] * count,
    "0-d tensors": lambda count: [torch.tensor(0.5)] * count,
    "NumPy numbers": lambda count: [np.float32(0.5)] * count,
    "a tensor": lambda count: torch.full((count,), 0.5),
    "rows": lambda count: [[0.5] * 999 for _ in range(count // 1000)],
}


@pytest.mark.parametrize("make", LARGE.values(), ids=LARGE)
def test_a_large_answer_has_a_verdict_in_time(make):
    fair, huge = make(99_998), make(999_998)
    for answer, diagnosis, seconds in ((fair, "wrong shape", 10), (huge, "too large", 3)):
        start = time.monotonic()
        assert checker.verdict_on(GIVEN, lambda signal, answer=answer: answer, 10.0).diagnosis == diagnosis
        assert time.monotonic() - start < seconds
