// Starts GOV.UK Frontend's components and the warning before a session ends. Every page works without this.
import { initAll } from "../govuk/govuk-frontend.min.js";
import { watchSession } from "./session.js";

initAll();
watchSession(document.querySelector("[data-session-warning]"));
