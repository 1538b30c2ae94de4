"""The tables of a project file, as SQL.

Three sorts of table:

- *logged*: what people do. Each has an AUTOINCREMENT id, a 16-byte guid and a twin `log_T` (see `twins.py`);
- *write-once*: texts, originals, turns, cues, coders, codebook versions. Never changed, so they need no twin, and
  the log never holds a transcript's words. They outlive the undoing of the action that brought them, so that redo
  finds them again;
- *bookkeeping*: the open action, past exports.

`end` is a fallback keyword in SQLite and safe as a column; `case` is not and stands in quotes.
"""

APPLICATION_ID = 0x51434F44  # "QCOD", so that `file` and we know a project when we see one

STEPS = (
    "001 the first tables",
    "002 what was forgotten, and the folders of originals",
    "003 edited quotes",
    "004 what a chart cell can be",
    "005 the name list",
    "006 what a decision is about",
    "007 milestones",
    "008 what rules propose",
    "009 what was written once",
)
"""What the steps of `migrations.py` are called in the files that have gone through them."""

SCHEMA_VERSION = len(STEPS)


def _one_of(column: str, *values: object) -> str:
    """A CHECK that a column holds one of some values (or NULL).

    Written with OR: for `IN` of three and more SQLite builds a table anew at every insert (20 microseconds a segment).
    """
    return "CHECK (" + " OR ".join(f"{column} = {value!r}" for value in values) + ")"


# No CHECK (length(guid) = 16): any function in a CHECK makes SQLite keep a journal of every row (see `table`).
_IDENTITY = "id INTEGER PRIMARY KEY AUTOINCREMENT, guid BLOB NOT NULL UNIQUE"
_PASSAGE = """document INTEGER NOT NULL REFERENCES document(id), text INTEGER NOT NULL REFERENCES text(id),
    start INTEGER NOT NULL CHECK (start >= 0), end INTEGER NOT NULL"""
_COLOURING = f"""unsure TEXT,
    whose TEXT {_one_of("whose", "self", "supported person", "people in general", "team")},
    standing TEXT {_one_of("standing", "lived", "witnessed", "hearsay")},
    tense TEXT {_one_of("tense", "happened", "hoped for")}"""
_ROUND = "round INTEGER NOT NULL DEFAULT 1, until INTEGER CHECK (until > round)"

WRITE_ONCE: dict[str, str] = {
    "coder": f"""{_IDENTITY}, short TEXT NOT NULL UNIQUE COLLATE NOCASE, name TEXT NOT NULL,
        kind TEXT NOT NULL {_one_of("kind", "person", "consensus", "rules")}""",
    "action": f"""{_IDENTITY},
        coder INTEGER NOT NULL REFERENCES coder(id), at TEXT NOT NULL, verb TEXT NOT NULL, arguments TEXT NOT NULL,
        reverses INTEGER REFERENCES action(id)""",
    "codebook_version": "number INTEGER PRIMARY KEY, action INTEGER NOT NULL REFERENCES action(id)",
    "original": f"{_IDENTITY}, name TEXT NOT NULL, format TEXT NOT NULL, sha256 BLOB NOT NULL, bytes BLOB",
    # No foreign key to document: a text outlives the undoing of its import, so that redo finds it.
    "text": f"""{_IDENTITY}, document INTEGER NOT NULL, version INTEGER NOT NULL,
        original INTEGER REFERENCES original(id),
        encoding TEXT NOT NULL, body TEXT NOT NULL, length INTEGER NOT NULL, sha256 BLOB NOT NULL,
        edits TEXT NOT NULL DEFAULT '[]', reason TEXT NOT NULL DEFAULT ''""",
    # Turns and cues name their text without a foreign key: they are written once, with it, and `check` looks.
    "turn": """text INTEGER NOT NULL, number INTEGER NOT NULL, start INTEGER NOT NULL,
        end INTEGER NOT NULL, speech INTEGER NOT NULL, speaker TEXT NOT NULL, PRIMARY KEY (text, number)""",
    "cue": """text INTEGER NOT NULL, position INTEGER NOT NULL, milliseconds INTEGER NOT NULL,
        PRIMARY KEY (text, position)""",
}

