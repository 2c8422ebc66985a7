from cnnlab.exercises.registry import find
from cnnlab.notebooks import tasks
from tests.notebooks.build import code, markdown, notebook

NAME = "conv1d.delay"
SOLUTION = code("kernel = [0, 0, 0.5]", tags=["solution"])
CHECK = code(f'exercises.check("{NAME}", kernel)', id="check")


def lesson(text, solution=SOLUTION):
    return notebook(markdown(text), solution, CHECK)


def test_the_task_of_the_exercises_file_is_written_behind_its_label():
    book = lesson("## Exercises\n\n**Exercise 3 (hard).** Something else.")
    assert list(tasks.wrong_tasks(book)) == [
        f"cell {book.cells[0].id} must give the task of {NAME} behind its label: run make outputs"
    ]
    tasks.write_tasks(book)
    assert book.cells[0].source == f"## Exercises\n\n**Exercise 3 (hard).** {find(NAME).task}"
    assert list(tasks.wrong_tasks(book)) == []


def test_a_task_without_a_label_is_named_and_left_as_it_is():
    book = lesson("Do it.")
    tasks.write_tasks(book)
    assert book.cells[0].source == "Do it."
    assert len(list(tasks.wrong_tasks(book))) == 1


def test_a_check_that_follows_no_solution_is_no_task():
    assert list(tasks.wrong_tasks(lesson("Watch.", solution=code("kernel = [1]")))) == []
