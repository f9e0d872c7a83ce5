"""Agreements of visits: listed, read, moved by events outside a visit, written to sheets."""