LOGGED: dict[str, str] = {
    "role": f"""{_IDENTITY}, short TEXT NOT NULL UNIQUE, name TEXT NOT NULL, position INTEGER NOT NULL,
        whose TEXT NOT NULL, standing TEXT NOT NULL""",
    "wave": f"{_IDENTITY}, name TEXT NOT NULL UNIQUE, position INTEGER NOT NULL",
    "case": f"""{_IDENTITY}, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL DEFAULT 'case',
        parent INTEGER REFERENCES "case"(id)""",
    "person": f"""{_IDENTITY}, name TEXT NOT NULL UNIQUE, "case" INTEGER REFERENCES "case"(id)""",
    "person_role": f"""{_IDENTITY}, person INTEGER NOT NULL REFERENCES person(id),
        wave INTEGER NOT NULL REFERENCES wave(id), role INTEGER NOT NULL REFERENCES role(id), UNIQUE (person, wave)""",
    "document": f"""{_IDENTITY}, name TEXT NOT NULL UNIQUE, text INTEGER NOT NULL REFERENCES text(id),
        wave INTEGER NOT NULL REFERENCES wave(id), "case" INTEGER REFERENCES "case"(id),
        lead INTEGER NOT NULL REFERENCES coder(id)""",
    "document_person": f"""{_IDENTITY}, document INTEGER NOT NULL REFERENCES document(id), speaker TEXT NOT NULL,
        part TEXT NOT NULL {_one_of("part", "participant", "interviewer", "other")},
        person INTEGER REFERENCES person(id), UNIQUE (document, speaker, person)""",
    "attribute": f"""{_IDENTITY}, name TEXT NOT NULL,
        holder TEXT NOT NULL {_one_of("holder", "person", "case", "document")},
        UNIQUE (name, holder)""",
    "attribute_value": f"""{_IDENTITY}, attribute INTEGER NOT NULL REFERENCES attribute(id),
        person INTEGER REFERENCES person(id), "case" INTEGER REFERENCES "case"(id),
        document INTEGER REFERENCES document(id), wave INTEGER NOT NULL REFERENCES wave(id), value TEXT NOT NULL,
        CHECK ((person IS NOT NULL) + ("case" IS NOT NULL) + (document IS NOT NULL) = 1),
        UNIQUE (attribute, person, "case", document, wave)""",
    "code": f"""{_IDENTITY}, short TEXT NOT NULL UNIQUE COLLATE NOCASE, name TEXT NOT NULL,
        parent INTEGER REFERENCES code(id), kind TEXT NOT NULL, valence TEXT NOT NULL DEFAULT 'neutral',
        applies_to TEXT NOT NULL DEFAULT '', colour TEXT NOT NULL DEFAULT '', key TEXT NOT NULL DEFAULT '',
        status TEXT NOT NULL DEFAULT 'live' {_one_of("status", "live", "retired")}, stage TEXT NOT NULL DEFAULT '',
        in_vivo INTEGER NOT NULL DEFAULT 0 {_one_of("in_vivo", 0, 1)}, merged_into INTEGER REFERENCES code(id),
        position INTEGER NOT NULL""",
    "definition": f"""{_IDENTITY}, code INTEGER NOT NULL REFERENCES code(id), version INTEGER NOT NULL,
        codebook_version INTEGER NOT NULL, brief TEXT NOT NULL, "full" TEXT NOT NULL, include TEXT NOT NULL,
        exclude TEXT NOT NULL, example TEXT NOT NULL, UNIQUE (code, version)""",
    "code_relation": f"""{_IDENTITY}, code INTEGER NOT NULL REFERENCES code(id),
        target INTEGER NOT NULL REFERENCES code(id), kind TEXT NOT NULL DEFAULT 'leads to',
        UNIQUE (code, target, kind)""",
    "code_group": f"{_IDENTITY}, name TEXT NOT NULL UNIQUE",
    "code_group_member": f"""{_IDENTITY}, code_group INTEGER NOT NULL REFERENCES code_group(id),
        code INTEGER NOT NULL REFERENCES code(id), UNIQUE (code_group, code)""",
    "round": f"""{_IDENTITY}, document INTEGER NOT NULL REFERENCES document(id),
        coder INTEGER NOT NULL REFERENCES coder(id), number INTEGER NOT NULL, codebook_version INTEGER NOT NULL,
        state TEXT NOT NULL {_one_of("state", "open", "finished")}, UNIQUE (document, coder, number)""",
    "assignment": f"""{_IDENTITY}, document INTEGER NOT NULL REFERENCES document(id),
        coder INTEGER NOT NULL REFERENCES coder(id), round INTEGER NOT NULL,
        blind INTEGER NOT NULL DEFAULT 0 {_one_of("blind", 0, 1)}, UNIQUE (document, coder, round)""",
    "segment": f"""{_IDENTITY}, {_PASSAGE}, code INTEGER NOT NULL REFERENCES code(id),
        definition INTEGER NOT NULL REFERENCES definition(id), coder INTEGER NOT NULL REFERENCES coder(id), {_ROUND},
        negative INTEGER NOT NULL DEFAULT 0 {_one_of("negative", 0, 1)},
        exemplar INTEGER NOT NULL DEFAULT 0 {_one_of("exemplar", 0, 1)}, {_COLOURING}, CHECK (start < end)""",
    "read_mark": f"""{_IDENTITY}, {_PASSAGE}, coder INTEGER NOT NULL REFERENCES coder(id),
        kind TEXT NOT NULL {_one_of("kind", "read", "nothing here")}, CHECK (start < end)""",
    "claim": f"""{_IDENTITY}, {_PASSAGE}, from_code INTEGER NOT NULL REFERENCES code(id),
        to_code INTEGER NOT NULL REFERENCES code(id), coder INTEGER NOT NULL REFERENCES coder(id), {_ROUND},
        direction TEXT NOT NULL {_one_of("direction", "raises", "lowers", "no effect", "mixed")},
        inferred INTEGER NOT NULL DEFAULT 0 {_one_of("inferred", 0, 1)},
        prompted INTEGER NOT NULL DEFAULT 0 {_one_of("prompted", 0, 1)}, {_COLOURING}, CHECK (start < end)""",
    "claim_evidence": f"""{_IDENTITY}, claim INTEGER NOT NULL REFERENCES claim(id), {_PASSAGE},
        stance TEXT NOT NULL {_one_of("stance", "supports", "qualifies", "contradicts")},
        coder INTEGER NOT NULL REFERENCES coder(id), {_ROUND}, CHECK (start < end)""",
    "memo": f"""{_IDENTITY}, coder INTEGER NOT NULL REFERENCES coder(id), at TEXT NOT NULL,
        kind TEXT NOT NULL {_one_of("kind", "analytic", "theoretical", "methodological", "reflexive")},
        private INTEGER NOT NULL DEFAULT 0 {_one_of("private", 0, 1)}, body TEXT NOT NULL,
        document INTEGER REFERENCES document(id), segment INTEGER REFERENCES segment(id),
        claim INTEGER REFERENCES claim(id), code INTEGER REFERENCES code(id), "case" INTEGER REFERENCES "case"(id),
        person INTEGER REFERENCES person(id),
        CHECK ((document IS NOT NULL) + (segment IS NOT NULL) + (claim IS NOT NULL) + (code IS NOT NULL)
            + ("case" IS NOT NULL) + (person IS NOT NULL) <= 1)""",
    "summary": f"""{_IDENTITY}, person INTEGER REFERENCES person(id), "case" INTEGER REFERENCES "case"(id),
        code INTEGER NOT NULL REFERENCES code(id), wave INTEGER NOT NULL REFERENCES wave(id),
        coder INTEGER NOT NULL REFERENCES coder(id), body TEXT NOT NULL,
        state TEXT NOT NULL {_one_of("state", "draft", "charted", "checked", "not asked", "nothing said")},
        CHECK ((person IS NOT NULL) + ("case" IS NOT NULL) = 1)""",
    "summary_segment": f"""{_IDENTITY}, summary INTEGER NOT NULL REFERENCES summary(id),
        segment INTEGER NOT NULL REFERENCES segment(id), UNIQUE (summary, segment)""",
    "quote": f"""{_IDENTITY}, segment INTEGER NOT NULL UNIQUE REFERENCES segment(id),
        coder INTEGER NOT NULL REFERENCES coder(id), words TEXT NOT NULL""",
    "decision": f"""{_IDENTITY}, {_PASSAGE}, code INTEGER REFERENCES code(id),
        coder INTEGER NOT NULL REFERENCES coder(id), outcome TEXT NOT NULL,
        reason TEXT NOT NULL, CHECK (start < end)""",
    "known_name": f"""{_IDENTITY}, name TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL {_one_of("kind", "person", "place", "organisation", "other")}, pseudonym TEXT NOT NULL""",
    # A rule as it was when it ran: no words of it, only the digest of what it looks for.
    "rule": f"{_IDENTITY}, name TEXT NOT NULL, file TEXT NOT NULL, digest BLOB NOT NULL, pipeline TEXT NOT NULL",
    "proposal": f"""{_IDENTITY}, {_PASSAGE}, code INTEGER NOT NULL REFERENCES code(id),
        coder INTEGER NOT NULL REFERENCES coder(id), rule INTEGER NOT NULL REFERENCES rule(id),
        state TEXT NOT NULL {_one_of("state", "open", "accepted", "rejected")}, CHECK (start < end)""",
    # No column for the moment: a milestone stands at the action that made it, which its twin knows.
    "milestone": f"{_IDENTITY}, name TEXT NOT NULL UNIQUE",
}
"""Logged tables, each after those it refers to."""

