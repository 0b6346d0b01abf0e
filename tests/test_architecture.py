"""What the house asks of its code, as far as no other tool says it (the import contract is in pyproject.toml)."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
LONGEST_FILE, LONGEST_FUNCTION = 300, 45  # lines
FEATURE_FILES = {
    *("__init__", "actions", "form", "jobs", "listeners", "rules", "screens", "web"),
    *("planning", "reminding", "streaks"),  # of the habit alone
    *("typed", "wording"),  # of the office alone
    "gaps",  # of the participants alone
    "bending",  # of the stories alone
    "aloud",  # of the digest alone
    "remembering",  # of the figures alone
    *("approving", "export", "overview", "showing"),  # of the budgets alone
    *("booking", "closing", "deciding", "digests", "following", "notices", "quoting", "ticking"),  # likewise
    *("own_caps", "own_month", "repaying"),  # likewise
    *("forgetting", "likeness", "managing", "posting", "waiting", "wall"),  # of the wall of change alone
    "watching",  # of the screens alone
    "notes",  # of the customers' page alone
    "poster",  # of the links alone
    *("drawing", "export", "forgetting", "posting", "reading", "standing", "wording"),  # of the leaderboards alone
    *("posts", "posting", "reporting", "congratulating"),  # of the team wall alone
    *("moderating", "moderators", "posting", "reading", "window"),  # of the customers' wall alone
}
NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "base", "messages", "constants"}
DEMO = "bot/wiring/demo.py"  # the one that may know the emulator

# What follows goes past the workspace scope, which works on the ORM's select, update and delete alone. A new name
# here needs a reason why no other workspace's rows can be seen or changed by it.
PAST_THE_SCOPE: Mapping[tuple[str, str], str] = {
    ("storage/spending.py", "hold_books"): "takes a lock that is the workspace's own",
    ("storage/rows.py", "insert_new"): "inserts a row whose workspace the caller names; changes no row that is there",
    ("storage/workspaces.py", "enter_workspace"): "workspaces themselves belong to none",
    ("storage/people.py", "enter_person"): "names the transaction's own workspace",
    ("storage/people.py", "remember_to_forget"): "names the transaction's own workspace",
    ("storage/people.py", "person_of_team"): "finds by Slack's team id, and keeps the transaction to that workspace",
    ("storage/people.py", "<module>"): "_OF_TEAM: by the team's id",
    ("storage/handled.py", "mark_handled"): "names the workspace of the request",
    ("storage/handled.py", "<module>"): "_MARK, _LOCK_AND_MARK: insert with the workspace that mark_handled names",
    ("storage/stories.py", "add_story"): "the story names its workspace",
    ("storage/stories.py", "<module>"): "_ADD: the story names its workspace",
    ("storage/groups.py", "add_group"): "names the transaction's own workspace",
    ("storage/tips.py", "show_tip"): "names the transaction's own workspace",
    ("storage/telling.py", "known_beforehand"): "names the transaction's own workspace",
    ("storage/telling.py", "<module>"): "the parts of its question: each has the workspace as a value",
    ("storage/tips.py", "show_tips"): "names the transaction's own workspace",
    ("storage/tips.py", "who_had"): "names the transaction's own workspace",
    ("storage/tips.py", "<module>"): "_WHO_HAD, _SHOW: each has the workspace as a value",
    ("storage/participants.py", "working_days_of"): "names the transaction's own workspace",
    ("storage/participants.py", "<module>"): "_WORKING_DAYS: has the workspace as a value",
    ("storage/absences.py", "absences_from"): "names the transaction's own workspace",
    ("storage/absences.py", "<module>"): "_FROM: has the workspace as a value",
    ("storage/reminders.py", "days_free"): "names the transaction's own workspace",
    ("storage/reminders.py", "<module>"): "_FREE: has the workspace as a value",
    ("storage/reminders.py", "note_reminders"): "names the transaction's own workspace",
    ("storage/reminders.py", "_noting"): "the statement of note_reminders",
    ("storage/reminding.py", "people_due"): "names the transaction's own workspace",
    ("storage/reminding.py", "plan_people"): "names the transaction's own workspace",
    ("storage/reminding.py", "note_reminded"): "names the transaction's own workspace",
    ("storage/reminding.py", "note_first_reminders"): "names the transaction's own workspace",
    ("storage/reminding.py", "change_people"): "names the transaction's own workspace",
    ("storage/reminding.py", "<module>"): "its statements: each has the workspace as a value",
    ("storage/many_posts.py", "<module>"): "_PUT, _CHANGE, _CLOSE: each has the workspace as a value",
    ("storage/many_posts.py", "put_posts"): "each post names its workspace",
    ("storage/many_posts.py", "change_posts"): "names the transaction's own workspace",
    ("storage/many_posts.py", "close_posts"): "names the transaction's own workspace",
    ("storage/outbox.py", "next_due"): "one sender for all workspaces; reads a time",
    ("storage/outbox.py", "stands"): "names the transaction's own workspace",
    ("storage/outbox.py", "put_post"): "names its workspace; the key that conflicts includes it",
    ("storage/outbox.py", "change_post"): "names the transaction's own workspace",
    ("storage/outbox.py", "erase_posts_naming"): "by the ids of the transaction's own posts",
    ("storage/outbox.py", "_put"): "the statement of put_post",
    ("storage/outbox.py", "<module>"): "_STANDS, _CHANGE, _PUT: each has the workspace as a value; _ERASE: by an id",
    ("storage/database.py", "_begin_act"): "locks the row of the person who acts",
    ("storage/celebrations.py", "add_congratulation"): "names the transaction's own workspace",
    ("storage/celebrations.py", "hide"): "names the transaction's own workspace",
    ("storage/celebrations.py", "add_report"): "names the transaction's own workspace",
    ("storage/migrate.py", "_alone"): "PostgreSQL's advisory lock",
}  # fmt: skip
BYPASSING = {
    *("insert", "insert_new", "text", "run", "run_for_each", "table_of", "exec_driver_sql", "_put", "connection"),
    *("bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings", "from_statement"),
}

TIME = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns", "time.monotonic"),
    *("time.monotonic_ns", "time.perf_counter", "time.sleep", "time.localtime", "time.gmtime", "func.now"),
}

MAY_BE_KNOWN = {
    *("sqlmodel.Session", "sqlalchemy.Row"),  # to hand on
    *("sqlalchemy.engine.make_url", "sqlalchemy.exc.ArgumentError"),  # settings checks an address
    # the gateway answers, and the start stops with a line, when the record is away
    *("sqlalchemy.exc.SQLAlchemyError", "sqlalchemy.exc.OperationalError"),
}

# A transaction without a workspace sees every workspace.
FOR_ALL_WORKSPACES: Mapping[tuple[str, str], str] = {
    (
        "bot/features/customer_page/notes.py",
        "workspaces_with_calls",
    ): "reads where customers wait; follows them in each",
    ("bot/wiring/gateway.py", "me_of"): "finds out which workspace asks, and keeps to it from there on",
    ("bot/wiring/export.py", "export"): "who runs the server exports all of it",
    ("bot/wiring/scheduler.py", "build_scheduler"): "forgets the handled requests of all",
    ("bot/wiring/assembly.py", "start"): "takes up what waited, of all",
    ("bot/wiring/doctor.py", "_record"): "counts, for who runs the server",
    ("bot/wiring/assembly.py", "introduce"): "enters the workspace of the token",
    ("bot/features/office/actions.py", "remember_profile"): "enters the workspace that Slack tells it to",
    ("bot/features/office/actions.py", "workspaces_known"): "reads which workspaces there are",
    ("bot/features/habit/reminding.py", "remind_due"): "reads where somebody is due; reminds in each",
    ("bot/features/groups/actions.py", "groups_to_follow"): "reads which there are; changes each in its own",
    ("bot/features/stories/actions.py", "workspaces_with_old_drafts"): "reads where there are any; forgets in each",
    ("bot/features/team_wall/congratulating.py", "workspaces_to_congratulate"): "reads where there are dates",
    ("bot/features/team_wall/congratulating.py", "workspaces_with_leavers"): "reads where there are any",
    ("bot/features/customer_page/actions.py", "_of_any_workspace"): "finds whose a token is; keeps to that workspace",
    ("bot/features/customer_page/actions.py", "forget_visits"): "forgets who sent the form, of all",
    ("bot/features/links/actions.py", "_of_any_workspace"): "finds whose a token is; the CLI's are whose server it is",
    ("bot/features/leaderboards/posting.py", "workspaces"): "reads which there are; posts in each",
    ("bot/features/leaderboards/reading.py", "workspace_of_board"): "finds whose link a token is; reads in that one",
    ("bot/features/figures/actions.py", "_workspace_of"): "finds whose link a token is; reads in that one",
    ("bot/features/figures/remembering.py", "workspaces"): "reads where a story is a year old; looks in each",
    ("bot/features/wall_screen/actions.py", "workspace_of_screen"): "finds whose link a token is; reads in that one",
    ("bot/features/change_wall/waiting.py", "workspaces"): "reads where there are ideas; follows them in each",
    ("bot/features/budgets/ticking.py", "workspaces"): "reads where anything was spent; looks in each",
    ("bot/features/budgets/ticking.py", "every_workspace"): "reads which there are; gives ideas in each",
    ("bot/features/thanks/reporting.py", "workspaces"): "reads where there are stories; tells the managers of each",
    ("bot/features/digest/posting.py", "workspaces"): "reads which there are; posts in each",
    ("bot/slack/sender.py", "_claim"): "one sender for all",
    ("bot/slack/sender.py", "_send"): "settles one post by its id",
}


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
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


def known_of(path: Path, package: str) -> list[str]:
    """What a module imports from a package."""
    return [name for name in imports(tree_of(path)) if f"{name}.".startswith(f"{package}.")]


def attributes(tree: ast.Module) -> set[str]:
    """All that is read like `time.monotonic`."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return {f"{node.value.id}.{node.attr}" for node in found if isinstance(node.value, ast.Name)}


