"""The doctor: what is well and what is wrong with the record and the files around it, and what can be mended."""
