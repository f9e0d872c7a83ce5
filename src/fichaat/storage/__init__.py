"""The encrypted database of one data folder: records, drafts, blobs and what is drawn from them."""
