// Adds up the letters of a page's texts while they are typed: [data-pmqa-whole] beside its limit.
(function () {
  "use strict";

  const whole = document.querySelector("[data-pmqa-whole]");
  if (!whole) return;
  const shown = whole.querySelector("[data-pmqa-whole-count]");
  const limit = Number(whole.dataset.limit);

  // Runs after js/autosave.js has counted each text.
  function add() {
    const counts = Array.from(document.querySelectorAll("[data-pmqa-count]"));
    const sum = counts.reduce((all, box) => all + Number(box.textContent.replaceAll(",", "")), 0);
    shown.textContent = sum.toLocaleString("en-US");
    whole.classList.toggle("aw-over", Boolean(limit) && sum > limit);
  }

  document.addEventListener("input", () => setTimeout(add));
  document.addEventListener("pmqa:saved", add);
})();
