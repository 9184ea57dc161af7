"""An earlier question put together anew with what a follow-up names.

The earlier question is taken apart into its frame ("What does Russia say: …", ", according to
NATO"), and its core. Rules (`lexicon/conversation.<language>.toml`) reword the core by pattern; a
slot is exchanged where the earlier question has one of the same type, and added where it has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rag import lexicon, question
from rag.actors import Actors, Mention
from rag.schema import Question
from rag.text import WORD
from rag.turn_words import days, pattern, unit_of

_NO_NAME = r"(?!)"
NAMES = ("@", "~", "d:", "n:")


# What may become of those who are counted: no noun for them.
STATES = frozenset(
    ("killed", "wounded", "killed_and_wounded", "losses", "missing", "prisoners", "deserters")
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A question that was asked before: `frame` and `tail` say according to whom."""

    text: str
    core: str
    frame: str
    tail: str
    asked: Question
    mentions: tuple[Mention, ...]  # of the core
    context: str = ""  # earlier questions that it is answered in the context of

    @property
    def language(self) -> str:
        return self.asked.language

    def with_core(self, core: str) -> str:
        """The question with another core."""
        core = core.rstrip(" ?")
        if self.frame:
            core = decapitalised(core, self.language)
        return capitalised(f"{self.frame}{core}{self.tail}?")


def take_apart(whole: str | Question, actors: Actors) -> Earlier:
    """A whole question in its parts; a text is parsed."""
    asked = question.parse(whole, actors) if isinstance(whole, str) else whole
    language = asked.language
    core = asked.text.rstrip(" ?.!…")
    frame = tail = ""
    head, colon, rest = core.partition(": ")
    if colon and pattern(language, "speaks", "asks").match(head):
        frame, core = head + colon, rest
    if quoted := pattern(language, "attribution").search(core):
        tail = ", " + quoted.group().strip(" ,")
        core = re.sub(r" +,?$", "", core[: quoted.start()]) + core[quoted.end() :]
        core = re.sub(r" {2,}", " ", core).strip(" ,")
    return Earlier(asked.text, capitalised(core), frame, tail, asked, actors.find(core))


def has_speaking_subject(earlier: Earlier) -> bool:
    """Whether it asks what somebody said: "What did the UN say about …?"."""
    return bool(earlier.asked.speakers) and not earlier.frame and not earlier.tail


def capitalised(words: str) -> str:
    """With the capital that opens a sentence."""
    return words[:1].upper() + words[1:]


def decapitalised(words: str, language: str) -> str:
    """A question behind a colon: small outside German, where a sentence keeps its capital."""
    first = words.split(" ", maxsplit=1)[0]
    return words if language == "de" or first.isupper() else words[:1].lower() + words[1:]


def reworded(earlier: Earlier, rules: str, **values: str) -> str | None:
    """The text that the first fitting rule makes of the earlier question."""
    language = earlier.language
    table: dict[str, Any] = lexicon.load("conversation", language)
    names = "|".join(re.escape(earlier.core[m.start : m.end]) for m in earlier.mentions)
    np = counted(earlier)
    whole = decapitalised(earlier.text.rstrip(" ?.!…"), language)
    for written, template in table["rules"].get(rules, ()):
        found = written.replace("ACTOR", f"(?:{names or _NO_NAME})")
        found = found.replace("NP", re.escape(np) if np else r".+?")
        if match := re.match(found, earlier.core, re.IGNORECASE):
            groups = {k: v or "" for k, v in match.groupdict().items()}
            for key, value in groups.items():  # what opened the question and does not any more
                if match.start(key) == 0 and not template.startswith("{" + key):
                    groups[key] = decapitalised(value, "")
            made = str(template).format(**{**groups, "all": whole, **values})
            return capitalised(made) if "{all}" in template else _tailed(made, earlier)
    return None


def _tailed(made: str, earlier: Earlier) -> str:
    """What was made of the core, with what says according to whom."""
    return capitalised(made.rstrip(" ?") + earlier.tail + "?")


def keeps(made: str, earlier: Earlier, actors: Actors) -> bool:
    """Whether a text names all that the earlier question names, and but one topic word less."""
    own = {term for group in question.parse(made, actors).terms for term in group}
    lost = [g for g in earlier.asked.terms if own.isdisjoint(g)]
    return len(lost) <= 1 and not any(t.startswith(NAMES) for g in lost for t in g)


def counted(earlier: Earlier) -> str:
    """What a question counts: "North Korean soldiers" of "How many North Korean soldiers …"."""
    language = earlier.language
    head = pattern(language, "counted").search(earlier.core)
    if head is None:
        among = str(lexicon.load("conversation", language)["units"]["among"])
        marker = among.partition("{")[0].strip()
        head = re.search(rf"\b{marker} ", earlier.core) if marker else None
    if head is None:
        return ""
    end = 0
    for i, word in enumerate(WORD.finditer(earlier.core, head.end())):
        unit = unit_of(word.group(), language)
        if unit and (i == 0 or unit not in STATES):
            end = word.end()
            break
        if i > 3:
            break
    if not end:
        return ""
    # Whose they are, right behind: "солдатів КНДР".
    owner = next((m.end for m in earlier.mentions if m.start == end + 1), end)
    owner = owner if language in ("uk", "ru") else end
    return earlier.core[head.end() : owner]


def among(np: str, language: str, key: str) -> str:
    """A phrase with "among" or "of the": a noun phrase in the case that is asked for."""
    table = lexicon.load("conversation", language)
    template = table["units"][key] if key == "among" else table["pronouns"][key]
    values = {"np": np}
    if language == "de":
        weak = [w + "n" if w.endswith("e") and w[0].islower() else w for w in np.split()]
        noun = weak[-1]
        plural = noun if noun.endswith(("n", "s")) else noun + "n"
        values |= {"np_weak": " ".join(weak), "np_dative": " ".join([*weak[:-1], plural])}
    return str(template).format(**values)


def local(core: str, language: str) -> str:
    """Where a question asks: its last "in Kursk"; a date behind "in" is none."""
    for match in reversed(list(pattern(language, "local").finditer(core))):
        if not days(match.group(), language):
            return match.group()
    return ""
