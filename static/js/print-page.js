// Buttons that open the browser's print dialogue; hidden without script.
(() => {
  "use strict";

  document.querySelectorAll("[data-pmqa-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
