// While a comment is typed, "@" offers the office's people; a chosen name is written into the text.
// Without script "Tell somebody" leads to a page with the list.
(() => {
  "use strict";

  let known = null;

  // The names are asked for once, when the first "@" is typed.
  function people() {
    const place = document.querySelector("[data-pmqa-people]");
    if (!known && place) {
      known = fetch(place.dataset.pmqaPeople, { headers: { Accept: "application/json" } })
        .then((answer) => (answer.ok ? answer.json() : { names: [] }))
        .then((data) => data.names)
        .catch(() => { known = null; return []; });
    }
    return known || Promise.resolve([]);
  }
  const MOST = 8;

  function typed(area) {
    const before = area.value.slice(0, area.selectionStart);
    const found = before.match(/(^|\s)@([^\s@]{0,30}(?: [^\s@]{0,30})?)$/);
    // Names are kept without their title, but people type it.
    const words = found && found[2].toLowerCase().replace(/^(นางสาว|น\.ส\.|นาง|นาย)/, "");
    return found ? { start: before.length - found[2].length - 1, words } : null;
  }

  function listOf(area) {
    let list = document.getElementById(`${area.id}-people`);
    if (list) return list;
    list = document.createElement("ul");
    list.id = `${area.id}-people`;
    list.className = "sh-mention";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", area.labels[0] ? area.labels[0].textContent : "@");
    list.hidden = true;
    area.after(list);
    area.setAttribute("aria-controls", list.id);
    list.addEventListener("mousedown", (event) => {
      const row = event.target.closest("li");
      if (!row) return;
      event.preventDefault();
      choose(area, list, row.textContent);
    });
    return list;
  }

  function close(area, list) {
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
  }

  function choose(area, list, name) {
    const now = typed(area);
    if (now) area.setRangeText(`@${name} `, now.start, area.selectionStart, "end");
    close(area, list);
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function mark(area, list, step) {
    const rows = [...list.children];
    const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
    const next = (at + step + rows.length) % rows.length;
    rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === next)));
    area.setAttribute("aria-activedescendant", rows[next].id);
  }

  async function offer(area) {
    if (!typed(area) && !document.getElementById(`${area.id}-people`)) return;
    const all = await people(), list = listOf(area), now = typed(area);
    const names = now ? all.filter((name) => name.toLowerCase().includes(now.words)).slice(0, MOST) : [];
    list.replaceChildren(...names.map((name, place) => {
      const row = document.createElement("li");
      row.id = `${list.id}-${place}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      row.textContent = name;
      return row;
    }));
    if (names.length) {
      list.hidden = false;
      mark(area, list, 1);
    } else close(area, list);
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-pmqa-mention]")) offer(event.target);
  });
  document.addEventListener("keydown", (event) => {
    const area = event.target;
    if (!(area instanceof HTMLElement) || !area.matches("[data-pmqa-mention]")) return;
    const list = document.getElementById(`${area.id}-people`);
    if (!list || list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(area, list, event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" || event.key === "Tab") {
      const row = list.querySelector("[aria-selected=true]");
      if (row) choose(area, list, row.textContent);
    } else if (event.key === "Escape") close(area, list);
    else return;
    event.preventDefault();
  });
  document.addEventListener("focusout", (event) => {
    if (!event.target.matches("[data-pmqa-mention]")) return;
    const list = document.getElementById(`${event.target.id}-people`);
    if (list) close(event.target, list);
  });
})();
