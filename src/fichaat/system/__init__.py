"""What the operating system gives: paths, settings, logging, clock, ids, atomic files."""
