// The page's script: starts the parts, each of which looks after one thing.
import { startAdditions } from "./additions.js";
import { showStep } from "./card.js";
import { startClock } from "./clock.js";
import { startComposers } from "./composer.js";
import { startDeeds, post } from "./deeds.js";
import { startDeveloper } from "./developer.js";
import { showDialogs } from "./dialogs.js";
import { startDrafts } from "./drafts.js";
import { startFields } from "./fields.js";
import { startKeyboard } from "./keyboard.js";
import { startLive } from "./live.js";
import { startMenus } from "./menus.js";
import { startOwn } from "./own.js";
import { startTables } from "./tables.js";
import { startTools } from "./tools.js";

startLive(); // first, for it remembers how the server sent everything
startDrafts();
startComposers();
startDeeds();
startFields();
startAdditions();
startMenus();
startTables();
startTools();
startOwn();
startClock();
startDeveloper();
startKeyboard();
showDialogs();
showStep();
if (document.body.dataset.at === "home") post("home", {});
