// The workbench where scripts run: words offered while one types, faults that lead to their place. The page is whole without it.
"use strict";

const text = document.getElementById("bill-text");
const bill = document.getElementById("bill");

document.addEventListener("click", (event) => {
  const fault = event.target.closest("a[data-line]");
  if (!fault || !text) return;
  event.preventDefault();
  const lines = text.value.split("\n");
  const line = Math.min(Number(fault.dataset.line), lines.length);
  const before = lines.slice(0, line - 1).reduce((sum, words) => sum + words.length + 1, 0);
  const at = before + Math.min(Number(fault.dataset.column) - 1, lines[line - 1].length);
  text.focus();
  text.setSelectionRange(at, before + lines[line - 1].length);
  text.scrollTop = Math.max(0, (line - 5) * parseFloat(getComputedStyle(text).lineHeight));
});

for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, () => {
    const told = document.querySelector("#findings .said");
    if (told) told.textContent = bill.dataset.failed;
  });
}

if (text) {
  const list = document.getElementById("bill-words");
  const said = document.getElementById("bill-words-said");
  const known = [...document.querySelectorAll("#concepts option")].map((o) => ({ id: o.value, words: o.textContent }));
  let chosen = -1;

  const beginning = () => text.value.slice(0, text.selectionStart).match(/[a-z][a-z0-9.-]*$/)?.[0] ?? "";

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    chosen = -1;
    text.removeAttribute("aria-activedescendant");
    text.removeAttribute("aria-controls");
  };

  const choose = (next) => {
    const options = [...list.children];
    chosen = (next + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    options[chosen].scrollIntoView({ block: "nearest" });
    text.setAttribute("aria-activedescendant", options[chosen].id);
  };

  const offer = (all) => {
    const begun = beginning();
    const fitting = known.filter((o) => (all && !begun) || (begun.length > 1 && o.id !== begun &&
      (o.id.startsWith(begun) || (!begun.includes(".") && (o.id.includes(`.${begun}`) || (begun.length > 2 && o.words.toLowerCase().startsWith(begun)))))));
    if (!fitting.length) return close();
    list.replaceChildren(...fitting.slice(0, 60).map((o, i) => {
      const option = document.createElement("li");
      option.id = `bill-word-${i}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.id = o.id;
      const code = document.createElement("code");
      code.textContent = o.id;
      option.append(code, " ", o.words);
      return option;
    }));
    list.hidden = false;
    chosen = -1;
    text.setAttribute("aria-controls", list.id);
    said.textContent = `${text.dataset.found} ${fitting.length}`;
  };

  const put = (id, begun) => {
    text.setRangeText(id, text.selectionStart - begun.length, text.selectionEnd, "end");
    close();
    text.dispatchEvent(new Event("input", { bubbles: true }));
    close();
    text.focus();
  };

  text.addEventListener("input", () => offer(false));
  text.addEventListener("blur", () => setTimeout(close, 150));
  text.addEventListener("keydown", (event) => {
    if (event.key === " " && event.ctrlKey) { event.preventDefault(); offer(true); if (!list.hidden) choose(0); return; }
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    else if (event.key === "ArrowUp" && chosen >= 0) { event.preventDefault(); choose(chosen - 1); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); put(list.children[chosen].dataset.id, beginning()); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) { event.preventDefault(); put(option.dataset.id, beginning()); }
  });

  const insert = document.getElementById("insert");
  const wanted = document.getElementById("look-up");
  insert.hidden = false;
  insert.addEventListener("click", () => { if (wanted.value) { put(wanted.value, ""); wanted.value = ""; } });
}
