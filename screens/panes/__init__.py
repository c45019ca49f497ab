"""What the panes of one incident show: pure functions from a sight of it and a width to blocks of lines."""
