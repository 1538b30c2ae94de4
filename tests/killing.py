"""Killing a process that writes, to see what is left: shared by the survival tests and the benchmark."""

import random
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import qualcode
from tests import ways

WRITER = """
import itertools, sys, qualcode
path, coder, first, last = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
with qualcode.open(path, coder) as project:
    for number in range(first, last):
        with project.action("two things"):
            project.memos.add(f"{coder} {number}")
            project.codes.add(f"{coder}{number}", "a code")
        print(number, flush=True)
"""
"""Acknowledges each action when it is done: a memo and a code, both or neither."""

ENDLESS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Round:
    """One killing: how many actions were acknowledged, lost although acknowledged, done by halves; and check's word."""

    acknowledged: int
    lost: int
    torn: int
    problems: int


def start_writer(path: Path, coder: str, first: int = 0, last: int = ENDLESS) -> "subprocess.Popen[str]":
    """A process that writes numbered actions."""
    command = [sys.executable, "-c", ways.KNOWING_THE_KEY + WRITER, str(path), coder, str(first), str(last)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1])


def numbers(path: Path, coder: str) -> tuple[set[int], set[int]]:
    """The numbers that memos and codes hold."""
    with qualcode.open(path) as project:
        memos = project.store.rows("SELECT body FROM memo WHERE body LIKE ?", (f"{coder} %",))
        codes = project.store.rows("SELECT short FROM code WHERE name = 'a code' AND short LIKE ?", (f"{coder}%",))
    return {int(body.split()[1]) for (body,) in memos}, {int(short.removeprefix(coder)) for (short,) in codes}


def kill_once(path: Path, first: int, dice: random.Random) -> Round:
    """Let a writer write, kill -9 it at some moment, and look at what is left."""
    acknowledged: set[int] = set()
    with start_writer(path, "AK", first) as writer:
        assert writer.stdout is not None
        for _ in range(dice.randint(1, 15)):
            acknowledged.add(int(writer.stdout.readline()))
        writer.send_signal(signal.SIGKILL)
        acknowledged |= {int(line) for line in writer.stdout.read().split("\n") if line}
    memos, codes = numbers(path, "AK")
    with qualcode.open(path) as project:
        problems = project.check()
    return Round(len(acknowledged), len(acknowledged - (memos & codes)), len(memos ^ codes), len(problems))
