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

const find = document.getElementById("find");
if (find) {
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...document.querySelectorAll("main tbody tr")].map((row) => [row, plain(row.textContent)]);
  const found = document.getElementById("found");
  find.parentElement.hidden = false;
  find.addEventListener("input", () => {
    const asked = plain(find.value.trim());
    let shown = 0;
    for (const [row, text] of rows) {
      row.hidden = !text.includes(asked);
      shown += row.hidden ? 0 : 1;
    }
    found.textContent = shown ? "" : find.dataset.none;
  });
}

// The map: a name where one points, the State's page where one clicks. All of it stands in the list below, too.
const year = document.getElementById("year");
if (year) {
  const told = document.createElement("div");
  told.className = "told";
  told.hidden = true;
  told.setAttribute("aria-hidden", "true");
  document.body.append(told);
  year.addEventListener("input", () => { document.getElementById("year-shown").textContent = year.value; });
  document.addEventListener("pointermove", (event) => {
    const place = event.target.closest?.("[data-state]");
    told.hidden = !place;
    if (place) {
      told.textContent = place.dataset.name;
      told.style.setProperty("left", `${event.clientX + 14}px`);
      told.style.setProperty("top", `${event.clientY + 10}px`);
    }
  });
  document.addEventListener("click", (event) => {
    const place = event.target.closest?.("[data-state]");
    if (place) { window.location.assign(`/states/${place.dataset.state}${window.location.search.match(/[?&]on=/) ? window.location.search : ""}`); }
  });
}

// Pages that may have to be left in a hurry: the Escape key twice leaves them, and the way back does not lead here.
const exit = document.getElementById("quick-exit");
if (exit) {
  const leave = () => {
    document.body.replaceChildren();
    document.title = "…";
    window.location.replace(exit.href);
  };
  let last = 0;
  exit.addEventListener("click", (event) => { event.preventDefault(); leave(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { return; }
    if (event.timeStamp - last < 1000) { leave(); }
    last = event.timeStamp;
  });
}
