"""What of ours answers an authority's questions, by what the questions are about."""
