// Rows that are dragged by their handle inside their group; the new place is saved at once.
// Without a script, and with the keyboard, the arrows beside each row do the same.
(() => {
  "use strict";

  const table = document.querySelector("[data-pmqa-order-rows]");
  if (!table) return;
  let row = null;
  let next = null;

  const rowsOf = (group) => Array.from(group.querySelectorAll("[data-pmqa-row]"));

  async function save(moved, back) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", table.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set("place", rowsOf(moved.parentElement).indexOf(moved) + 1);
    try {
      const answer = await fetch(moved.dataset.pmqaRow, { method: "POST", body, headers: { "X-Requested-With": "autosave" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error();
    } catch (error) {
      moved.parentElement.insertBefore(moved, back);
    }
  }

  table.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-pmqa-handle]");
    if (!handle) return;
    row = handle.closest("[data-pmqa-row]");
    next = row.nextElementSibling;
    row.classList.add("is-dragged");
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  table.addEventListener("pointermove", (event) => {
    if (!row) return;
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-pmqa-row]");
    if (!over || over === row || over.parentElement !== row.parentElement) return;
    const rows = rowsOf(row.parentElement);
    if (rows.indexOf(over) < rows.indexOf(row)) over.before(row);
    else over.after(row);
  });
  const drop = () => {
    if (!row) return;
    const moved = row;
    row = null;
    moved.classList.remove("is-dragged");
    if (moved.nextElementSibling !== next) save(moved, next);
  };
  table.addEventListener("pointerup", drop);
  table.addEventListener("pointercancel", drop);
})();
