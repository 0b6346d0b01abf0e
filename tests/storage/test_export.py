"""What an export holds; on both databases."""

from dataclasses import astuple
from datetime import date, timedelta

from storage.database import Database, InWorkspace
from storage.export import AT_A_TIME, ExportedStory, stories_count, stories_to_export
from storage.stories import add_story
from tests.fakes import MONDAY
from tests.storage.records import TODAY, applauded, helped, somebody, told


def exported(database: Database, who: InWorkspace | None = None) -> list[ExportedStory]:
    with database.reading(who) as tx:
        return list(stories_to_export(tx))


def test_a_story_is_exported_whole(database: Database, here: InWorkspace) -> None:
    sanne, bram = somebody(database, here, "U0SANNE", "Sanne"), somebody(database, here, "U0BRAM", "Bram")
    somebody(database, here, "U0FATIMA", "Fatima")
    story = told(
        database, here, sanne, "Paraplu uitgeleend", customer="de buurvrouw", moment="complaint", unasked=True,
        spent_cents=750, minutes=15, day=TODAY - timedelta(days=1),
    )  # fmt: skip
    helped(database, here, story, "U0BRAM")
    applauded(database, here, story, bram)

    assert exported(database) == [
        ExportedStory(
            "T0LINDE", story, TODAY - timedelta(days=1), MONDAY, "Sanne", "Paraplu uitgeleend", "complaint", True,
            "de buurvrouw", "Bram", 750, 15, 1,
        )
    ]  # fmt: skip


def test_ones_own_applause_is_not_counted(database: Database, here: InWorkspace) -> None:
    sanne, bram = somebody(database, here, "U0SANNE", "Sanne"), somebody(database, here, "U0BRAM", "Bram")
    story = told(database, here, sanne)
    for person in (sanne, bram):
        applauded(database, here, story, person)

    assert [one.applause for one in exported(database)] == [1]


def test_what_was_not_filled_in_is_empty(database: Database, here: InWorkspace) -> None:
    told(database, here, somebody(database, here, "U0SANNE"))

    [story] = exported(database)
    assert astuple(story)[4:] == ("", "Paraplu uitgeleend", None, False, "", "", None, None, 0)


def test_several_helpers_are_named_with_semicolons_in_between(database: Database, here: InWorkspace) -> None:
    sanne = somebody(database, here, "U0SANNE", "Sanne")
    for slack_id, name in (("U0BRAM", "Bram"), ("U0FATIMA", "Fatima")):
        somebody(database, here, slack_id, name)
    story = told(database, here, sanne)
    helped(database, here, story, "U0FATIMA", "U0BRAM")
    told(database, here, sanne, "zonder hulp")

    assert [sorted(line.helpers.split("; ")) for line in exported(database)] == [["Bram", "Fatima"], [""]]


def test_what_is_kept_for_oneself_is_not_exported(database: Database, here: InWorkspace) -> None:
    sanne = somebody(database, here, "U0SANNE")
    told(database, here, sanne, "voor het team")
    told(database, here, sanne, "voor mezelf", is_shared=False)

    assert [story.text for story in exported(database)] == ["voor het team"]


def test_every_workspace_is_exported_in_the_order_of_telling_with_its_own_names(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    sanne, susan = somebody(database, here, "U0SANNE", "Sanne"), somebody(database, there, "U0SANNE", "Susan")
    for who, teller, text in ((here, sanne, "een"), (there, susan, "twee"), (here, sanne, "drie")):
        told(database, who, teller, text)

    assert [(story.workspace, story.teller, story.text) for story in exported(database)] == [
        ("T0LINDE", "Sanne", "een"),
        ("T0EIK", "Susan", "twee"),
        ("T0LINDE", "Sanne", "drie"),
    ]


def test_within_a_scope_one_workspace_is_exported(database: Database, here: InWorkspace, there: InWorkspace) -> None:
    for who in (here, there):
        told(database, who, somebody(database, who, "U0SANNE", f"Sanne {who.workspace_id}"))

    assert [story.workspace for story in exported(database, there)] == ["T0EIK"]


def test_more_stories_than_are_read_at_a_time_all_come_once(database: Database, here: InWorkspace) -> None:
    sanne = somebody(database, here, "U0SANNE")
    count = AT_A_TIME * 2 + 1
    with database.writing(here) as tx:
        for number in range(count):
            add_story(
                tx,
                workspace_id=here.workspace_id,
                teller_id=sanne,
                text=f"{number}",
                day=TODAY,
                told_at=MONDAY,
            )

    assert [story.text for story in exported(database)] == [str(number) for number in range(count)]


def test_one_month_is_exported_by_the_tellers_day(database: Database, here: InWorkspace) -> None:
    sanne = somebody(database, here, "U0SANNE")
    for day in ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"):
        told(database, here, sanne, day, day=date.fromisoformat(day))

    with database.reading() as tx:
        assert [story.text for story in stories_to_export(tx, "2026-11")] == ["2026-11-01", "2026-11-30"]
        assert (stories_count(tx, "2026-11"), stories_count(tx)) == (2, 4)
