"""Places named in a text: found, and one chosen among those of the same name."""
