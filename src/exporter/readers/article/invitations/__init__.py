"""What asks the reader for something, or invites to read something else."""
