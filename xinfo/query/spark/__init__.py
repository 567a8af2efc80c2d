"""Questions run on a Spark cluster over Spark Connect: the same checked statements, in Spark's dialect."""
