"""Where an answer's figures come from: the store's figures each row rests on, and the published rows behind those."""
