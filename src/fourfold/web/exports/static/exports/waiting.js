// Shows how far exports are while they are made. Without this, a link on the page does the same.
const SECONDS = 3;

async function look() {
  const standing = document.querySelector("[data-exports][data-waiting]");
  if (!standing) return;
  const answer = await fetch(location.href, { redirect: "manual", cache: "no-store" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-exports]");
  if (!now || standing.contains(document.activeElement)) return later();
  if (now.innerHTML !== standing.innerHTML) {
    standing.replaceChildren(...now.childNodes);
    standing.toggleAttribute("data-waiting", now.hasAttribute("data-waiting"));
  }
  later();
}

function later() {
  setTimeout(look, SECONDS * 1000);
}

later();
