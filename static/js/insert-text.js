// Buttons that put a word where the cursor stands in a text (an evidence code, the beginning of a
// paragraph), and links that lead to a paragraph of it.
(() => {
  "use strict";

  const show = () => document.querySelectorAll("[data-pmqa-insert]").forEach((button) => { button.hidden = false; });

  function insert(button) {
    const area = document.getElementById(button.dataset.pmqaInto);
    const place = area.selectionEnd;
    const before = area.value.slice(0, place);
    let words = button.dataset.pmqaInsert;
    if ("pmqaLine" in button.dataset) words = (before && !before.endsWith("\n") ? "\n" : "") + words;
    else if (before && !/\s$/.test(before)) words = " " + words;
    area.setRangeText(words, place, place, "end");
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Paragraphs are the lines that say something, counted from 1.
  function goTo(number) {
    const area = document.getElementById("id_narrative");
    let place = 0, seen = 0;
    for (const line of area.value.split("\n")) {
      if (line.trim()) seen += 1;
      if (seen === number) {
        area.focus();
        return area.setSelectionRange(place + line.length, place + line.length);
      }
      place += line.length + 1;
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pmqa-insert]");
    if (button) return insert(button);
    const link = event.target.closest("[data-pmqa-paragraph]");
    if (!link || !document.getElementById("id_narrative")) return;
    event.preventDefault();
    goTo(Number(link.dataset.pmqaParagraph));
  });
  document.addEventListener("htmx:afterSettle", show);
  show();
})();
