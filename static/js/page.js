// What every page needs: toasts that leave, focus on errors, menus that close, fields that warn.
(() => {
  "use strict";

  document.querySelectorAll("[data-pmqa-toast]").forEach((toast) => {
    window.setTimeout(() => toast.remove(), 6000);
  });

  const errors = document.querySelector("[data-pmqa-focus]");
  if (errors) errors.focus();

  // One open menu at a time; Escape and a click elsewhere close it.
  const menus = () => document.querySelectorAll("details.pmqa-menu[open]");
  document.addEventListener("click", (event) => {
    menus().forEach((menu) => {
      if (!menu.contains(event.target)) menu.removeAttribute("open");
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus().forEach((menu) => {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    });
  });

  // Forms that must not be sent twice on a slow line.
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button && !event.defaultPrevented) {
      window.setTimeout(() => button.setAttribute("disabled", ""), 0);
      window.setTimeout(() => button.removeAttribute("disabled"), 8000);
    }
  });

  // Selects and checkboxes that send their form at once; without script the button does it.
  document.addEventListener("change", (event) => {
    const field = event.target.closest("[data-pmqa-submit]");
    if (field) field.form.requestSubmit();
  });
})();

// A link that leads to a form further down, unfolding it (signing and returning on a phone).
document.addEventListener("click", (event) => {
  "use strict";
  const link = event.target.closest("[data-pmqa-open]");
  if (!link) return;
  const folded = document.querySelector(link.dataset.pmqaOpen);
  if (!folded) return;
  event.preventDefault();
  folded.open = true;
  folded.scrollIntoView({ block: "start" });
  const field = folded.querySelector("input:not([type=hidden]), textarea, select");
  if (field) field.focus({ preventScroll: true });
});
