"""Which people are still called as an import guessed: names that nobody has given may be guessed better later."""

import json

from qualcode.project.actions import Store

IMPORT_VERB = "import documents"
"""Of the action that brings transcripts in."""

GUESSED = "guessed"
"""What its argument `names` says where the researcher had named nobody: no sheet, no --speaker."""


def still_guessed(store: Store) -> set[int]:
    """Ids of the people whose present name was first given by an import in which the researcher named nobody."""
    imports = {
        action
        for action, laid in store.rows("SELECT id, arguments FROM action WHERE verb = ?", (IMPORT_VERB,))
        if json.loads(laid).get("names") == GUESSED
    }
    given = store.rows(
        "SELECT person.id, (SELECT action FROM log_person WHERE log_person.id = person.id AND sign = 1 "
        "AND log_person.name = person.name ORDER BY seq LIMIT 1) FROM person"
    )
    return {person for person, action in given if action in imports}


def coded_documents(store: Store) -> set[int]:
    """Ids of the documents in which anybody has coded or claimed something: names that others may already cite."""
    return {row[0] for row in store.rows("SELECT document FROM segment UNION SELECT document FROM claim")}
