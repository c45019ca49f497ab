"""Playbooks as pages for a person: what a vendor, a law or an authority says, each fact with its source."""
