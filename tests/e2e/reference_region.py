"""What the records of a region come to, computed from the words of the design alone.

It knows nothing of the program: a ZIP reader, a JSON reader, and the tables of data-model.md
("Record", the kinds and who may seal them) and bundle.md ("Trust without a network"). It believes
signatures and certificates (the program's reader and `openssl` judge those) and derives everything
else anew, the slow and plain way: no indexes, nothing kept, every question asked of all records.

    python reference_region.py REGION.fichaat ROOT_DEVICE
"""

import hashlib
import json
import sys
import zipfile
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

TOLERANCE = timedelta(days=3)
OF_THE_REGION_KEY = ("credencial", "revocacion", "relevo")
ABOUT_A_FICHA = ("evidencia", "anulacion", "revision")
ROLES = ("coordinador", "provincial", "especialista")
"""Who may do less stands later."""

VERDICTS = ("rechazada", "observada", "retirada", "aprobada")
"""Of the region; the harder first, where two did not know each other."""


@dataclass(frozen=True)
class Sealed:
    """One record."""

    sha256: str
    envelope: dict[str, Any]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # any member of the envelope
        return self.envelope[name]

    @property
    def subject(self) -> tuple[str, str]:
        """Id and hash of the version that evidence, annulment or review is about."""
        return self.content["sujeto"]["id"], self.content["sujeto"]["sha256"]


@dataclass(frozen=True)
class Line:
    """The versions of one ficha by one author, and where they stand."""

    id: str
    origin: str
    head: Sealed
    estado: str
    marks: dict[str, str]
    """Standing of each version and of each word about it, by hash."""
    chosen: bool
    """Whether the region chose one of its versions among those of several authors."""
    without_effect: dict[str, str]


