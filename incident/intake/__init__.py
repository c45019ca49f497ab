"""Intake: from the bytes of a source to validated records, and the import run."""
