// Brings the progress of a hand-over up to date while it is read. Without this a link reloads the page.
const SECONDS = 2;
const LONGEST_MINUTES = 20;
const began = Date.now();

async function look() {
  const shown = document.querySelector("[data-progress]");
  if (Date.now() - began > LONGEST_MINUTES * 60000) return;
  const answer = await fetch(window.location.href, { redirect: "manual", cache: "no-store" }).catch(() => null);
  if (answer && answer.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-progress]");
    if (!fresh) return;
    if (!fresh.hasAttribute("data-under-way")) return window.location.reload();
    if (fresh.innerHTML !== shown.innerHTML) shown.replaceWith(fresh);
  }
  setTimeout(look, SECONDS * 1000);
}

setTimeout(look, SECONDS * 1000);
