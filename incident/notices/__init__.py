"""Drafts of notices: composed from what is known, rendered for a person to check, complete and send."""
