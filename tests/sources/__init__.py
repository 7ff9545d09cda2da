"""Tests of where pages come from."""
