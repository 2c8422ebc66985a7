"""Answers of people who did not see ours: each folder of outsiders holds right and wrong ones by topic."""

from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from cnnlab import exercises
from cnnlab.exercises import diagnosis, registry
from cnnlab.exercises.checker import verdict_on

OUTSIDERS = Path(__file__).parent / "outsiders"
FOLDERS = sorted(folder.name for folder in OUTSIDERS.glob("[!_]*") if folder.is_dir())
FILES = sorted((file.parent.name, file.stem) for file in OUTSIDERS.glob("[!_]*/[!_]*.py"))
GENERAL = (diagnosis.SHAPE, diagnosis.NUMBER, diagnosis.VALUES)
LARGEST_SHARE = 0.15


@cache
def verdicts(folder, topic):
    """Return what every right and every wrong answer gets, each by exercise and number."""
    judged = {}, {}
    answers = import_module(f"tests.exercises.outsiders.{folder}.{topic}").ANSWERS
    for name, both in answers.items():
        for of, group in zip(judged, both, strict=True):
            for number, answer in enumerate(group, start=1):
                of[name, number] = verdict_on(registry.find(name), answer, 20.0, trusted=True)
    return judged


@pytest.mark.parametrize(("folder", "topic"), FILES)
def test_what_is_right_is_accepted_and_what_is_wrong_refused(folder, topic):
    right, wrong = verdicts(folder, topic)
    assert {name for name, _ in wrong} == {name for name in exercises.names() if name.startswith(f"{topic}.")}
    assert {key: verdict.text for key, verdict in right.items() if verdict.passed is not True} == {}
    assert {key: verdict.text for key, verdict in wrong.items() if verdict.passed is not False} == {}


@pytest.mark.parametrize("folder", FOLDERS)
def test_few_wrong_answers_meet_only_a_general_sentence(folder):
    wrong = {key: each for of, topic in FILES if of == folder for key, each in verdicts(of, topic)[1].items()}
    general = [key for key, verdict in wrong.items() if verdict.text.endswith(GENERAL)]
    assert len(general) <= LARGEST_SHARE * len(wrong), general
