// A button that shows the password being typed. Without script the field works as it is.
(() => {
  "use strict";

  document.querySelectorAll("[data-pmqa-reveal]").forEach((box) => {
    const field = box.querySelector("input");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-link pmqa-signin__reveal";
    const label = () => {
      const hidden = field.type === "password";
      button.textContent = hidden ? box.dataset.show : box.dataset.hide;
      button.setAttribute("aria-pressed", String(!hidden));
    };
    button.addEventListener("click", () => {
      field.type = field.type === "password" ? "text" : "password";
      label();
      field.focus();
    });
    label();
    const frame = document.createElement("div");
    frame.className = "pmqa-signin__frame";
    field.replaceWith(frame);
    frame.append(field, button);
  });
})();
