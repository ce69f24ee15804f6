"""Fetched content: what letters show of other people's servers."""
