"""A file for each set: ``data.NAME`` is the function NAME of ``NAME.py``, found by that name."""
