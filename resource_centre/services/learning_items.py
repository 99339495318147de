# SPDX-License-Identifier: Apache-2.0
"""The questions of the tests that were answered: how hard each was, and whether it tells who knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from resource_centre.learning.items import item_figures
from resource_centre.learning.results import Item, TestItems
from resource_centre.services.asked_tests import AskedTest, Taken, TestForms, expected_of, module_of
from resource_centre.services.event_ratings import texts
from resource_centre.services.shipped_forms import shipped_forms


def test_items(asked: Iterable[AskedTest], forms: TestForms) -> tuple[TestItems, ...]:
    """Each version of each test of which it is known what is right. A participant counts once on each occasion."""
    before: defaultdict[tuple[str, str], list[Taken]] = defaultdict(list)
    after: defaultdict[tuple[str, str], list[Taken]] = defaultdict(list)
    pairs: defaultdict[tuple[str, str], list[tuple[Taken, Taken]]] = defaultdict(list)
    for one in asked:
        if one.before is not None and one.before.right:
            before[one.test, one.before.version_id].append(one.before)
        if one.after is not None and one.after.right:
            after[one.test, one.after.version_id].append(one.after)
        if not one.missing and one.before is not None and one.after is not None and one.before.right:
            pairs[one.test, one.before.version_id].append((one.before, one.after))
    versions = sorted(before.keys() | after.keys())
    return tuple(_items(key, before[key], after[key], pairs[key], forms) for key in versions)


def _items(
    key: tuple[str, str],
    before: Sequence[Taken],
    after: Sequence[Taken],
    pairs: Sequence[tuple[Taken, Taken]],
    forms: TestForms,
) -> TestItems:
    test, version_id = key
    form = forms.form(test, version_id)
    expected = expected_of(test, form.version)
    asked = [one for one in form.questions() if one.name in expected]
    first, last = [one.right for one in before], [one.right for one in after]
    items = tuple(
        Item(
            one.name,
            texts(form, one.label),
            expected[one.name],
            item_figures(one.name, first),
            item_figures(one.name, last),
            len(pairs),
            sum(after.right[one.name] and not before.right[one.name] for before, after in pairs),
            sum(before.right[one.name] and not after.right[one.name] for before, after in pairs),
        )
        for one in asked
    )
    shelved = shipped_forms().get(test)
    title = {"id": shelved.title_id, "en": shelved.title_en} if shelved else dict.fromkeys(("id", "en"), form.title)
    return TestItems(test, form.version, title, module_of(test), len(before), len(after), len(pairs), items)
