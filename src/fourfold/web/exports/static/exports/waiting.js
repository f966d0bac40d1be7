// Shows how far exports are while they are made. Without this, a link on the page does the same.
const SECONDS = 3;

async function look() {
  const standing = document.querySelector("[data-exports][data-waiting]");
  if (!standing) return;
  const answer = await fetch(location.href, { redirect: "manual", cache: "no-store" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-exports]");
  if (now && now.innerHTML !== standing.innerHTML) put(now, standing);
  later();
}

// Puts what is new in the place of what stood there; the keyboard stays where it was.
function put(now, standing) {
  const places = (part) => [...part.querySelectorAll("a, button")];
  const name = (place) => place.getAttribute("href") || place.form?.getAttribute("action");
  const focused = standing.contains(document.activeElement) ? name(document.activeElement) : null;
  standing.replaceChildren(...now.childNodes);
  standing.toggleAttribute("data-waiting", now.hasAttribute("data-waiting"));
  if (focused) places(standing).find((place) => name(place) === focused)?.focus();
}

function later() {
  setTimeout(look, SECONDS * 1000);
}

later();