def calls(node: ast.AST, inside: str = "<module>") -> Iterator[tuple[str, ast.Call]]:
    """Each call, with the name of the function around it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield inside, child
        named = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) and inside == "<module>"
        yield from calls(child, getattr(child, "name", inside) if named else inside)


def called(call: ast.Call) -> str:
    """The last word of what is called: `insert` of `sqlite.insert(…)`."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


ALL = modules("bot", "storage")
OWN = [path for path in ALL if not is_emulator(path) and not is_migration(path)]


def test_there_is_code_to_look_at() -> None:
    assert len(ALL) > 50
    assert len(OWN) > 30


def test_a_file_can_be_read_in_one_go() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in ALL}

    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_a_function_fits_on_a_screen() -> None:
    lengths = {
        f"{name_of(path)} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in ALL
        if not is_migration(path)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_a_module_opens_with_a_sentence_on_what_it_is_for() -> None:
    openings = {name_of(path): (ast.get_docstring(tree_of(path)) or "").split("\n\n")[0] for path in ALL}
    migrations = {name_of(path) for path in ALL if is_migration(path)}

    assert {name for name, opening in openings.items() if len(opening.split()) < 3} == set()
    assert {name for name, opening in openings.items() if opening[-1:] not in (".", ":", "`")} <= migrations


def test_a_file_is_named_after_what_is_in_it() -> None:
    assert [name_of(path) for path in ALL if path.stem in NAMELESS] == []
    assert [name_of(path) for path in ALL if path.stem != "__init__" and len(tree_of(path).body) < 2] == []


def test_every_feature_has_the_same_few_files() -> None:
    folders = [path for path in (ROOT / "bot/features").iterdir() if path.is_dir() and path.name != "__pycache__"]

    assert folders
    for folder in folders:
        found = {path.stem for path in folder.glob("*.py")}
        assert found <= FEATURE_FILES, folder.name
        assert "__init__" in found, folder.name
        assert [path.name for path in folder.iterdir() if path.is_dir() and path.name != "__pycache__"] == []


def test_the_record_knows_nothing_of_the_conversation() -> None:
    assert [name_of(path) for path in modules("storage") if known_of(path, "bot")] == []


def test_a_feature_knows_no_other_feature() -> None:
    for path in modules("bot/features"):
        own = "bot.features." + path.relative_to(ROOT / "bot/features").parts[0]
        assert [name for name in known_of(path, "bot.features") if not f"{name}.".startswith(f"{own}.")] == []


def test_the_emulator_could_emulate_for_any_bot() -> None:
    for path in modules("bot/emulator"):
        ours = known_of(path, "bot") + known_of(path, "storage")
        assert [name for name in ours if not name.startswith("bot.emulator")] == [], name_of(path)


def test_only_the_demo_knows_that_there_is_an_emulator() -> None:
    assert {name_of(path) for path in OWN if known_of(path, "bot.emulator")} == {DEMO}


def test_the_environment_is_read_in_one_place() -> None:
    readers = {
        name_of(path)
        for path in ALL
        if {"os.environ", "os.getenv"} & attributes(tree_of(path))
        or any(name in ("os.environ", "os.getenv") or "dotenv" in name for name in imports(tree_of(path)))
    }

    assert readers <= {"bot/settings.py"}


def test_time_is_read_from_a_clock_that_a_test_can_hold() -> None:
    readers = {
        name_of(path): read
        for path in OWN
        if (read := TIME & (attributes(tree_of(path)) | set(imports(tree_of(path)))))
    }

    assert readers.pop("bot/kernel/clock.py") == {"datetime.now", "time.monotonic"}
    assert readers.pop("storage/handled.py") == {"func.now"}  # the database's own, for when a request was handled
    assert readers.pop("storage/database.py") == {"time.monotonic"}  # for how long a connection rested
    assert readers == {}


def test_what_goes_past_the_workspace_scope_is_known_by_name() -> None:
    found = {
        (name_of(path), inside)
        for path in modules("storage")
        if not is_migration(path)
        for inside, call in calls(tree_of(path))
        if called(call) in BYPASSING
    }

    assert found - set(PAST_THE_SCOPE) == set(), "say in PAST_THE_SCOPE why these are safe"
    assert set(PAST_THE_SCOPE) - found == set(), "these are gone; take them off the list"


def test_a_question_to_the_record_is_asked_in_storage() -> None:
    """The conversation holds transactions and knows their errors; it builds no statement and runs none."""
    for path in OWN:
        if name_of(path).startswith("storage/"):
            continue
        run = {called(call) for _, call in calls(tree_of(path))}
        assert set(known_of(path, "sqlalchemy") + known_of(path, "sqlmodel")) <= MAY_BE_KNOWN, name_of(path)
        assert set(known_of(path, "storage.rows")) <= {"storage.rows.workspace_of"}, name_of(path)
        assert not run & {"exec", "execute", "exec_driver_sql", "scalars", "connection"}, name_of(path)


def test_who_sees_every_workspace_is_known_by_name() -> None:
    found = {
        (name_of(path), inside)
        for path in OWN
        for inside, call in calls(tree_of(path))
        if called(call) in ("reading", "writing", "asking") and not call.args and not call.keywords
    }

    assert found - set(FOR_ALL_WORKSPACES) == set(), "say in FOR_ALL_WORKSPACES why these look at all"
    assert set(FOR_ALL_WORKSPACES) - found == set(), "these are gone; take them off the list"
