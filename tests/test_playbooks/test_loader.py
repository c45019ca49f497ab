"""The playbooks there are: shipped, and the user's own laid over them."""

from pathlib import Path

import pytest

from playbooks.loader import check_playbook, rules_from_texts
from playbooks.texts import MAX_BYTES, PlaybookError, overlaid_texts, read_text, shipped_texts

FIVE = ("convious", "deskhero", "kavkom", "konverso", "quicktalk")


def kavkom(vendor: str, hours: int) -> str:
    """Return Kavkom's file for another vendor with another period."""
    text = shipped_texts()["vendors/kavkom.toml"]
    assert 'id = "kavkom"' in text
    assert "amount = 48" in text
    return text.replace('id = "kavkom"', f'id = "{vendor}"').replace("amount = 48", f"amount = {hours}")


def test_every_shipped_playbook_fits() -> None:
    assert [fault for name, text in shipped_texts().items() for fault in check_playbook(name, text)[1]] == []


def test_the_five_vendors_and_the_gdpr_are_shipped() -> None:
    assert {f"vendors/{name}.toml" for name in FIVE} | {"regimes/gdpr.toml"} <= set(shipped_texts())


def test_rules_hold_each_kind_under_its_ids() -> None:
    texts = shipped_texts()
    rules = rules_from_texts(texts)
    assert {f"vendors/{name}.toml" for name in rules.vendors} == {name for name in texts if "vendors/" in name}
    assert {f"regimes/{name}.toml" for name in rules.regimes} == {name for name in texts if "regimes/" in name}
    assert {f"authorities/{name}.toml" for name in rules.authorities} == {
        name for name in texts if "authorities/" in name
    }


def test_rules_are_refused_for_one_file_that_does_not_fit() -> None:
    broken = kavkom("kavkom", 0).replace('trigger = "aware"', 'trigger = "now"')
    with pytest.raises(PlaybookError) as refused:
        rules_from_texts({"vendors/kavkom.toml": broken})
    assert str(refused.value) == (
        "vendors/kavkom.toml, line 25: duties.0.trigger: input should be 'aware', 'discovery', 'confirmation', "
        "'suspicion' or 'unstated', not 'now' (and 1 more)"
    )


def test_a_text_is_read_once() -> None:
    first = rules_from_texts(shipped_texts())
    again = rules_from_texts(shipped_texts())
    assert all(again.vendors[name] is first.vendors[name] for name in FIVE)


def test_the_users_own_file_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "vendors"
    own.mkdir()
    (own / "kavkom.toml").write_text(kavkom("kavkom", 24), "utf-8")
    (own / "acme.toml").write_text(kavkom("acme", 12), "utf-8-sig")
    (own / "notes.txt").write_text("no playbook", "utf-8")
    texts = overlaid_texts(tmp_path)
    assert set(texts) == set(shipped_texts()) | {"vendors/acme.toml"}
    hours = {
        name: playbook.duties[0].period.amount
        for name, playbook in rules_from_texts(texts).vendors.items()
        if playbook.duties
    }
    assert (hours["kavkom"], hours["acme"], hours["convious"]) == (24, 12, 72)
    assert rules_from_texts(overlaid_texts(None)).vendors["kavkom"].duties[0].period.amount == 48


def test_a_folder_that_is_not_there_overlays_nothing(tmp_path: Path) -> None:
    assert overlaid_texts(tmp_path / "nowhere") == shipped_texts()


def test_a_symbolic_link_in_the_users_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vendors").mkdir()
    (tmp_path / "secret").write_text("secret", "utf-8")
    link = tmp_path / "vendors" / "acme.toml"
    link.symlink_to(tmp_path / "secret")
    with pytest.raises(PlaybookError) as refused:
        overlaid_texts(tmp_path)
    assert str(refused.value) == f"{link}: is a symbolic link; put the file itself in its place"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe\x00", "is not UTF-8 text (byte 1)"),
        (b"#" * (MAX_BYTES + 1), "is larger than 1024 KiB: no playbook is"),
    ],
)
def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "acme.toml"
    file.write_bytes(content)
    with pytest.raises(PlaybookError) as refused:
        read_text(file)
    assert str(refused.value) == f"{file}: {reason}"


def test_a_file_that_is_missing_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match=r"absent.toml: cannot be read: No such file or directory$"):
        read_text(tmp_path / "absent.toml")
    with pytest.raises(PlaybookError, match=r": is not a file$"):
        read_text(tmp_path)
