"""Answers for other programs over HTTP, beside the app in its process. Everything here reads."""
