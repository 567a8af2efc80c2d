"""Briefings: documents whose every figure can be traced, checked and renewed."""
