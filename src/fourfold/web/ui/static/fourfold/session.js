// Warns five minutes before the session ends, without moving the person from what they are typing.
export function watchSession(warning) {
  if (!warning) return;
  const warnAfter = Number(warning.dataset.warnAfter) * 1000;
  const outAfter = Number(warning.dataset.outAfter) * 1000;
  const began = document.activeElement;
  let timers = [];

  function start() {
    timers.forEach(clearTimeout);
    timers = [setTimeout(warn, warnAfter), setTimeout(end, outAfter)];
  }

  function warn() {
    warning.hidden = false;
    warning.focus();
  }

  function end() {
    warning.querySelector("#session-heading").textContent = "You have been signed out";
    warning.querySelector("#session-words").textContent =
      "Send what you have typed as usual. You are asked to sign in, and it comes back for you to check and send again.";
    const again = document.createElement("a");
    again.href = warning.dataset.out;
    again.className = "govuk-link";
    again.textContent = "Sign in again";
    warning.querySelector("[data-session-keep]").replaceWith(again);
  }

  warning.querySelector("[data-session-keep]").addEventListener("click", async () => {
    const answer = await fetch(warning.dataset.keep, { redirect: "manual", cache: "no-store" });
    if (!answer.ok) return end();
    warning.hidden = true;
    if (began) began.focus();
    start();
  });
  start();
}
