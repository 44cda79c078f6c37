// The table of steps: opening a step beside it, moving by keys, buttons and drag, live rows.
(() => {
  "use strict";

  const saver = window.pmqaSopSaver;
  const screen = window.pmqaSopScreen;
  if (!saver || !screen) return;
  const root = saver.root;
  const table = root.querySelector("[data-pmqa-steps]");
  const place = root.querySelector("[data-pmqa-panel]");
  const grid = root.querySelector("[data-pmqa-grid]");
  const bodies = () => [...table.querySelectorAll("tbody[data-pmqa-step]")];
  let undo = null;

  // --- Rows from the server, with what is still unsaved laid over them ------------------------
  function remembered() {
    const active = document.activeElement;
    return active && active.id ? { id: active.id, from: active.selectionStart, to: active.selectionEnd } : null;
  }

  function focusAgain(memory) {
    const field = memory && document.getElementById(memory.id);
    if (!field || field === document.activeElement) return;
    field.focus({ preventScroll: true });
    if (memory.from !== undefined && memory.from !== null && field.setSelectionRange) field.setSelectionRange(memory.from, memory.to);
  }

  function layOver() {
    saver.dirty.forEach((entry, key) => {
      const [group, pk] = key.split(":");
      if (group !== "step") return;
      entry.pairs.forEach(([name, value]) => {
        const field = document.getElementById(`f-${pk}-${name}`);
        if (field) field.value = value;
      });
    });
  }

  function putRows(html, whole) {
    const memory = remembered();
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const fresh = [...holder.content.querySelectorAll("tbody")];
    if (whole) {
      bodies().forEach((body) => body.remove());
      table.append(...fresh);
    } else {
      fresh.forEach((body) => {
        const old = document.getElementById(body.id);
        if (old) old.replaceWith(body);
      });
    }
    mark();
    layOver();
    screen.shown(table);
    focusAgain(memory);
  }

  function mark() {
    const panel = place.querySelector("[data-pmqa-panel-of]");
    bodies().forEach((body) => body.classList.toggle("sop-step--open", Boolean(panel) && body.dataset.pmqaStep === panel.dataset.pmqaPanelOf));
  }

  // --- The opened step ------------------------------------------------------------------------
  function setPanel(html) {
    place.innerHTML = html;
    grid.classList.toggle("sop-editor__grid--open", Boolean(html));
    document.body.classList.toggle("sop-sheet-open", Boolean(html));
    mark();
    saver.reflect();
    screen.shown(place);
  }

  async function open(pk, part) {
    await saver.flush();
    const url = `${root.dataset.editUrl}?step=${pk}`;
    let response;
    try {
      response = await fetch(url, { headers: { "X-Requested-With": "sop-editor" }, credentials: "same-origin" });
    } catch (error) {
      return screen.say(root.dataset.wordsOffline);
    }
    if (!response.ok || response.redirected) return location.assign(url);
    setPanel(await response.text());
    history.replaceState(null, "", url);
    const target = part ? document.getElementById(part).querySelector("select, textarea, input:not([type=hidden])") : document.getElementById("p-title");
    (target || document.getElementById("panel-title")).focus();
  }

  async function close() {
    const panel = place.querySelector("[data-pmqa-panel-of]");
    await saver.flush();
    setPanel("");
    history.replaceState(null, "", root.dataset.editUrl);
    const opener = panel && document.getElementById("open-" + panel.dataset.pmqaPanelOf);
    if (opener) opener.focus();
  }

  // A lone symbol that says what the step is called goes on doing so.
  root.addEventListener("input", (event) => {
    if (event.target.name !== "title" || event.target.id !== "p-title") return;
    const labels = place.querySelectorAll("[data-pmqa-row] [name$='-label']:not([name^='window'])");
    const lone = [...labels].filter((field) => /^node-\w+-label$/.test(field.name));
    const before = event.target.dataset.before === undefined ? event.target.defaultValue : event.target.dataset.before;
    if (lone.length === 1 && ["", before].includes(lone[0].value)) lone[0].value = event.target.value;
    event.target.dataset.before = event.target.value;
  });

  // --- Buttons of the table ---------------------------------------------------------------------
  async function operate(op) {
    if (undo) undo.remove();
    const answer = await saver.operate(op);
    if (!answer) return screen.say(root.dataset.wordsOffline);
    if (answer.status === 409) return screen.showConflict("", answer.data);
    if (!answer.ok) return;
    const data = answer.data;
    if (!table) return location.assign(`${root.dataset.editUrl}?step=${data.new_step || ""}`);
    const memory = remembered();
    const [name, pk] = op.split(":");
    const next = name === "remove" ? nextOf(pk) : null;
    putRows(data.rows, true);
    setPanel(data.panel || "");
    if (data.new_step) {
      await open(data.new_step);
      document.getElementById("step-" + data.new_step).scrollIntoView({ block: "nearest" });
      return screen.say(data.said);
    }
    if (name === "remove") {
      history.replaceState(null, "", root.dataset.editUrl);
      undo = screen.offerUndo(data.said, () => operate("undo:" + (data.version - 1)));
      if (next) document.getElementById("open-" + next).focus();
      return;
    }
    focusAgain(memory);
    if (document.activeElement.id) document.activeElement.scrollIntoView({ block: "nearest" });
    screen.say(data.said);
  }

  function nextOf(pk) {
    const all = bodies().map((body) => body.dataset.pmqaStep);
    const at = all.indexOf(pk);
    return all[at + 1] || all[at - 1];
  }

  function move(body, target) {
    const last = bodies().length;
    if (target < 1 || target > last || target === Number(body.dataset.place)) return;
    operate(`move:${body.dataset.pmqaStep}:${target}`);
  }

  root.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-pmqa-open-step]");
    if (opener) {
      event.preventDefault();
      return open(opener.dataset.pmqaOpenStep, opener.dataset.part);
    }
    if (event.target.closest("[data-pmqa-close-panel]")) {
      event.preventDefault();
      return close();
    }
    const button = event.target.closest("[data-pmqa-op]");
    if (!button) return undefined;
    event.preventDefault();
    return button.getAttribute("aria-disabled") === "true" ? undefined : operate(button.value);
  });

  root.addEventListener("keydown", (event) => {
    const panel = event.target.closest("[data-pmqa-panel-of]");
    if (event.key === "Escape" && panel && !event.defaultPrevented) return close();
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const body = event.altKey && step && event.target.closest("tbody[data-pmqa-step]");
    if (!body) return undefined;
    event.preventDefault();
    return move(body, Number(body.dataset.place) + step);
  });

  // --- Drag ---------------------------------------------------------------------------------------
  function targetAt(y, dragged) {
    const others = bodies().filter((body) => body !== dragged);
    const before = others.findIndex((body) => {
      const box = body.getBoundingClientRect();
      return y < box.top + box.height / 2;
    });
    return before === -1 ? others.length + 1 : before + 1;
  }

  function showTarget(dragged, target) {
    const others = bodies().filter((body) => body !== dragged);
    bodies().forEach((body) => body.classList.remove("sop-drop-before", "sop-drop-after"));
    if (target > others.length) others[others.length - 1].classList.add("sop-drop-after");
    else others[target - 1].classList.add("sop-drop-before");
  }

  root.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-pmqa-grip]");
    if (!grip || event.button) return;
    event.preventDefault();
    const dragged = grip.closest("tbody");
    if (bodies().length < 2) return;
    let target = Number(dragged.dataset.place);
    dragged.classList.add("sop-dragged");
    grip.setPointerCapture(event.pointerId);
    const moved = (step) => {
      if (step.clientY < 60) window.scrollBy(0, -18);
      else if (step.clientY > window.innerHeight - 60) window.scrollBy(0, 18);
      target = targetAt(step.clientY, dragged);
      showTarget(dragged, target);
    };
    const end = (keep) => () => {
      stop.abort();
      bodies().forEach((body) => body.classList.remove("sop-drop-before", "sop-drop-after", "sop-dragged"));
      if (keep) move(dragged, target);
    };
    const stop = new AbortController();
    grip.addEventListener("pointermove", moved, { signal: stop.signal });
    grip.addEventListener("pointerup", end(true), { signal: stop.signal });
    grip.addEventListener("pointercancel", end(false), { signal: stop.signal });
    document.addEventListener("keydown", (key) => { if (key.key === "Escape") end(false)(); }, { signal: stop.signal });
  });

  // --- Answers to what was typed ----------------------------------------------------------------
  root.addEventListener("pmqa:answer", (event) => {
    const { ok, data } = event.detail;
    if (!ok) return;
    if (undo) undo.remove();
    if (data.rows && table) putRows(data.rows, data.whole);
    const echoes = place.querySelectorAll("[data-pmqa-echo]");
    (data.echoes || []).forEach((echo, at) => { if (echoes[at]) echoes[at].textContent = echo; });
  });

  document.body.classList.toggle("sop-sheet-open", Boolean(place.querySelector("[data-pmqa-panel-of]")));
})();
