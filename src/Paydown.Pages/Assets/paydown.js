// Makes the pages more comfortable. Everything works without it.
"use strict";

// Copies the account or the reference that a button stands beside.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  const words = button.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select it and copy";
    }
    setTimeout(() => (button.textContent = words), 2000);
  });
}

// A form is sent once. The server counts a second post as the same one; this only saves the wait.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "true";
    setTimeout(() => delete form.dataset.sent, 5000);
  });
}
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// What is wrong comes first, for screen readers too.
document.getElementById("errors")?.focus();

// Filters of lists apply as soon as they are chosen.
for (const field of document.querySelectorAll("form[data-filter] select")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}

// The palette: Ctrl+K or / finds any page of the menu; j and k move along the rows of a list, Enter opens one.
const links = [...document.querySelectorAll("nav[aria-label=Main] a, [data-palette] a")];
const rows = [...document.querySelectorAll("main table a.row, main .list a.row")];
let at = -1;

function openPalette() {
  if (document.querySelector("dialog.palette")) return;
  const dialog = document.createElement("dialog");
  dialog.className = "palette";
  dialog.setAttribute("aria-label", "Go to a page");
  const input = document.createElement("input");
  input.setAttribute("aria-label", "Page, name, reference or account");
  input.placeholder = "Go to a page, or find anybody";
  const list = document.createElement("ul");
  dialog.append(input, list);
  document.body.append(dialog);
  const show = () => {
    const words = input.value.trim().toLowerCase();
    const found = links.filter((link) => link.textContent.toLowerCase().includes(words));
    const search = document.body.querySelector('a[href="/office/loans"]');
    const items = found.slice(0, 8).map((link) => [link.textContent, link.getAttribute("href")]);
    if (search && words) items.push([`Find “${input.value.trim()}”`, "/office/loans?query=" + encodeURIComponent(input.value.trim())]);
    list.replaceChildren(
      ...items.map(([text, href]) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = href;
        link.textContent = text;
        item.append(link);
        return item;
      }),
    );
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") list.querySelector("a")?.click();
  });
  dialog.addEventListener("close", () => dialog.remove());
  show();
  dialog.showModal();
}

addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input, select, textarea");
  if ((event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !isTyping)) {
    event.preventDefault();
    openPalette();
  } else if (!isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && (event.key === "j" || event.key === "k")) {
    at = Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), rows.length - 1);
    rows[at]?.focus();
  }
});
