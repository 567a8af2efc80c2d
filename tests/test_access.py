"""Who may do what: roles, places, and the file of rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from xinfo.access import tokens
from xinfo.access.person import ACTIONS, ROLES, Grant, Person, anybody, may
from xinfo.access.rules import Rules, read_rules
from xinfo.audit.verify import entries
from xinfo.cli import main
from xinfo.errors import InputError, StoreError
from xinfo.store.names import PlaceNames

PLACES = [
    {"place_id": "xining", "name_en": "Xining", "name_zh": "西宁市", "admin_type": "prefecture"},
    {"place_id": "beijing", "name_en": "Beijing", "name_zh": "北京市", "admin_type": "municipality"},
]
RULES = """
people:
  li.wei@example.cn: steward
  Wang.Fang@example.cn: {roles: [analyst, reviewer], places: [西宁]}
  "@city.cn": analyst
groups:
  office: {roles: [analyst], places: [Beijing]}
everyone: viewer
"""


def rules(tmp_path: Path, text: str = RULES) -> Rules:
    (tmp_path / "access.yaml").write_text(text, encoding="utf-8")
    return read_rules(tmp_path / "access.yaml", PlaceNames(PLACES).find)


def of(email: str, **more: Any) -> dict[str, Any]:
    return {"email": email, "is_logged_in": True, "sub": "1", **more}


@pytest.mark.parametrize(
    ("role", "able"),
    [
        ("viewer", "ask export"),
        ("analyst", "ask export load template brief"),
        ("reviewer", "ask export review sign"),
        ("steward", " ".join(ACTIONS)),
    ],
)
def test_a_role_may_do_its_actions_and_no_other(role: str, able: str) -> None:
    person = Person("a@b.cn", "", (Grant(role),))
    assert {action for action in ACTIONS if may(person, action)} == set(able.split())


def test_nobody_without_a_role_may_do_anything() -> None:
    assert not any(may(Person("a@b.cn"), action) for action in ACTIONS)


def test_without_a_login_everybody_may_do_everything_under_the_name_given() -> None:
    assert all(may(anybody("li"), action, ["xining"]) for action in ACTIONS)
    assert anybody("li").signature == "li"


def test_the_reason_is_in_words_of_the_language() -> None:
    viewer = Person("a@b.cn", "", (Grant("viewer"),))
    assert may(viewer, "load").reason == "To load figures, you need the role analyst or steward; yours is viewer."
    assert may(viewer, "load", lang="zh").reason == "加载数据需要分析员或数据管理员角色；您的角色是查阅员。"


def test_an_analyst_of_places_loads_those_alone(tmp_path: Path) -> None:
    person = rules(tmp_path).person(of("wang.fang@EXAMPLE.cn"))
    assert person.roles == ("viewer", "analyst", "reviewer")
    assert may(person, "load", ["xining"])
    verdict = may(person, "load", ["xining", "beijing"], named={"xining": "Xining", "beijing": "Beijing"}.__getitem__)
    assert verdict.reason == "You may load figures only for Xining; this is also about Beijing."
    assert may(person, "ask", ["beijing"]), "everybody sees all figures"


def test_places_of_several_grants_add_up(tmp_path: Path) -> None:
    person = rules(tmp_path).person(of("wang.fang@example.cn", groups=["office"]))
    assert person.places("load") == {"xining", "beijing"}
    assert rules(tmp_path).person(of("x@city.cn", groups=["office"])).places("load") is None


@pytest.mark.parametrize(
    ("claims", "roles"),
    [
        (of("li.wei@example.cn"), ("viewer", "steward")),
        (of("li.wei@example.cn", email_verified=True), ("viewer", "steward")),
        (of("li.wei@example.cn", email_verified=False), ("viewer",)),
        (of("someone@city.cn"), ("viewer", "analyst")),
        (of("someone@other-city.cn"), ("viewer",)),
        (of("li.wei@example.cn@city.cn"), ("viewer", "analyst")),
        (of("", groups="office"), ("viewer", "analyst")),
        (of("office", groups=None), ("viewer",)),
    ],
)
def test_a_login_has_the_roles_of_its_address_and_groups(
    tmp_path: Path, claims: dict[str, Any], roles: tuple[str, ...]
) -> None:
    assert rules(tmp_path).person(claims).roles == roles


def test_a_place_that_is_not_there_is_granted_to_nobody_and_told(tmp_path: Path) -> None:
    found = rules(tmp_path, "people: {a@b.cn: {roles: analyst, places: [Xinning]}}")
    assert found.person(of("a@b.cn")).places("load") == frozenset()
    assert not may(found.person(of("a@b.cn")), "load", ["xining"])
    [told] = found.unknown
    assert told.startswith("access.yaml: people: a@b.cn: 'Xinning' is no place of the list")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("people: {a@b.cn: boss}", "people: a@b.cn: 'boss' is not known; expected one of viewer"),
        ("people: {a@b.cn: analist}", "did you mean analyst?"),
        ("people: {a@b.cn: {role: analyst}}", "did you mean roles?"),
        ("people: {a@b.cn: {places: [xining]}}", "no role"),
        ("people: {a@b.cn: {roles: analyst, places: xining}}", "places is no list"),
        ("people: [a@b.cn]", "'name: role' a line"),
        ("peeple: {}", "did you mean people?"),
        ("login_hours: -1", "login_hours is '-1'"),
        ("everyone: {", "no YAML"),
        ("- a", "holds no rules"),
        ("a: 1\na: 2", "no YAML"),
    ],
)
def test_wrong_rules_are_refused_with_what_is_wrong(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(InputError) as error:
        rules(tmp_path, text)
    assert complaint in str(error.value)


def test_missing_rules_are_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_rules(tmp_path / "none.yaml", str)


def test_every_action_belongs_to_a_role_beside_the_stewards() -> None:
    others = set().union(*(actions for role, actions in ROLES.items() if role != "steward"))
    assert set(ACTIONS) - others == {"restore", "teach", "audit", "confirm"}


def test_a_token_is_known_by_its_whole_text_until_its_last_day_or_until_it_is_revoked(tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    shown = tokens.make(store, "li@office.cn", ["office"], "2016-02-01")
    other = tokens.make(store, "li@office.cn", [], "2016-02-01")
    assert shown.split("_", 2)[2] not in tokens.beside(store).read_text(encoding="utf-8")
    assert tokens.beside(store).stat().st_mode & 0o77 == 0
    found = tokens.find(tokens.listed(store), shown, "2016-02-01")
    assert found
    assert (found.address, found.groups) == ("li@office.cn", ("office",))
    assert not tokens.find(tokens.listed(store), shown, "2016-02-02")
    mixed = f"xinfo_{found.number}_{other.split('_', 2)[2]}"
    for wrong in ("", shown[:-1], f"{shown} ", shown.upper(), mixed, "xinfo__"):
        assert not tokens.find(tokens.listed(store), wrong, "2016-01-01"), wrong
    tokens.revoke(store, found.number)
    assert not tokens.find(tokens.listed(store), shown, "2016-01-01")
    assert tokens.find(tokens.listed(store), other, "2016-01-01")
    with pytest.raises(InputError, match="there is no token"):
        tokens.revoke(store, found.number)


def test_a_broken_file_of_tokens_lets_nobody_in_and_says_so(tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    tokens.make(store, "li@office.cn", [], "2016-02-01")
    for content in ("{", "[1]", '[{"number": "x"}]'):
        tokens.beside(store).write_text(content, encoding="utf-8")
        with pytest.raises(StoreError, match="cannot be read"):
            tokens.listed(store)


def test_the_command_makes_lists_and_revokes_tokens_and_the_log_has_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store.duckdb"

    def access(*arguments: str) -> tuple[int, str]:
        status = main(["access", *arguments, "--store", str(store), "--by", "root"])
        return status, capsys.readouterr().out

    status, shown = access("token", "li@office.cn", "--group", "office", "--days", "30")
    number = shown.split("_")[1]
    assert (status, bool(tokens.find(tokens.listed(store), shown.strip(), "2016-01-01"))) == (0, True)
    status, told = access("tokens")
    assert f"{number}  until " in told
    assert told.strip().endswith("li@office.cn  office")
    assert shown.split("_", 2)[2].strip() not in told
    assert access("revoke", number) == (0, f"token {number} of li@office.cn counts no longer\n")
    assert access("tokens") == (0, "")
    assert [(entry.who, entry.did) for entry in entries(store)] == [("root", "token"), ("root", "revoke_token")]
    assert (access("revoke", number)[0], access("token")[0], access("token", "a@b.cn", "--days", "0")[0]) == (1, 1, 1)
