"""Questions drawn at random, tiny panels to ask them of, and an evaluator of questions that knows no SQL."""
