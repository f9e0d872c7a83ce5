"""The little of DER (X.690) that certificates and container signatures of the profile need.

Both have one legal form, so they are written from a template; the reader only finds the parts that
vary. It is strict, and whoever reads with it compares the template rebuilt from those parts.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec import Struct

BOOLEAN = 0x01
INTEGER = 0x02
BIT_STRING = 0x03
OCTET_STRING = 0x04
OID = 0x06
UTF8_STRING = 0x0C
UTC_TIME = 0x17
GENERALIZED_TIME = 0x18
SEQUENCE = 0x30
SET = 0x31
CONTEXT = 0xA0

TRUE = b"\x01\x01\xff"


class DerError(ValueError):
    """The bytes are not strict DER, or not the element that stands in the template."""


class Element(Struct, frozen=True):
    tag: int
    content: bytes
    raw: bytes
    """Tag and length included."""


def tlv(tag: int, *parts: bytes) -> bytes:
    """One element around its parts."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 0x80 | len(length))) + length + content


def sequence(*parts: bytes) -> bytes:
    return tlv(SEQUENCE, *parts)


def set_of(parts: Iterable[bytes]) -> bytes:
    """In the order DER demands."""
    return tlv(SET, *sorted(parts))


def integer(value: int) -> bytes:
    """Of a number that is not negative."""
    return tlv(INTEGER, value.to_bytes(value.bit_length() // 8 + 1))


def oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    encoded = bytearray()
    for number in (first * 40 + second, *rest):
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(number & 0x7F | 0x80)
        encoded += bytes(reversed(groups))
    return tlv(OID, bytes(encoded))


def bit_string(octets: bytes, unused: int = 0) -> bytes:
    return tlv(BIT_STRING, bytes((unused,)), octets)


def time(instant: datetime) -> bytes:
    """UTCTime until 2049, GeneralizedTime afterwards (RFC 5280 4.1.2.5, RFC 5652 11.3)."""
    moment = instant.astimezone(UTC)
    text = f"{moment.year:04}{moment:%m%d%H%M%S}Z".encode()
    if 1950 <= moment.year <= 2049:
        return tlv(UTC_TIME, text[2:])
    return tlv(GENERALIZED_TIME, text)


def read_time(element: Element) -> datetime:
    """The moment of a time that `time` wrote.

    Raises:
        DerError: it is not such a time.
    """
    try:
        text = element.content.decode("ascii")
        if element.tag == UTC_TIME:
            text = ("20" if text[:2] < "50" else "19") + text
        moment = datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise DerError("time") from None
    if time(moment) != element.raw:
        raise DerError("time")
    return moment


def one(data: bytes, tag: int) -> Element:
    """The only element of the data.

    Raises:
        DerError: there is another one, or something follows it.
    """
    (element,) = exactly(data, tag)
    return element


def exactly(data: bytes, *tags: int) -> list[Element]:
    """The elements of the data, which have these tags.

    Raises:
        DerError: they are others.
    """
    elements = children(data)
    if [element.tag for element in elements] != list(tags):
        raise DerError("tags")
    return elements


def children(data: bytes) -> list[Element]:
    """Every element that stands in the data, one behind the other.

    Raises:
        DerError: truncated, or a length that is indefinite or not minimal.
    """
    elements: list[Element] = []
    start = 0
    while start < len(data):
        element = _element(data, start)
        elements.append(element)
        start += len(element.raw)
    return elements


def _element(data: bytes, start: int) -> Element:
    header = data[start : start + 2]
    if len(header) < 2 or header[0] & 0x1F == 0x1F:
        raise DerError("tag")
    tag, size = header
    body = start + 2
    if size & 0x80:
        octets = data[body : body + (size & 0x7F)]
        body += len(octets)
        size = int.from_bytes(octets)
        minimal = (size.bit_length() + 7) // 8
        if size < 0x80 or len(octets) != minimal or minimal != header[1] & 0x7F:
            raise DerError("length")
    end = body + size
    if end > len(data):
        raise DerError("truncated")
    return Element(tag, data[body:end], data[start:end])
