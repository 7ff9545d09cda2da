"""What the program needs of Python and of the machine: files, folders, threads, signals, bounds, what else is installed."""