BOOKKEEPING: dict[str, str] = {
    "open_action": "one INTEGER PRIMARY KEY CHECK (one = 1), action INTEGER NOT NULL",
    "export": """id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, path TEXT NOT NULL, documents TEXT NOT NULL""",
    "barrier": "action INTEGER NOT NULL",  # nothing done up to this action can be undone: something was forgotten
}

FORGOTTEN = """CREATE TABLE forgotten(id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, salt BLOB NOT NULL,
    digest BLOB NOT NULL) STRICT"""
"""Bookkeeping since schema 2. `digest` is of the salt and a file's SHA-256: enough to know the same bytes again, and
not to find out whose they were."""

PASSAGES = ("segment", "read_mark", "claim", "claim_evidence", "decision", "proposal")
"""Logged tables whose rows are passages (document, text, start, end): `revise` carries them along."""

# segment_place covers all that counting reads of a segment. segment_code has the code alone: new rows then stand at the
# end of each code's part, and coding all documents at once rewrites a hundred pages of it, not thousands.
INDEXES = """
CREATE INDEX segment_place ON segment(document, start, end, code, coder, until);
CREATE INDEX segment_code ON segment(code);
CREATE INDEX claim_place ON claim(document, start, end);
CREATE INDEX claim_evidence_claim ON claim_evidence(claim);
CREATE INDEX claim_evidence_place ON claim_evidence(document);
CREATE INDEX read_mark_place ON read_mark(document, coder, start);
CREATE INDEX decision_place ON decision(document);
CREATE INDEX proposal_place ON proposal(document, start);
CREATE INDEX memo_segment ON memo(segment) WHERE segment IS NOT NULL;
CREATE INDEX memo_claim ON memo(claim) WHERE claim IS NOT NULL;
CREATE INDEX summary_segment_segment ON summary_segment(segment);
CREATE INDEX text_document ON text(document, version);
CREATE INDEX original_sha256 ON original(sha256);
CREATE INDEX action_reverses ON action(reverses) WHERE reverses IS NOT NULL;
"""

