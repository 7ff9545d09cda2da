"""Learns the weights by which the reader tells questions from answers, and writes them into the package."""
