# SPDX-License-Identifier: Apache-2.0
"""The program's words and their translations.

Source strings are English and stand in the code. `extract` brings each language's catalogue up to what the code
says, `merge` takes translations in from other catalogues, `compile` writes what the program reads, and `check`
fails when a word has no translation, a placeholder got lost or a compiled catalogue is old.
"""

import argparse
import ast
import gettext
import io
import os
import string
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("resource_centre", "db", "reports", "ui")
LOCALE = ROOT / "resource_centre" / "locale"
DOMAIN = "resource_centre"

# What looks words up -> how many forms of the text it takes.
KEYWORDS = {"_": 1, "N_": 1, "gettext": 1, "ngettext": 2}

# language -> its plural rule. English is the source and needs no catalogue.
LANGUAGES = {"id": "nplurals=1; plural=0;"}

Key = str | tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Do one of the four; 0 when all is well, 1 when `check` found something, 2 for wrong use."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("extract", help="bring the catalogues up to what the code says")
    merging = verbs.add_parser("merge", help="take translations in from .po files, then compile")
    merging.add_argument("files", nargs="+", type=Path)
    merging.add_argument("--language", default="id", choices=LANGUAGES)
    verbs.add_parser("compile", help="write the catalogues that the program reads")
    verbs.add_parser("check", help="fail when a translation is missing, broken or not compiled")
    options = parser.parse_args(arguments)
    if options.verb == "check":
        for line in leftovers():
            print(line)
        return report(list(faults()))
    if options.verb == "extract":
        extract()
    if options.verb == "merge":
        merge(options.files, options.language)
    compile_all()
    return 0


def report(found: list[str]) -> int:
    """Print what is wrong, or that nothing is."""
    for line in found:
        print(line)
    print(f"{len(found)} faults in the translations" if found else "translations are complete")
    return 1 if found else 0


def words() -> dict[Key, Message]:
    """Every message the code says, by its source text (singular and plural together).

    Read from the syntax tree and not with Babel's own reader, which overlooks calls inside f-strings on Python 3.11.
    """
    found: dict[Key, Message] = {}
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            place = file.relative_to(ROOT).as_posix()
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and (key := _said(node)):
                    found.setdefault(key, Message(key, locations=[])).locations.append((place, node.lineno))
    return found


def _said(call: ast.Call) -> Key | None:
    """The source text of a call that looks words up, None for other calls and for texts from elsewhere."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    count = KEYWORDS.get(name, 0)
    if not count or len(texts) < count:
        return None
    return texts[0] if count == 1 else (texts[0], texts[1])


def catalogue_file(language: str, ending: str = "po") -> Path:
    """Where a language's words are kept."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.{ending}"


def read(language: str) -> dict[Key, Message]:
    """A language's catalogue, or an empty one."""
    file = catalogue_file(language)
    return read_file(file, language) if file.exists() else {}


def read_file(file: Path, language: str) -> dict[Key, Message]:
    """The messages of one .po file that have a source text."""
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=language, charset="utf-8")
    return {_key(message): message for message in catalogue if message.id}


def _strings(message: Message, language: str) -> tuple[str, ...]:
    """The translations of a message, one for each plural form the language has."""
    if isinstance(message.id, str):
        return (str(message.string or ""),)
    forms = int(LANGUAGES[language].partition("=")[2].partition(";")[0])
    given = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return (*given[:forms], *("" for _ in range(forms - len(given))))


def _key(message: Message) -> Key:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def write(language: str, messages: dict[Key, Message]) -> None:
    """Write a catalogue sorted and without line numbers, so that a change touches only the lines it is about."""
    catalogue = _catalogue(language, messages)
    body = io.BytesIO()
    write_po(body, catalogue, width=110, no_location=True, sort_output=True, omit_header=True)
    header = (
        "# SPDX-License-Identifier: Apache-2.0\n"
        'msgid ""\n'
        'msgstr ""\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {language}\\n"\n'
        f'"Plural-Forms: {LANGUAGES[language]}\\n"\n\n'
    )
    replace(catalogue_file(language), (header + body.getvalue().decode().rstrip() + "\n").encode())


