// The page's script: starts the parts, each of which looks after one thing.
import { startComposers } from "./composer.js";
import { startDeeds, post } from "./deeds.js";
import { showDialogs } from "./dialogs.js";
import { startLive } from "./live.js";
import { startMenus } from "./menus.js";

startLive(); // first, for it remembers how the server sent everything
startComposers();
startDeeds();
startMenus();
showDialogs();
if (document.body.dataset.at === "home") post("home", {});
