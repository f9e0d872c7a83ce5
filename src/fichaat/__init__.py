"""fichaat: offline registration, sealing and exchange of fichas."""

__version__ = "0.1.0"
