// Copying a list of fields into another system: ticks what was copied, on this machine only, and
// leads to the next button. The copying itself is copy-text.js.
(() => {
  "use strict";

  document.querySelectorAll("[data-pmqa-copy-fields]").forEach((list) => {
    const shelf = "pmqa:copied:" + location.pathname + ":" + list.dataset.pmqaCopyFields;
    const rows = Array.from(list.querySelectorAll("[data-pmqa-copy-row]"));
    const count = list.querySelector("[data-pmqa-copied-count]");
    const tick = (row) => row.querySelector("[data-pmqa-copied-tick]");

    function kept() {
      try { return new Set(JSON.parse(localStorage.getItem(shelf) || "[]")); } catch (error) { return new Set(); }
    }

    function show() {
      rows.forEach((row) => row.classList.toggle("is-copied", tick(row).checked));
      if (count) count.textContent = String(rows.filter((row) => tick(row).checked).length);
    }

    function keep() {
      const done = rows.filter((row) => tick(row).checked).map((row) => row.dataset.pmqaCopyRow);
      try { localStorage.setItem(shelf, JSON.stringify(done)); } catch (error) { /* only the ticks are lost */ }
      show();
    }

    const before = kept();
    rows.forEach((row) => { tick(row).checked = before.has(row.dataset.pmqaCopyRow); });
    show();
    list.addEventListener("change", (event) => { if (event.target.matches("[data-pmqa-copied-tick]")) keep(); });
    list.addEventListener("pmqa:copied", (event) => {
      const row = event.target.closest("[data-pmqa-copy-row]");
      tick(row).checked = true;
      keep();
      const next = rows[rows.indexOf(row) + 1];
      if (next) next.querySelector("[data-pmqa-copy]").focus();
    });
  });
})();
