# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Throw-away keys to sign modules with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conftest import must, run

MARKER = b"~Module signature appended~\n"


@dataclass(frozen=True)
class KeyPair:
    """A private key and its certificate, both PEM files."""

    key: Path
    certificate: Path

    @property
    def options(self) -> tuple[str, str]:
        """What tells cmake to sign with it."""
        return (f"-DKCXX_SIGNING_KEY={self.key}", f"-DKCXX_SIGNING_CERTIFICATE={self.certificate}")


def make_key_pair(directory: Path, name: str, *options: str) -> KeyPair:
    """The key pair @name, made in @directory; its certificate says that name."""
    directory.mkdir(parents=True, exist_ok=True)
    pair = KeyPair(directory / f"{name}.key", directory / f"{name}.pem")
    must(
        run(
            "openssl", "req", "-new", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/O=kcxx/CN={name}",
            *options, "-keyout", pair.key, "-out", pair.certificate,
        )
    )  # fmt: skip
    return pair
