// Puts a figure where the cursor stands, in place of sending the page to have it added at the end.
const form = document.querySelector("[data-writing]");

if (form) {
  const box = form.querySelector("#text");
  for (const add of form.querySelectorAll("[data-reference]")) {
    add.addEventListener("click", (event) => {
      event.preventDefault();
      box.setRangeText(add.dataset.reference, box.selectionStart, box.selectionEnd, "end");
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
