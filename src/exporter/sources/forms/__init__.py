"""The forms of source that hold pages, one module each; ``kinds`` is their table. Below them, what several have in common."""
