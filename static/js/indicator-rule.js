// The form of a definition asks only for what the chosen scoring rule needs. What was typed for
// another rule stays in its hidden field and comes back with that rule.
(function () {
  "use strict";

  function show(form, rule) {
    form.querySelectorAll("[data-pmqa-rules]").forEach((part) => {
      part.hidden = !part.dataset.pmqaRules.split(" ").includes(rule);
    });
    form.querySelectorAll("[data-pmqa-of-three]").forEach((label) => {
      const usual = label.dataset.pmqaUsual || label.textContent;
      label.dataset.pmqaUsual = usual;
      label.textContent = rule === "three-targets" ? label.dataset.pmqaOfThree : usual;
    });
  }

  document.querySelectorAll("[data-pmqa-rule-form]").forEach((form) => {
    const rule = form.elements.rule;
    show(form, rule.value);
    rule.addEventListener("change", () => show(form, rule.value));
  });
})();
