"""Where lines break. Knows no renderer."""
