"""A store in the formats of statistics offices and semantic layers, and the way back in."""
