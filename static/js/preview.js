// Opens the panel of page pictures when they are asked for, and closes it again.
(() => {
  "use strict";

  const form = document.querySelector("[data-pmqa-preview]");
  const panel = document.querySelector("[data-pmqa-preview-panel]");
  if (!form || !panel) return;
  // Where the form stands may be cut off or moved; the panel belongs to the page.
  document.body.append(panel);

  function close() {
    panel.hidden = true;
    form.querySelector("button").focus();
  }

  form.addEventListener("htmx:beforeRequest", () => {
    const wasHidden = panel.hidden;
    panel.hidden = false;
    if (wasHidden) panel.querySelector("h2").focus({ preventScroll: true });
  });
  panel.querySelector("[data-pmqa-preview-close]").addEventListener("click", close);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
})();
