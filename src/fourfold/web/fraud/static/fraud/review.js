// One key for each answer. Without scripts the buttons do the same; keys can be turned off on the page.
// A key counts once: until the next record is there, further presses do nothing.
const buttons = new Map();
for (const button of document.querySelectorAll("button[data-key]")) buttons.set(button.dataset.key, button);
let isSent = false;

// Once for each form, not for each of its buttons: the second would take the first for a second press.
for (const form of new Set([...buttons.values()].map((button) => button.form))) {
  form.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault();
    isSent = true;
  });
}

if (buttons.size && document.querySelector("[data-keys-on]")) {
  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const button = buttons.get(event.key.toLowerCase());
    if (!button || isSent) return;
    event.preventDefault();
    button.form.requestSubmit(button);
  });
}

// A page brought back by the browser's own way back must take keys again.
window.addEventListener("pageshow", (event) => { if (event.persisted) isSent = false; });
