"""The evidence pack: one incident for an authority, with its place in the journal's chain and nothing of the others."""
