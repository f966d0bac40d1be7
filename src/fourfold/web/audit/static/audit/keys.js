// Answers a question by a single key while the focus is within it: M, N, R, A; J to the next question, K back.
// The keys do nothing outside a question or in a box that is typed in, so that they stand in nobody's way.
const form = document.querySelector("[data-answer-keys]");
if (form) form.addEventListener("keydown", answer);

function answer(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input:not([type=radio]), textarea, select")) return;
  const question = event.target.closest("[data-question]");
  if (!question) return;
  const key = event.key.toUpperCase();
  const chosen = question.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (chosen) {
    event.preventDefault();
    chosen.checked = true;
    chosen.focus();
    chosen.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (key === "J" || key === "K") {
    const all = [...form.querySelectorAll("[data-question]")];
    const following = all[all.indexOf(question) + (key === "J" ? 1 : -1)];
    if (!following) return;
    event.preventDefault();
    (following.querySelector("input:checked") || following.querySelector("input")).focus();
  }
}
