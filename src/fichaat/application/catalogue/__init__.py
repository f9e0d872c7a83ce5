"""The catalogue of a region: reading, judging, publishing; its files; the list of districts."""
