"""Plain text and Markdown: the body is the file's own text, marks and labels included.

Captions that were given a text name are read as captions: their numbers and times are no words.
"""

from dataclasses import replace
from pathlib import Path

from qualcode.transcripts import captions, speakers
from qualcode.transcripts.encodings import decode
from qualcode.transcripts.reading import Options, Reading, Transcript, document_name, normalise, require_words


def transcribe(path: Path, data: bytes, options: Options) -> Reading:
    """The transcript in a text file.

    Raises:
        InputError: no encoding fits, or there are no words.
    """
    decoded = decode(data, path, options.encoding)
    body, replaced = normalise(decoded.text)
    if captions.are_meant(body):
        reading = captions.transcribe(path, data, options)
        return replace(
            reading, warnings=("these are captions, and were read so: call it .vtt or .srt", *reading.warnings)
        )
    require_words(body, path)
    found = speakers.find(body, options)
    transcript = Transcript(document_name(path), body, found.turns, found.speakers, found.cues)
    warnings = decoded.warnings + replaced + found.warnings
    return Reading(path, path.suffix.lower()[1:], decoded.encoding, data, (transcript,), warnings)
