# SPDX-License-Identifier: Apache-2.0
"""What tests of bundles stand on: a laptop and a centre that know each other's keys, without a database."""

import dataclasses
import zlib

import pytest

LAPTOP, CENTRE = "0123456789abc", "zyxwvutsrqpnm"


class Road:
    """From a laptop to its centre: writes bundles onto a stick and opens them as the centre does."""

    def __init__(self, stick):
        from nacl.signing import SigningKey
        from pyrage.x25519 import Identity

        self.stick = stick
        self.signing_key = SigningKey(bytes(range(32)))
        self.centre = Identity.generate()
        self.known = {LAPTOP: self.signing_key.verify_key}

    @property
    def public(self):
        """What bundles for the centre are closed for."""
        return str(self.centre.to_public())

    def facts(self, **others):
        from db.exchange.bundle import Facts
        from resource_centre.records import new_id

        facts = Facts(
            id=new_id(), sender=LAPTOP, recipient=CENTRE, link_no=7, part=1, parts=1, made_ms=1_790_000_000_000,
            age_key=self.public, heard=(new_id(),), heard_to=6,
        )  # fmt: skip
        return dataclasses.replace(facts, **others)

    def write(self, changes=(), drops=(), files=(), held=None, *, name="LTM-02-7.rcb", **others):
        from db.exchange.bundle import write_bundle

        options = {"recipients": [self.public], "signing_key": self.signing_key} | others
        facts = options.pop("facts", None) or self.facts()
        return write_bundle(self.stick / name, facts, changes, drops, files, held, **options)

    def open(self, path, identities=None, **others):
        from db.exchange.bundle import open_bundle

        options = {"own_sites": [CENTRE]} | others
        return open_bundle(path, identities or [self.centre], self.known.get, **options)

    def seal(self, content, name="sealed.rcb"):
        """An age file for the centre around any bytes: what anybody can make who has its public key."""
        import pyrage
        from pyrage.x25519 import Recipient

        path = self.stick / name
        path.write_bytes(pyrage.encrypt(content, [Recipient.from_str(self.public)]))
        return path

    def sign(self, lines, **others):
        """A bundle whose body are these lines, signed and sealed as the laptop does, whatever they say."""
        return self.seal(self.signed(b"".join(line + b"\n" for line in lines), **others))

    def signed(self, raw, body=None, **others):
        """The inside of a bundle around any body, with a header that fits unless told otherwise."""
        from hashlib import sha256

        from db.exchange.bundle_header import Header, preamble

        packed = zlib.compress(raw) if body is None else body
        lines = raw.split(b"\n")
        counts = {
            f"{kind}s": sum(f'"{kind}":'.encode() in line for line in lines) for kind in ("change", "drop", "file")
        }
        header = Header(
            **dataclasses.asdict(self.facts()), schema_no=1, program="0.1.0", body_length=len(packed),
            body_raw_length=len(raw), body_sha256=sha256(packed).hexdigest(), **counts,
        )  # fmt: skip
        return preamble(dataclasses.replace(header, **others), self.signing_key) + packed


@pytest.fixture
def road(tmp_path):
    """A laptop and its centre, with a stick between them."""
    stick = tmp_path / "stick"
    stick.mkdir()
    return Road(stick)


@pytest.fixture
def entries():
    """Makes entries of a laptop's log about people who are invented."""
    from resource_centre.log.shape import canonical, digest
    from resource_centre.records import new_id

    def make(count, name="Siti Aminah", first=1, **others):
        made = []
        for seq in range(first, first + count):
            row_id, body = new_id(), canonical({"full_name": [f"{name} {seq}", 1, []], "voided": [False, 1, []]})
            entry = {
                "site": LAPTOP, "seq": seq, "wall_ms": 1_790_000_000_000 + seq, "actor": new_id(), "tbl": "person",
                "row_id": row_id, "kind": "put", "schema_no": 1, "body": body,
                "digest": digest(LAPTOP, seq, "person", row_id, body),
            }  # fmt: skip
            made.append(entry | others)
        return made

    return make
