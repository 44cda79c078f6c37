// A button that copies the text of a field. Without script the field itself can be copied.
(() => {
  "use strict";

  function copied(field) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(field.value);
    // Plain http inside an office: the old way, which needs the field on the page.
    const folded = field.closest("details");
    if (folded) folded.open = true;
    field.select();
    return document.execCommand("copy") ? Promise.resolve() : Promise.reject(new Error("refused"));
  }

  document.querySelectorAll("[data-pmqa-copy]").forEach((button) => {
    const field = document.querySelector(button.dataset.pmqaCopy);
    const status = button.parentElement.querySelector("[data-pmqa-copied]");
    if (!field) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      copied(field).then(
        () => {
          if (status) status.textContent = button.dataset.done;
          button.dispatchEvent(new CustomEvent("pmqa:copied", { bubbles: true }));
        },
        () => {
          const folded = field.closest("details");
          if (folded) folded.open = true;
          field.focus();
          field.select();
        },
      );
    });
  });
})();
