"""The parsed page: searching it, repairing it, and its pictures."""
