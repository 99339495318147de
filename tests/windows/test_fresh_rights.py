# SPDX-License-Identifier: Apache-2.0
"""What an account may not do is not offered to it."""

from dataclasses import replace

import pytest

from resource_centre.access import COLLECTOR, COORDINATOR
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


def test_a_village_collector_is_offered_neither_counselling_nor_imports(shell_for, desk):
    shell = shell_for(COLLECTOR)
    assert offered(shell) == {"home", "people", "intake", "training", "report", "settings"}
    shell.go("import")
    assert shell.here() == "home"
    assert shell.banner.text().startswith("Your account does not do this work.")


def test_a_coordinator_is_offered_everything(shell_for):
    shell = shell_for(COORDINATOR)
    assert offered(shell) == set(shell.navigation.places)
    shell.go("import")
    assert shell.here() == "import"