def replace(file: Path, content: bytes) -> None:
    """Write a file so that nobody ever reads half of it: beside its place first, then put there at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(file)


def _catalogue(language: str, messages: dict[Key, Message]) -> Catalog:
    catalogue = Catalog(locale=language, charset="utf-8", fuzzy=False, project="resource-centre")
    # A fixed date: the same words give the same bytes.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    catalogue.mime_headers = [("Plural-Forms", LANGUAGES[language])]
    for key, message in sorted(messages.items(), key=lambda item: str(item[0])):
        strings = _strings(message, language)
        catalogue.add(key, string=strings[0] if isinstance(key, str) else strings)
    return catalogue


def extract() -> None:
    """Add what the code says and a catalogue lacks; drop what the code no longer says."""
    said = words()
    for language in LANGUAGES:
        known = read(language)
        new = {key: known.get(key, message) for key, message in said.items()}
        write(language, new)
        untranslated = sum(not _translated(message, language) for message in new.values())
        dropped = len(known.keys() - said.keys())
        print(f"{language}: {len(new)} messages, {untranslated} to translate, {dropped} dropped")


def merge(files: Sequence[Path], language: str) -> None:
    """Take in the translations of other catalogues for what the code says; what is translated already stays."""
    known, said = read(language), words()
    for file in files:
        for key, message in read_file(file, language).items():
            if key not in said or not _translated(message, language):
                continue
            if key not in known or not _translated(known[key], language):
                known[key] = message
            elif _strings(known[key], language) != _strings(message, language):
                print(f"{file.name}: {key!r} is already {known[key].string!r}, not {message.string!r}")
    write(language, known)
    print(f"{language}: {len(known)} messages")


def _translated(message: Message, language: str) -> bool:
    return all(_strings(message, language))


def compile_all() -> None:
    """Write each language's .mo file."""
    for language in LANGUAGES:
        body = io.BytesIO()
        write_mo(body, _catalogue(language, read(language)))
        replace(catalogue_file(language, "mo"), body.getvalue())


def faults() -> Iterator[str]:
    """Each thing wrong with the catalogues, as a line."""
    said = words()
    for language in LANGUAGES:
        known = read(language)
        for key, message in said.items():
            place = "{}:{}".format(*message.locations[0])
            if key not in known or not _translated(known[key], language):
                yield f"{language}: {place}: no translation of {key!r}"
            elif not _same_placeholders(key, _strings(known[key], language)):
                yield f"{language}: {place}: other placeholders in the translation of {key!r}"
        if not _compiled(language, known):
            yield f"{language}: the compiled catalogue is old; run: python scripts/messages.py compile"


def leftovers() -> Iterator[str]:
    """Translations of what nobody says any more; harmless, and dropped by the next `extract`."""
    said = words()
    for language in LANGUAGES:
        for key in sorted(read(language).keys() - said.keys(), key=str):
            yield f"{language}: nobody says {key!r} any more"


def _same_placeholders(key: Key, strings: tuple[str, ...]) -> bool:
    source = (key,) if isinstance(key, str) else key
    # A singular may leave the number out ("one session"); a translation may not leave out anything.
    wanted = set().union(*(_placeholders(text) for text in source))
    return all(_placeholders(text) == wanted for text in strings)


def _placeholders(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {text}


def _compiled(language: str, known: dict[Key, Message]) -> bool:
    file = catalogue_file(language, "mo")
    if not file.exists():
        return False
    with file.open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    for key, message in known.items():
        if isinstance(key, str):
            same = compiled.gettext(key) == _strings(message, language)[0]
        else:
            same = compiled.ngettext(key[0], key[1], 2) == _strings(message, language)[-1]
        if not same:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
