"""Everything printed: one module per official paper. Loaded on use, reportlab with it."""
