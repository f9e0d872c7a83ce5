"""What the region uploads to the repository of the Coordinador Territorial del FED (R068, R094)."""
