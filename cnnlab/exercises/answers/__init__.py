"""Right and wrong answers, with which ``exercises.prove`` shows that each check is right."""
