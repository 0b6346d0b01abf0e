"""What the house asks of its code, as far as no other tool says it (the import contract is in pyproject.toml)."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST_FILE, LONGEST_FUNCTION = 300, 45  # lines
FEATURE_FILES = {"__init__", "actions", "form", "jobs", "listeners", "rules", "screens", "web"}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "messages", "constants"}
DEMO = "bot/wiring/demo.py"  # the one that may know the emulator

# What follows goes past the workspace scope, which works on the ORM's select, update and delete alone. A new name
# here needs a reason why no other workspace's rows can be seen or changed by it.
PAST_THE_SCOPE: Mapping[tuple[str, str], str] = {
    ("storage/rows.py", "insert_new"): "inserts a row whose workspace the caller names; changes no row that is there",
    ("storage/rows.py", "run"): "the hot path: whoever calls it is in this list",
    ("storage/workspaces.py", "enter_workspace"): "workspaces themselves belong to none",
    ("storage/people.py", "enter_person"): "names the transaction's own workspace",
    ("storage/people.py", "person_of_team"): "finds by Slack's team id, and keeps the transaction to that workspace",
    ("storage/people.py", "<module>"): "_OF_TEAM: by the team's id",
    ("storage/handled.py", "mark_handled"): "names the workspace of the request",
    ("storage/handled.py", "<module>"): "_MARK: inserts with the workspace that mark_handled names",
    ("storage/stories.py", "add_story"): "the story names its workspace",
    ("storage/stories.py", "same_story_since"): "names the transaction's own workspace",
    ("storage/stories.py", "as_many_posted_on"): "names the transaction's own workspace",
    ("storage/stories.py", "<module>"): "_ADD, _SAME, _POSTED: each has the workspace as a value",
    ("storage/outbox.py", "stands"): "names the transaction's own workspace",
    ("storage/outbox.py", "put_post"): "names its workspace; the key that conflicts includes it",
    ("storage/outbox.py", "change_post"): "names the transaction's own workspace",
    ("storage/outbox.py", "_put"): "the statement of put_post",
    ("storage/outbox.py", "<module>"): "_STANDS, _CHANGE, _PUT: each has the workspace as a value",
    ("storage/database.py", "_begin_act"): "locks the row of the person who acts",
    ("storage/database.py", "<module>"): "_LOCK: by that person's id",
    ("storage/database.py", "_prepare_sqlite"): "pragmas",
    ("storage/database.py", "_begin_sqlite"): "begins a transaction",
    ("storage/migrate.py", "_alone"): "PostgreSQL's advisory lock",
}  # fmt: skip
BYPASSING = {
    *("insert", "insert_new", "text", "run", "table_of", "exec_driver_sql", "_put", "connection"),
    *("bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings", "from_statement"),
}

# A transaction without a workspace sees every workspace.
FOR_ALL_WORKSPACES: Mapping[tuple[str, str], str] = {
    ("bot/wiring/gateway.py", "me_of"): "finds out which workspace asks, and keeps to it from there on",
    ("bot/wiring/export.py", "export"): "the server's owner exports all",
    ("bot/wiring/scheduler.py", "forget"): "forgets handled requests of every workspace",
    ("bot/slack/sender.py", "_pause"): "one sender for all workspaces",
    ("bot/slack/sender.py", "_claim"): "one sender for all workspaces",
    ("bot/slack/sender.py", "_send"): "settles one post by its id",
}  # fmt: skip


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def is_emulator(path: Path) -> bool:
    return name_of(path).startswith("bot/emulator/")


def is_migration(path: Path) -> bool:
    return "migrations/versions" in name_of(path)


def imports(tree: ast.Module) -> Iterator[str]:
    """The full names of what a module imports, also within functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "no relative imports"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(node: ast.AST, inside: str = "<module>") -> Iterator[tuple[str, ast.Call]]:
    """Each call, with the name of the function around it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield inside, child
        is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
        yield from calls(child, child.name if is_function and inside == "<module>" else inside)


def called(call: ast.Call) -> str:
    """The last word of what is called: `insert` of `sqlite.insert(…)`."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


ALL = [path for path in modules("bot", "storage") if name_of(path) != "storage/migrations/__init__.py"]
OWN = [path for path in ALL if not is_emulator(path) and not is_migration(path)]


