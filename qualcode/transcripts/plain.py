"""Plain text and Markdown: the body is the file's own text, marks and labels included."""

from pathlib import Path

from qualcode.transcripts import speakers
from qualcode.transcripts.encodings import decode
from qualcode.transcripts.reading import Options, Reading, Transcript, document_name, normalise, require_words


def transcribe(path: Path, data: bytes, options: Options) -> Reading:
    """The transcript in a text file.

    Raises:
        InputError: no encoding fits, or there are no words.
    """
    decoded = decode(data, path, options.encoding)
    body, replaced = normalise(decoded.text)
    require_words(body, path)
    found = speakers.find(body, options)
    transcript = Transcript(document_name(path), body, found.turns, found.speakers, found.cues)
    warnings = decoded.warnings + replaced + found.warnings
    return Reading(path, path.suffix.lower()[1:], decoded.encoding, data, (transcript,), warnings)
