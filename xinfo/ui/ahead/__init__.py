"""Fetching ahead what pages are drawn with."""
