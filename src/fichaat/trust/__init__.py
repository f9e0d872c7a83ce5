"""Keys, certificates, signatures and the wrapping of the database's key."""
