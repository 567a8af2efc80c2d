"""The software bill of materials: everything that xinfo runs on as it is locked, as CycloneDX 1.6 JSON.

    python3 dev.py sbom > sbom.json

The same locks give the same bytes on machines of one kind: licences are those that the packages installed here tell.
What tests and builds need besides is not in it.
"""

from __future__ import annotations

import json
import sys
import uuid
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any

from locked import ROOT, Locked, locked
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

RUN_ON = ("requirements", "requirements-mcp", "requirements-sdmx", "requirements-spark")
"""The locks of what xinfo runs on; the last three with what it is asked for by few."""
LICENSE_TEXT = 200
"""Characters from which a licence field is the licence's text and not its name."""


def run_on() -> list[Locked]:
    """Every package that xinfo runs on, once for each of its versions."""
    found = {(one.name, one.version): one for name in reversed(RUN_ON) for one in locked(name)}
    return [found[key] for key in sorted(found)]


def licence(one: Locked) -> str:
    """A package's licence by its name; empty where it gives none, or is not installed here in this version."""
    try:
        found = distribution(one.name)
    except PackageNotFoundError:
        return ""
    return told_by(found) if found.version == one.version else ""


def told_by(found: Distribution) -> str:
    """The licence that a package says it has."""
    fields = found.metadata.json
    said = str(fields.get("license_expression") or fields.get("license") or "")
    if said and len(said) < LICENSE_TEXT and "\n" not in said:
        return said
    named = [
        line.split(" :: ")[-1] for line in found.metadata.get_all("Classifier") or () if line.startswith("License :: ")
    ]
    return ", ".join(sorted(named))


def reference(one: Locked) -> str:
    """A package as others refer to it."""
    return f"pkg:pypi/{one.name}@{one.version}"


def component(one: Locked) -> dict[str, Any]:
    """A package as CycloneDX writes it, with the hashes of all files that may be installed for it."""
    told: dict[str, Any] = {"type": "library", "bom-ref": reference(one), "name": one.name, "version": one.version}
    if said := licence(one):
        told["licenses"] = [licensed(said)]
    told["hashes"] = [{"alg": "SHA-256", "content": each.removeprefix("sha256:")} for each in one.hashes]
    told["purl"] = reference(one)
    return told | ({"properties": [{"name": "xinfo:marker", "value": str(one.marker)}]} if one.marker else {})


def licensed(said: str) -> dict[str, Any]:
    """A licence as an SPDX expression, which programs compare; by its name where it is none."""
    try:
        return {"expression": canonicalize_license_expression(said)}
    except InvalidLicenseExpression:
        return {"license": {"name": said}}


def graph(own: str, packages: list[Locked]) -> list[dict[str, Any]]:
    """What each needs, from xinfo on."""
    needs: dict[str, list[str]] = {each: [] for each in (own, *map(reference, packages))}
    of_name: dict[str, list[str]] = {}
    for one in packages:
        of_name.setdefault(one.name, []).append(reference(one))
    for one in packages:
        for by in one.wanted_by:
            for each in [own] if by.startswith("-r ") else of_name[by]:
                needs[each].append(reference(one))
    return [{"ref": each, "dependsOn": sorted(needed)} for each, needed in needs.items()]


def bill() -> dict[str, Any]:
    """The whole bill."""
    sys.path.insert(0, str(ROOT))
    from xinfo import __version__

    packages, own = run_on(), f"pkg:generic/xinfo@{__version__}"
    serial = uuid.uuid5(uuid.NAMESPACE_URL, " ".join([own, *map(reference, packages)]))
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
        "components": [component(one) for one in packages],
        "dependencies": graph(own, packages),
    }


if __name__ == "__main__":
    print(json.dumps(bill(), indent=1, ensure_ascii=False))
