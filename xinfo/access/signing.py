"""Who signs, and the private halves of keys: `.<store>.keys/`, for the server's user alone, in no backup.

With a login the server signs for whoever is logged in. Without one a person signs with a key of his own, which lies
there encrypted: only his passphrase opens it. Nobody signs under a name that he has just typed.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xinfo.access.keys import PERSON, SERVER, Key, Keys, add, changing, listed
from xinfo.errors import InputError, StoreError
from xinfo.store.whole import write_whole

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

OWNERS = 0o600
SHORTEST = 10
"""Characters of a passphrase."""
LONGEST = 60
"""Characters of an owner's name."""
COST = {"n": 2**15, "r": 8, "p": 3}
"""Of trying one passphrase: 32 MB and about a quarter of a second."""


@dataclass(frozen=True)
class Signer:
    """Somebody with a key that is open."""

    who: str
    key: Key
    _private: Ed25519PrivateKey

    def signed(self, message: bytes) -> str:
        return self._private.sign(message).hex()


def of_login(store: Path, who: str, at: str) -> Signer:
    """Whoever is logged in, by the server's key, which the first signature makes. Raises StoreError."""
    path = folder(store) / "server"
    with changing(store):
        private = _of_server(path) if path.exists() else None
        public = private.public_key().public_bytes_raw().hex() if private else ""
        key = next((one for one in listed(store).values() if one.public == public), None)
        if private and not key:
            raise StoreError(f"the key {path}, which signs issues, is not on the list of keys")
        if not private or not key or key.revoked:
            key, private = _new(store.name, SERVER, at)
            # One that is listed and cannot sign is in nobody's way; one that signs must be on the list.
            add(store, key)
            _write(path, private.private_bytes_raw().hex())
    return Signer(who, key, private)


def _of_server(path: Path) -> Ed25519PrivateKey:
    try:
        return _private(bytes.fromhex(path.read_text(encoding="ascii")))
    except (OSError, ValueError) as error:
        raise StoreError(f"the key {path}, which signs issues, cannot be read: {error}") from error


def make(store: Path, owner: str, passphrase: str, at: str) -> Key:
    """A person's key, encrypted with his passphrase. Raises InputError for a name or passphrase that will not do."""
    owner = " ".join(owner.split())
    if not owner or len(owner) > LONGEST or not owner.isprintable():
        raise InputError("a key needs the name of its owner", f"at most {LONGEST} characters")
    if len(passphrase) < SHORTEST:
        raise InputError("the passphrase is too short", f"at least {SHORTEST} characters")
    made, private = _new(owner, PERSON, at)
    with changing(store):
        add(store, made)
        _write(folder(store) / made.id, _locked(private.private_bytes_raw(), passphrase, made))
    return made


def unlock(store: Path, key: Key, passphrase: str) -> Signer:
    """The owner of a key, once he says his passphrase. Raises InputError for a wrong one, StoreError."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    path = folder(store) / key.id
    try:
        kept = {name: bytes.fromhex(one) for name, one in json.loads(path.read_text(encoding="ascii")).items()}
        cipher = AESGCM(_stretched(passphrase, kept["salt"]))
        return Signer(key.owner, key, _private(cipher.decrypt(kept["nonce"], kept["locked"], key.id.encode())))
    except InvalidTag:
        raise InputError(f"this is not the passphrase of the key of {key.owner}") from None
    except FileNotFoundError:
        raise InputError(f"the private half of the key of {key.owner} is not here") from None
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise StoreError(f"the key {path} cannot be read: {error}") from error


def at_hand(store: Path) -> Keys:
    """The keys of people that can sign here."""
    here = {path.name for path in folder(store).glob("*")}
    return {id_: key for id_, key in listed(store).items() if id_ in here and not key.revoked}


def folder(store: Path) -> Path:
    return store.with_name(f".{store.name}.keys")


def _new(owner: str, kind: str, at: str) -> tuple[Key, Ed25519PrivateKey]:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    return Key(owner, kind, private.public_key().public_bytes_raw().hex(), at), private


def _private(raw: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(raw)


def _locked(raw: bytes, passphrase: str, key: Key) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    locked = AESGCM(_stretched(passphrase, salt)).encrypt(nonce, raw, key.id.encode())
    return json.dumps({"salt": salt.hex(), "nonce": nonce.hex(), "locked": locked.hex()})


def _stretched(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=32, **COST).derive(passphrase.encode("utf-8", "surrogatepass"))


def _write(path: Path, content: str) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.chmod(path.parent, 0o700)
    except OSError as error:
        raise StoreError(f"{path.parent} could not be made: {error.strerror}") from error
    write_whole(path, content, mode=OWNERS)