class Region:
    """All records, and the region key that is believed."""

    def __init__(self, records: list[Sealed], root: str, now: datetime) -> None:
        self.records = records
        self.root = root
        self.now = now

    @classmethod
    def of(cls, path: Path, root: str) -> "Region":
        """What an exported bundle holds, at the moment of its export."""
        with zipfile.ZipFile(path) as archive:
            now = moment(json.loads(archive.read("paquete.json"))["creado"])
            records = [
                sealed(name, archive.read(name))
                for name in archive.namelist()
                if name.startswith("registros/") and name.endswith(".json")
            ]
        return cls(records, root, now)

    def of_kind(self, *kinds: str) -> list[Sealed]:
        return [item for item in self.records if item.kind in kinds]

    # --- what the region key says ---

    def said(self, kind: str, **members: str) -> list[Sealed]:
        """Its own records of a kind whose content says so; other keys say nothing."""
        return [
            item
            for item in self.of_kind(kind)
            if item.device == self.root
            and all(item.content[name] == value for name, value in members.items())
        ]

    def credential(self, device: str, when: datetime | None) -> dict[str, Any] | None:
        """The newest that was valid then, the newest of all where nobody knows when; of several
        that did not know each other the one that allows less.
        """
        known = self.said("credencial", device=device)
        for slack in (timedelta(), TOLERANCE):
            valid = [item for item in known if when is None or covers(item.content, when, slack)]
            newest = [
                item
                for item in valid
                if not any(item.sha256 in self.told_before(other) for other in valid)
            ]
            if newest:
                held = max(newest, key=lambda i: (ROLES.index(i.content["rol"]), i.sha256))
                return dict(held.content)
        return None

    def told_before(self, item: Sealed) -> set[str]:
        """What the region key knew of its own words when it said this one."""
        own = {other.sha256: other for kind in OF_THE_REGION_KEY for other in self.said(kind)}
        known: set[str] = set()
        fresh = {digest for digest in item.after if digest in own}
        while fresh:
            known |= fresh
            fresh = {digest for old in fresh for digest in own[old].after if digest in own} - known
        return known

    def revoked_since(self, device: str) -> datetime | None:
        found = [moment(item.content["desde"]) for item in self.said("revocacion", device=device)]
        return min(found, default=None)

    def continues(self, device: str, author: str) -> bool:
        """The author, or who took over, in one step or several."""
        reached = {author}
        while True:
            more = {
                item.content["nuevo"]
                for old in reached
                for item in self.said("relevo", anterior=old)
            }
            if more <= reached:
                return device in reached
            reached |= more

    # --- when the region received what ---

    @cached_property
    def receptions(self) -> dict[str, list[tuple[Sealed, str]]]:
        """By hash of what was received: the receptions that count, and the role of who says so.

        Those of a revoked coordinator count where the region held them in time; a revoked
        province has no say.
        """
        found: dict[str, list[tuple[Sealed, str]]] = defaultdict(list)
        doubtful = []
        for item in self.of_kind("recepcion"):
            credential = self.credential(item.device, moment(item.content["recibido_en"]))
            role = None if credential is None else credential["rol"]
            if role == "coordinador" and self.revoked_since(item.device) is not None:
                doubtful.append(item)
            elif role == "coordinador" or (
                role == "provincial" and self.revoked_since(item.device) is None
            ):
                note(found, item, role)
        for item in [item for item in doubtful if self.held_in_time(item, found)]:
            note(found, item, "coordinador")
        return found

    def held_in_time(self, item: Sealed, found: dict[str, list[tuple[Sealed, str]]]) -> bool:
        """Whether a revoked coordinator said it, and the region knew it, before the revocation."""
        since = self.revoked_since(item.device)
        assert since is not None  # the caller picks these
        moments = [
            moment(other.content["recibido_en"])
            for other, role in found.get(item.sha256, ())
            if role == "coordinador" and self.revoked_since(other.device) is None
        ]
        known = min(moments, default=since)
        return moment(item.content["recibido_en"]) <= since >= known and not self.unknown_in_time(
            item
        )

    def first_received(self, item: Sealed) -> datetime | None:
        moments = [
            moment(reception.content["recibido_en"])
            for reception, role in self.receptions.get(item.sha256, ())
            if role == "coordinador"
        ]
        return min(moments, default=None)

    # --- the table of who may seal what ---

    def standing(self, item: Sealed, author: str) -> str:
        if (item.kind in OF_THE_REGION_KEY) != (item.device == self.root):
            return "sin_derecho"
        when = self.first_received(item)
        credential = self.credential(item.device, when)
        role = None if credential is None else credential["rol"]
        touches = item.kind in ("ficha", "evidencia", "anulacion")
        if touches and not self.continues(item.device, author):
            begins = item.kind == "ficha" and item.version == 1
            if not begins and (item.kind == "ficha" or role != "coordinador"):
                return "sin_derecho"
        since = self.revoked_since(item.device)
        if since is not None and (self.unknown_in_time(item) if when is None else when > since):
            return "revocado"
        if not self.said("credencial", device=item.device):
            return "por_aprobar"
        if credential is None:
            return "fuera_de_vigencia"
        if item.kind == "revision":
            visa = item.content["veredicto"] == "visada"
            if role != ("provincial" if visa else "coordinador"):
                return "sin_derecho"
        return "aprobado" if self.in_scope(item, credential) else "fuera_de_ambito"

    def unknown_in_time(self, item: Sealed) -> bool:
        """Whether the region did not hold it when it revoked its device: it named the last places
        of the chains that it held.
        """
        said = self.said("revocacion", device=item.device)
        first = [
            one for one in said if not any(other.sha256 in self.told_before(one) for other in said)
        ]
        held = [
            place["sha256"]
            for revocation in first
            for place in revocation.content["conocidos"]
            if place["chain"] == item.chain
        ]
        before = {
            other.sha256: other.previous
            for other in self.records
            if (other.device, other.chain) == (item.device, item.chain)
        }
        while held:
            digest = held.pop()
            if digest == item.sha256:
                return False
            held.extend(filter(None, [before.get(digest)]))
        return True

    def in_scope(self, item: Sealed, credential: dict[str, Any]) -> bool:
        if item.region != credential["ambito"][:2]:
            return False
        if item.kind != "ficha":
            return True
        level = item.content["ejecutor"]["nivel"]
        if credential["rol"] == "provincial" and level != "provincial":
            return False
        return all(
            place["ubigeo"].startswith(credential["ambito"]) for place in item.content["distritos"]
        )

    # --- fichas ---

    def last_words(self, words: list[Sealed]) -> list[Sealed]:
        """Those that none of the others knew, directly or through anything else that province and
        region said of the same ficha; what others claim to have known orders nothing.
        """
        return [
            word for word in words if not any(word.sha256 in self.knew(later) for later in words)
        ]

    def knew(self, word: Sealed) -> set[str]:
        rightful = {item.sha256: item for item in self.words(word.subject[0])}
        known: set[str] = set()
        fresh = {*word.after}
        while fresh:
            known |= fresh
            fresh = {old for new in fresh & {*rightful} for old in rightful[new].after} - known
        return known

    def words(self, id_: str) -> list[Sealed]:
        """What province and region said of a ficha, as far as they had the right."""
        return [
            item
            for item in self.of_kind("revision")
            if item.subject[0] == id_ and self.standing(item, item.device) == "aprobado"
        ]

    @cached_property
    def families(self) -> dict[str, dict[str, list[Sealed]]]:
        """By id and author, the versions of each ficha; under "" what belongs to no author."""
        found: dict[str, dict[str, list[Sealed]]] = defaultdict(lambda: defaultdict(list))
        home: dict[str, str] = {}
        for item in sorted(self.of_kind("ficha"), key=lambda item: (item.version, item.sha256)):
            authors = found[item.id]
            if item.supersedes is None:
                author = item.device
            elif item.supersedes["sha256"] in home:
                author = home[item.supersedes["sha256"]]
                author = author if self.continues(item.device, author) else ""
            else:
                theirs = [a for a in sorted(authors) if a and self.continues(item.device, a)]
                author = theirs[0] if theirs else item.device
            authors[author].append(item)
            if author:
                home[item.sha256] = author
        return found

    @cached_property
    def lines(self) -> list[Line]:
        return [
            line
            for id_, authors in sorted(self.families.items())
            for line in self.settled(
                [self.line(id_, author, items) for author, items in authors.items() if author]
            )
        ]

    def line(self, id_: str, author: str, versions: list[Sealed]) -> Line:
        hashes = {item.sha256 for item in versions}
        about = {(id_, digest) for digest in hashes}
        words = [item for item in self.of_kind(*ABOUT_A_FICHA) if item.subject in about]
        marks = {item.sha256: self.standing(item, author) for item in (*versions, *words)}
        best = next(
            (mark for mark in ("aprobado", "por_aprobar") if mark in map(marks.get, hashes)), None
        )
        living = [item for item in versions if best in (None, marks[item.sha256])]
        top = max(item.version for item in living)
        heads = sorted((i for i in living if i.version == top), key=lambda item: item.sha256)
        taken = [item for item in words if self.counts(item, marks[item.sha256], best)]
        elected = self.elected(id_)
        chosen = [head for head in heads if head.sha256 in elected]
        estado = "sellada"
        if best is None:
            estado = "cuarentena"
        elif len(heads) > 1 and len(chosen) != 1:
            estado = "conflicto"
        elif any(item.kind == "anulacion" for item in taken):
            estado = "anulada"
        kept = {item.sha256 for item in (*living, *taken)}
        lost = {digest: mark for digest, mark in marks.items() if digest not in kept}
        head = chosen[0] if len(chosen) == 1 else heads[0]
        favoured = any(item.sha256 in elected for item in living)
        return Line(id_, author, head, estado, marks, favoured, lost)

    def elected(self, id_: str) -> set[str]:
        """The versions that the region chose in its last words about a ficha."""
        said = [item for item in self.words(id_) if item.content["veredicto"] == "elegida"]
        return {item.content["sujeto"]["sha256"] for item in self.last_words(said)}

    def counts(self, word: Sealed, mark: str, best: str | None) -> bool:
        """Whoever is not approved changes nothing that is, and never reviews."""
        if word.kind == "revision" or best == "aprobado":
            return mark == "aprobado"
        return mark in ("aprobado", "por_aprobar")

    def settled(self, lines: list[Line]) -> list[Line]:
        """Of several authors of one id the approved one counts; two approved are a conflict until
        the region chooses one.
        """
        rightful = [line for line in lines if line.marks[line.head.sha256] == "aprobado"]
        chosen = [line for line in rightful if line.chosen]
        rightful = chosen if len(chosen) == 1 else rightful
        if len(lines) < 2 or not rightful:
            return lines
        loser = "conflicto" if len(rightful) > 1 else None
        return [
            other(line, (loser or line.estado) if line in rightful else "cuarentena")
            for line in lines
        ]

    def verdict(self, line: Line) -> str | None:
        """What province and region said last of the newest version."""
        said = [item for item in self.words(line.id) if item.subject == (line.id, line.head.sha256)]
        words = [item for item in said if item.content["veredicto"] in VERDICTS]
        last = {item.content["veredicto"] for item in self.last_words(words)}
        word = next((word for word in VERDICTS if word in last), None)
        if word in (None, "retirada"):
            return "visada" if any(self.is_visa(item, line.head) for item in said) else None
        return word

    def is_visa(self, item: Sealed, head: Sealed) -> bool:
        credential = self.credential(item.device, self.first_received(item))
        return (
            item.content["veredicto"] == "visada"
            and credential is not None
            and all(
                place["ubigeo"].startswith(credential["ambito"])
                for place in head.content["distritos"]
            )
        )

    def state(self, line: Line) -> str:
        """As the list shows it."""
        if line.estado != "sellada":
            return line.estado
        found = self.verdict(line)
        if found is not None:
            return found
        received = self.receptions.get(line.head.sha256, ())
        seen = any(reception.device != line.origin for reception, _ in received)
        return "recibida" if seen else "sellada"

    # --- figures ---

    def apart(self) -> list[dict[str, str]]:
        """Everything that is kept without effect, and why."""
        found: dict[str, tuple[str, str]] = {}
        theirs = {
            (item.id, item.sha256)
            for authors in self.families.values()
            for author, items in authors.items()
            for item in items
            if author
        }
        came = {(item.id, item.sha256) for item in self.of_kind("ficha")}
        for id_, digest in came - theirs:
            found[digest] = (id_, "sin_derecho")
        for item in self.of_kind(*ABOUT_A_FICHA):
            if item.subject not in theirs:
                motive = "sin_derecho" if item.subject in came else "en_espera"
                found[item.sha256] = (item.subject[0], motive)
        for line in self.lines:
            found |= {digest: (line.id, mark) for digest, mark in line.without_effect.items()}
            if line.estado == "cuarentena":
                mark = line.marks[line.head.sha256]
                believed = mark in ("aprobado", "por_aprobar")
                found[line.head.sha256] = (line.id, "otra_linea" if believed else mark)
        kinds = {item.sha256: item.kind for item in self.records}
        rows = [
            {"ficha": id_, "clase": kinds[digest], "sha256": digest, "motivo": motive}
            for digest, (id_, motive) in found.items()
        ]
        return sorted(rows, key=lambda row: (row["motivo"], row["ficha"], row["sha256"]))

    def chains(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """What misses in each chain, and the places that several records hold."""
        gaps, forks = [], []
        chains: dict[tuple[str, str], dict[int, list[Sealed]]] = defaultdict(dict)
        for item in self.records:
            chains[item.device, item.chain].setdefault(item.sequence, []).append(item)
        for (device, chain), places in sorted(chains.items()):
            missing = {n for n in range(1, max(places)) if n not in places}
            for sequence, items in places.items():
                before = {item.sha256 for item in places.get(sequence - 1, ())}
                if before and any(item.previous not in before for item in items):
                    missing.add(sequence - 1)
            for first in sorted(n for n in missing if n - 1 not in missing):
                last = first
                while last + 1 in missing:
                    last += 1
                gaps.append({"device": device, "chain": chain, "desde": first, "hasta": last})
            forks += [
                {"device": device, "chain": chain, "secuencia": sequence}
                for sequence in sorted(places)
                if len(places[sequence]) > 1
            ]
        return gaps, forks

    def devices(self) -> dict[str, str]:
        """Every device that sealed something or that the region names; keys of regions aside."""
        keys = {item.device for item in self.of_kind(*OF_THE_REGION_KEY)} | {self.root}
        found = {item.device for item in self.records}
        found |= {item.content["device"] for item in self.said("credencial")}
        found |= {item.content["device"] for item in self.said("revocacion")}
        return {device: self.device_state(device) for device in found - keys}

    def device_state(self, device: str) -> str:
        if self.revoked_since(device) is not None:
            return "revocado"
        if not self.said("credencial", device=device):
            return "por_aprobar"
        valid = self.credential(device, self.now) is not None
        return "aprobado" if valid else "fuera_de_vigencia"

    def figures(self) -> dict[str, Any]:
        """In the shape of the summary of `fichaat demo --region`."""
        gaps, forks = self.chains()
        apart = self.apart()
        return {
            "registros": len(self.records),
            "registros_por_clase": counted(item.kind for item in self.records),
            "fichas": len(self.lines),
            "fichas_por_estado": counted(map(self.state, self.lines)),
            "equipos_por_estado": counted(self.devices().values()),
            "huecos": gaps,
            "bifurcaciones": forks,
            "conflictos": [
                {"ficha": line.id, "device": line.origin, "version": line.head.version}
                for line in self.lines
                if line.estado == "conflicto"
            ],
            "cuarentena": apart,
            "cuarentena_por_motivo": counted(row["motivo"] for row in apart),
        }


def sealed(name: str, raw: bytes) -> Sealed:
    """A record, once its name says the same as its bytes."""
    item = Sealed(hashlib.sha256(raw).hexdigest(), json.loads(raw))
    _, device, chain, file = name.split("/")
    if (device, chain, file) != (
        item.device,
        item.chain,
        f"{item.sequence:08d}.{item.sha256}.json",
    ):
        raise ValueError(name)
    return item


def covers(credential: dict[str, Any], when: datetime, slack: timedelta) -> bool:
    """Whether it was valid then, or nearly."""
    return moment(credential["desde"]) - slack <= when <= moment(credential["hasta"]) + slack


def note(found: dict[str, list[tuple[Sealed, str]]], reception: Sealed, role: str) -> None:
    """Under every record that a reception says to keep."""
    for line in reception.content["registros"]:
        if line["resultado"] != "refused":
            found[line["sha256"]].append((reception, role))


def other(line: Line, estado: str) -> Line:
    return replace(line, estado=estado)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def counted(words: Any) -> dict[str, int]:  # noqa: ANN401  # any iterable of words
    return dict(sorted(Counter(words).items()))


if __name__ == "__main__":
    print(json.dumps(Region.of(Path(sys.argv[1]), sys.argv[2]).figures(), indent=1))
