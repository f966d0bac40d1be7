// Puts a figure where the cursor stands, in place of sending the page to have it added at the end.
const form = document.querySelector("[data-writing]");

if (form) {
  const box = form.querySelector("#text");
  let hasCursor = false; // before anybody has been in the box its cursor stands at the start, where nobody put it
  box.addEventListener("focus", () => { hasCursor = true; });
  for (const add of form.querySelectorAll("[data-reference]")) {
    add.addEventListener("click", (event) => {
      event.preventDefault();
      const [from, to] = hasCursor ? [box.selectionStart, box.selectionEnd] : [box.value.length, box.value.length];
      const words = hasCursor || /(^|\s)$/.test(box.value) ? add.dataset.reference : ` ${add.dataset.reference}`;
      box.setRangeText(words, from, to, "end");
      box.focus();
    });
  }
  // Enter in the box of words finds figures; it must not save the text.
  form.querySelector("#words").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    form.querySelector('button[value="find"]').click();
  });
}
