// The matrix of impact and effort: points are dragged or moved with the arrow keys. Each move is
// saved at once; when somebody else moved the point meanwhile, it goes where it lies now.
(() => {
  "use strict";

  const root = document.querySelector("[data-pmqa-matrix]");
  if (!root) return;
  const said = root.querySelector("[data-pmqa-matrix-said]");
  const tray = root.querySelector(".im-tray");
  const cellOf = (impact, effort) =>
    impact && effort ? root.querySelector(`td[data-impact="${impact}"][data-effort="${effort}"]`) : tray;
  const formOf = (dot) => document.querySelector(`[data-pmqa-place="${dot.dataset.point}"]`);
  const placeOf = (dot) => dot.closest("[data-impact]").dataset;

  function show(dot, impact, effort, version, words) {
    const form = formOf(dot);
    cellOf(impact, effort).append(dot);
    dot.dataset.version = version;
    form.elements.version.value = version;
    form.elements.impact.value = impact || "";
    form.elements.effort.value = effort || "";
    form.parentElement.querySelector("[data-pmqa-advice]").textContent = words;
    said.textContent = impact ? `${dot.getAttribute("aria-label")}: ${impact} × ${effort}, ${words}` : words;
  }

  async function move(dot, impact, effort) {
    if (dot.classList.contains("is-moving")) return;
    const form = formOf(dot);
    const body = new FormData(form);
    const old = { ...placeOf(dot) };
    body.set("impact", impact);
    body.set("effort", effort);
    body.set("version", dot.dataset.version);
    dot.classList.add("is-moving");
    const hadFocus = document.activeElement === dot;
    cellOf(impact, effort).append(dot);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "autosave" }, credentials: "same-origin" });
      const found = answer.headers.get("Content-Type").includes("json") ? await answer.json() : {};
      if (answer.ok) show(dot, impact, effort, found.version, found.advice);
      else if (answer.status === 409 && found.version) show(dot, found.impact, found.effort, found.version, found.message);
      else throw new Error(found.message || "");
    } catch (error) {
      cellOf(old.impact, old.effort).append(dot);
      said.textContent = error.message;
    }
    dot.classList.remove("is-moving");
    if (hadFocus) dot.focus();
  }

  const STEPS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
  root.addEventListener("keydown", (event) => {
    const dot = event.target.closest("[data-point][role=button]");
    const step = STEPS[event.key];
    if (!dot || !step) return;
    event.preventDefault();
    const now = placeOf(dot);
    const to = (level, by) => Math.min(5, Math.max(1, (Number(level) || 3) + (level ? by : 0)));
    const impact = to(now.impact, step[0]);
    const effort = to(now.effort, step[1]);
    if (String(impact) !== now.impact || String(effort) !== now.effort) move(dot, impact, effort);
  });

  let dragged = null;
  const under = (event) => {
    const found = document.elementFromPoint(event.clientX, event.clientY);
    return found && found.closest("[data-pmqa-matrix] [data-impact]");
  };
  const unmark = () => root.querySelectorAll(".is-over").forEach((cell) => cell.classList.remove("is-over"));
  root.addEventListener("pointerdown", (event) => {
    dragged = event.target.closest("[data-point][role=button]");
    if (dragged) dragged.setPointerCapture(event.pointerId);
  });
  root.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    unmark();
    const cell = under(event);
    if (cell) cell.classList.add("is-over");
  });
  const drop = (event) => {
    const dot = dragged;
    dragged = null;
    unmark();
    const cell = dot && event.type === "pointerup" ? under(event) : null;
    if (cell && cell !== dot.parentElement) move(dot, cell.dataset.impact, cell.dataset.effort);
  };
  root.addEventListener("pointerup", drop);
  root.addEventListener("pointercancel", drop);
})();
