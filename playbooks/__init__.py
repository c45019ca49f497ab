"""What vendors, laws and authorities say, as files that a lawyer can correct; and how they are read."""
