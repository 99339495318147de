# SPDX-License-Identifier: Apache-2.0
"""What an account may not do is not offered to it."""

from dataclasses import replace

import pytest

from resource_centre.access import COLLECTOR, COORDINATOR, COUNSELLOR, PROTECTION_OFFICER
from ui.kit.page import Page
from ui.shell import Shell


@pytest.fixture
def shell_for(desk, qtbot, monkeypatch):
    """The shell of somebody with this role."""

    def make(role):
        who = desk.worker.centre.viewer
        monkeypatch.setattr(desk.worker.centre, "viewer", replace(who, role=role))
        shell = Shell(desk, centre_name="Uji", person_name="Ratna", make=lambda key, desk: Page(desk, key))
        qtbot.addWidget(shell)
        shell.show()
        shell.go("home")
        return shell

    return make


def offered(shell):
    return {key for key, place in shell.navigation.places.items() if not place.isHidden()}


def test_a_village_collector_is_offered_no_counselling(shell_for, desk):
    shell = shell_for(COLLECTOR)
    assert offered(shell) == {
        *(
            "home",
            "front_desk",
            "people",
            "intake",
            "training",
            "questionnaires",
            "import",
            "savings_groups",
            "report",
            "settings",
        )
    }
    shell.go("counselling")
    assert shell.here() == "home"
    assert shell.banner.text().startswith("Your account does not do this work.")


@pytest.mark.parametrize("role", [COORDINATOR, COUNSELLOR])
def test_the_officers_page_is_not_offered_even_to_the_coordinator(shell_for, role):
    shell = shell_for(role)
    assert set(shell.navigation.places) - offered(shell) == {"protection"}
    shell.go("protection")
    assert shell.here() == "home"


def test_a_protection_officer_is_offered_case_work_and_their_own_page(shell_for):
    shell = shell_for(PROTECTION_OFFICER)
    assert offered(shell) == set(shell.navigation.places)
    shell.go("protection")
    assert shell.here() == "protection"


def test_the_coordinator_can_give_an_account_to_a_protection_officer(qtbot, desk, settled, centre):
    from sqlalchemy import select

    from resource_centre.records import Account
    from ui.pages.settings_accounts import NewAccount

    form = NewAccount(desk, lambda: None)
    qtbot.addWidget(form)
    form.set_values({"name": "Bu Wati", "login": "wati", "role": "protection_officer"})
    form.passphrase.main.setText("empat kata yang panjang sekali")
    form.add.click()
    settled(desk.worker)
    with centre.read() as session:
        assert set(session.scalars(select(Account.role))) == {"coordinator", "protection_officer"}


def test_a_coordinator_is_offered_all_case_work(shell_for):
    shell = shell_for(COORDINATOR)
    shell.go("import")
    assert shell.here() == "import"
