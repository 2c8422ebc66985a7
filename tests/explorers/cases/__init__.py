"""For each explorer a module whose ``cases()`` gives what the library answers for its JavaScript to match."""
