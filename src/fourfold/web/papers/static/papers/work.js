// Shows how far the work has come, and opens the page again when it has ended. Without this the page has a link.
const place = document.querySelector("[data-work]");
const LONGEST = 15 * 60 * 1000;
const began = Date.now();

function show(told) {
  const words = place.querySelector("[data-work-words]");
  if (told.words && words.textContent !== told.words) words.textContent = told.words;
  for (const line of place.querySelectorAll("[data-work-step]")) {
    const step = Number(line.dataset.workStep);
    const tag = step < told.step ? ["Done", "green"] : step === told.step ? ["Under way", "blue"] : null;
    const state = line.querySelector("[data-work-state]");
    state.textContent = "";
    if (!tag) continue;
    const mark = document.createElement("strong");
    mark.className = `govuk-tag govuk-tag--${tag[1]}`;
    mark.textContent = tag[0];
    state.append(mark);
  }
}

async function ask() {
  let told = null;
  try {
    const answer = await fetch(place.dataset.work, { redirect: "manual", cache: "no-store" });
    if (answer.ok) told = await answer.json();
  } catch {
    told = null; // the line dropped: the next question may get through
  }
  if (told && (told.stage === "done" || told.stage === "failed")) return window.location.reload();
  if (told) show(told);
  if (Date.now() - began < LONGEST) setTimeout(ask, 2000);
}

if (place) setTimeout(ask, 1000);
