// Says below a text area how many lines are written in it, so that a pasted list can be checked.
(() => {
  "use strict";

  document.querySelectorAll("[data-pmqa-count-lines]").forEach((area) => {
    const place = document.getElementById(area.dataset.pmqaCountLines);
    const figure = place.querySelector("span");
    const count = () => {
      const lines = area.value.split("\n").filter((line) => line.trim()).length;
      place.hidden = !lines;
      figure.textContent = lines.toLocaleString("en-US");
    };
    area.addEventListener("input", count);
    count();
  });
})();
