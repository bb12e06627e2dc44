"""From a text to its linguistic analysis: tokens, sentences, syntax, names, attribution."""
