"""Coding a corpus that is too large for a case: files in, partitioned tables out."""
