"""The software bill of materials: everything that xinfo runs on as installed here, as CycloneDX 1.6 JSON.

    python3 dev.py sbom > sbom.json

The same installation gives the same bytes. What tests and builds need besides is not in it.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LICENSE_TEXT = 200
"""Characters from which a licence field is the licence's text and not its name."""


def name_of(text: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", text).lower()


def pinned() -> list[str]:
    """What requirements.txt names."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    said = (line.split("#")[0].strip() for line in lines)
    return [line for line in said if line]


def needed(found: Distribution, extras: set[str]) -> Iterator[Requirement]:
    """What an installed package needs on this machine."""
    for text in found.requires or ():
        requirement = Requirement(text)
        if not requirement.marker or any(requirement.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield requirement


def closure() -> dict[str, tuple[Distribution, list[str]]]:
    """Every package that xinfo runs on, with what each needs in turn, by name."""
    found: dict[str, tuple[Distribution, list[str]]] = {}
    waiting = [Requirement(line) for line in pinned()]
    while waiting:
        requirement = waiting.pop()
        name = name_of(requirement.name)
        if name in found:
            continue
        try:
            one = distribution(requirement.name)
        except PackageNotFoundError:
            continue  # only wanted where it is there, as ruamel.yaml.clib on some machines
        next_ones = list(needed(one, set(requirement.extras)))
        found[name] = (one, sorted({name_of(each.name) for each in next_ones}))
        waiting += next_ones
    return dict(sorted(found.items()))


def license_of(found: Distribution) -> str:
    """A package's licence by its name; empty where it gives none."""
    about = found.metadata
    said = str(about.get("License-Expression") or about.get("License") or "")
    if said and len(said) < LICENSE_TEXT and "\n" not in said:
        return said
    named = [line.split(" :: ")[-1] for line in about.get_all("Classifier") or () if line.startswith("License :: ")]
    return ", ".join(sorted(named))


def component(name: str, found: Distribution) -> dict[str, Any]:
    """A package as CycloneDX writes it."""
    purl = f"pkg:pypi/{name}@{found.version}"
    told = {"type": "library", "bom-ref": purl, "name": name, "version": found.version, "purl": purl}
    said = license_of(found)
    return told | ({"licenses": [licensed(said)]} if said else {})


def licensed(said: str) -> dict[str, Any]:
    """A licence as an SPDX expression, which programs compare; by its name where it is none."""
    try:
        return {"expression": canonicalize_license_expression(said)}
    except InvalidLicenseExpression:
        return {"license": {"name": said}}


def bill() -> dict[str, Any]:
    """The whole bill."""
    sys.path.insert(0, str(ROOT))
    from xinfo import __version__

    found = closure()
    components = [component(name, one) for name, (one, _) in found.items()]
    refs = {one["name"]: one["bom-ref"] for one in components}
    own = f"pkg:generic/xinfo@{__version__}"
    direct = sorted(refs[name] for name in {name_of(Requirement(line).name) for line in pinned()} if name in refs)
    graph = [{"ref": own, "dependsOn": direct}]
    graph += [
        {"ref": refs[name], "dependsOn": [refs[need] for need in needs if need in refs]}
        for name, (_, needs) in found.items()
    ]
    serial = uuid.uuid5(uuid.NAMESPACE_URL, " ".join([own, *refs.values()]))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": "xinfo",
                "version": __version__,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": components,
        "dependencies": graph,
    }


if __name__ == "__main__":
    print(json.dumps(bill(), indent=1, ensure_ascii=False))
