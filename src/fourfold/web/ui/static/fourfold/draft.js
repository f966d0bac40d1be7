// Keeps what is typed in a long form as a draft, on the server alone: nothing is left on this machine.
// While the connection is down what was typed stays on the page and is sent again until it arrives.
const PAUSE_MS = 1500;
const RETRY_MS = 4000;

const form = document.querySelector("[data-keep-draft]");
if (form) keepDraft(form, document.querySelector("[data-draft-state]"));

function keepDraft(form, state) {
  let number = Date.now();
  let waiting = 0;
  let isSending = false;
  let hasMore = false;
  let isSaved = false;

  form.addEventListener("input", () => later(PAUSE_MS));
  form.addEventListener("submit", () => { isSaved = true; clearTimeout(waiting); });
  window.addEventListener("online", () => { if (hasMore) later(0); });
  window.addEventListener("beforeunload", (event) => {
    if ((hasMore || isSending) && !isSaved) event.preventDefault();
  });

  function later(milliseconds) {
    hasMore = true;
    clearTimeout(waiting);
    waiting = setTimeout(send, milliseconds);
  }

  async function send() {
    if (isSending || isSaved) return;
    isSending = true;
    hasMore = false;
    const typed = new FormData(form);
    typed.set("number", String(++number));
    try {
      const answer = await fetch(form.dataset.keepDraft, {
        method: "POST", body: new URLSearchParams(typed), redirect: "manual", cache: "no-store",
      });
      if (answer.status !== 204) throw new Error(String(answer.status));
      tell(`Draft kept at ${new Date().toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit" })}. ${form.dataset.draftMeans || "It is not on the case yet."}`);
    } catch {
      tell("The draft is not kept: the connection is down, or you were signed out. Leave this page open. It is tried again.", true);
      hasMore = true;
    }
    isSending = false;
    if (hasMore) later(RETRY_MS);
  }

  function tell(words, hasFailed = false) {
    state.textContent = words;
    state.classList.toggle("ff-draft-state--failed", hasFailed);
  }
}
