"""Event data of other projects: ICEWS, GDELT, POLECAT, and benchmarks made of them."""
