"""Readings in the forms that the field knows: PLOVER's JSON records, CAMEO's codes."""
