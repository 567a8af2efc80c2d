"""What other programs ask, on behalf of a person: one layer under every interface for programs."""
