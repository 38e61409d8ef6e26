// What a page gains where scripts run: copying citations, finding rows in long tables. Pages are whole without it.
"use strict";

for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
    const words = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}

for (const choice of document.querySelectorAll("form[data-at-once] select, form[data-at-once] input")) {
  choice.addEventListener("change", () => choice.form.requestSubmit());
}