VIEWS = """
CREATE VIEW coded_segments AS
SELECT document.name AS document, code.short AS code, code.name AS code_name, coder.short AS coder, segment.start,
    segment.end, substr(text.body, segment.start + 1, segment.end - segment.start) AS words, segment.unsure,
    segment.negative, segment.exemplar
FROM segment JOIN document ON document.id = segment.document JOIN text ON text.id = segment.text
    JOIN code ON code.id = segment.code JOIN coder ON coder.id = segment.coder WHERE segment.until IS NULL;
CREATE VIEW claims AS
SELECT document.name AS document, a.short AS from_code, b.short AS to_code, claim.direction, coder.short AS coder,
    claim.whose, claim.standing, claim.tense, substr(text.body, claim.start + 1, claim.end - claim.start) AS words
FROM claim JOIN document ON document.id = claim.document JOIN text ON text.id = claim.text
    JOIN code a ON a.id = claim.from_code JOIN code b ON b.id = claim.to_code
    JOIN coder ON coder.id = claim.coder WHERE claim.until IS NULL;
CREATE VIEW audit_trail AS
SELECT action.at, coder.short AS coder, action.verb, action.arguments FROM action JOIN coder ON coder.id = action.coder;
"""

ROLES = (
    ("PW", "peer worker", "supported person", "witnessed"),
    ("SU", "service user", "self", "lived"),
    ("ST", "staff", "supported person", "witnessed"),
    ("MG", "manager", "supported person", "hearsay"),
)
"""The roles a new project knows, with what their words count as by default (domain: whose, standing)."""


def table(name: str, columns: str) -> str:
    """The statement that makes a table.

    All references are checked when the action ends: undo may then restore rows in any order, and SQLite need not copy
    pages aside at every insert for fear of having to take it back (three times as fast, measured on segments).
    """
    deferred = columns.replace("(id)", "(id) DEFERRABLE INITIALLY DEFERRED")
    without_rowid = ", WITHOUT ROWID" if name in {"turn", "cue"} else ""
    return f'CREATE TABLE "{name}"({deferred}) STRICT{without_rowid}'
