"""The application: use cases, store, intake, notices and the command line."""

VERSION = "0.1.0"
"""The program's version: part of what the journal records with the rules in force."""
