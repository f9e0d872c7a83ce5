"""The sync bundle (.fichaat): a strict profile of ETSI ASiC-E with CAdES.

One value has one form: the reader accepts the bytes that the writer makes and nothing else.
"""
