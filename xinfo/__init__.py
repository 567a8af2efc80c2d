"""xinfo answers questions about China's information-consumption pilot cities, each figure with its source."""

__version__ = "0.1.0"
