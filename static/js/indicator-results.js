// Typing results: Enter goes to the next row; a saved value shows its score and status at once and
// that the page's totals are older; fields of one row of the database share its version. Saving
// itself is autosave.js.
(() => {
  "use strict";

  const fields = () => Array.from(document.querySelectorAll("[data-pmqa-result] [data-pmqa-autosave-field]"));

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("[data-pmqa-autosave-field]");
    if (!field || event.isComposing) return;
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = fields();
    const next = all[all.indexOf(field) + step];
    // Leaving the field saves it; the last one is saved where it is.
    if (next) {
      next.focus();
      next.select();
    } else if (event.key === "Enter") field.form.requestSubmit();
  });

  function show(place, data) {
    place.querySelector("[data-pmqa-score]").textContent = data.score;
    place.querySelector("[data-pmqa-target]").textContent = data.target;
    const chip = place.querySelector("[data-pmqa-chip]");
    chip.className = "pmqa-chip pmqa-chip--" + data.chip;
    chip.querySelector("i").className = "bi bi-" + data.icon;
    chip.querySelector("span").textContent = data.label;
  }

  document.addEventListener("pmqa:saved", (event) => {
    const form = event.target;
    const data = event.detail || {};
    const group = form.dataset.pmqaSharedVersion;
    if (group) {
      document.querySelectorAll("[data-pmqa-shared-version]").forEach((other) => {
        if (other.dataset.pmqaSharedVersion === group) other.elements.version.value = data.version;
      });
    }
    const place = form.closest("[data-pmqa-result]");
    if (place && data.score) show(place, data);
    // Counts and totals of the page are those of when it was asked for.
    document.querySelectorAll("[data-pmqa-outdated]").forEach((link) => { link.hidden = false; });
  });

  document.querySelectorAll("[data-pmqa-tick-all]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      button.closest("section").querySelectorAll("[type=checkbox]").forEach((box) => { box.checked = true; });
    });
  });
})();
