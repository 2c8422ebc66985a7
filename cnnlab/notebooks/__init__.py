"""Tools for the course's notebooks: run them, check them, and make the copies that readers open."""