def test_there_is_code_to_look_at() -> None:
    assert len(ALL) > 50
    assert len(OWN) > 30


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_file_can_be_read_in_one_go(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", [path for path in ALL if not is_migration(path)], ids=name_of)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    long = {
        node.name: length
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }

    assert long == {}


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_module_opens_with_a_sentence_on_what_it_is_for(path: Path) -> None:
    sentence = (ast.get_docstring(tree_of(path)) or "").split("\n\n")[0]

    assert len(sentence.split()) >= 3
    assert sentence[-1] in ".:`" or is_migration(path)


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_a_file_is_named_after_what_is_in_it(path: Path) -> None:
    assert path.stem not in NAMELESS
    assert path.stem == "__init__" or tree_of(path).body[1:], "an empty file"


def test_every_feature_has_the_same_few_files() -> None:
    folders = [path for path in (ROOT / "bot/features").iterdir() if path.is_dir() and path.name != "__pycache__"]

    assert folders
    for folder in folders:
        found = {path.stem for path in folder.glob("*.py")}
        assert found <= FEATURE_FILES, folder.name
        assert "__init__" in found, folder.name
        assert [path.name for path in folder.iterdir() if path.is_dir() and path.name != "__pycache__"] == []


@pytest.mark.parametrize("path", modules("storage"), ids=name_of)
def test_the_record_knows_nothing_of_the_conversation(path: Path) -> None:
    assert [name for name in imports(tree_of(path)) if name.split(".")[0] == "bot"] == []


@pytest.mark.parametrize("path", modules("bot/features"), ids=name_of)
def test_a_feature_knows_no_other_feature(path: Path) -> None:
    feature = path.relative_to(ROOT / "bot/features").parts[0]
    known = {name.split(".")[2] for name in imports(tree_of(path)) if name.startswith("bot.features.")}

    assert known <= {feature}


@pytest.mark.parametrize("path", modules("bot/emulator"), ids=name_of)
def test_the_emulator_could_emulate_for_any_bot(path: Path) -> None:
    ours = [name for name in imports(tree_of(path)) if name.split(".")[0] in ("bot", "storage")]

    assert [name for name in ours if not name.startswith("bot.emulator")] == []


@pytest.mark.parametrize("path", OWN, ids=name_of)
def test_only_the_demo_knows_that_there_is_an_emulator(path: Path) -> None:
    known = [name for name in imports(tree_of(path)) if name.startswith("bot.emulator")]

    assert known == [] or name_of(path) == DEMO


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_the_environment_is_read_in_one_place(path: Path) -> None:
    tree = tree_of(path)
    read = [
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    ]
    read += [name for name in imports(tree) if name in ("os.environ", "os.getenv") or "dotenv" in name]

    assert read == [] or name_of(path) == "bot/settings.py"


TIME = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns", "time.monotonic"),
    *("time.monotonic_ns", "time.perf_counter", "time.sleep", "time.localtime", "time.gmtime", "func.now"),
}
HANDLED_AT = ("storage/handled.py", ["func.now"])  # the database's own, for when a request was handled


@pytest.mark.parametrize("path", OWN, ids=name_of)
def test_time_is_read_from_a_clock_that_a_test_can_hold(path: Path) -> None:
    tree = tree_of(path)
    read = [
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        and f"{node.value.id}.{node.attr}" in TIME
    ]  # fmt: skip
    read += [name for name in imports(tree) if name in TIME]

    assert read == [] or name_of(path) == "bot/kernel/clock.py" or (name_of(path), read) == HANDLED_AT


def test_what_goes_past_the_workspace_scope_is_known_by_name() -> None:
    found = {
        (name_of(path), inside)
        for path in OWN
        for inside, call in calls(tree_of(path))
        if called(call) in BYPASSING and not is_engine_connection(path, call)
    }

    assert found - set(PAST_THE_SCOPE) == set(), "say in PAST_THE_SCOPE why these are safe"
    assert set(PAST_THE_SCOPE) - found == set(), "these are gone; take them off the list"


def is_engine_connection(path: Path, call: ast.Call) -> bool:
    """In bot/, `run`, `connection` and `text` are other things: the scope is passed by in SQL alone."""
    return name_of(path).startswith("bot/") and not any(
        name.startswith("sqlalchemy.") or name == "storage.rows.run" for name in imports(tree_of(path))
    )


def test_who_sees_every_workspace_is_known_by_name() -> None:
    found = {
        (name_of(path), inside)
        for path in OWN
        for inside, call in calls(tree_of(path))
        if called(call) in ("reading", "writing") and not call.args and not call.keywords
    }

    assert found - set(FOR_ALL_WORKSPACES) == set(), "say in FOR_ALL_WORKSPACES why these look at all"
    assert set(FOR_ALL_WORKSPACES) - found == set(), "these are gone; take them off the list"
