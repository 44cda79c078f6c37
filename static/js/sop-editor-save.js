// Keeps and sends what is typed into the SOP editor, group by group, one request at a time.
// Everything unsent also lies in localStorage, so a lost line or a closed lid costs nothing.
// A group is [data-pmqa-group]; the server knows it as a part: head, sections or a step.
window.pmqaSopSaver = (() => {
  "use strict";

  const root = document.querySelector("[data-pmqa-sop-editor]");
  if (!root) return null;
  const PAUSE = 1200;
  const RETRY = 8000;
  const KEY = "pmqa:sop:" + root.dataset.key;
  const NOT_SENT = new Set(["csrfmiddlewaretoken", "version", "group", "step", "stay", "part"]);
  const state = root.querySelector("[data-pmqa-save-state]");
  const dirty = new Map();
  const known = new Map(); // part → number of the save in which this page knows it
  let base = Number(root.dataset.version);
  let timer = null;
  let running = null;
  let stopped = false;
  let leaving = false;

  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");
  const partOf = (key) => key.replace(/^(nodes|windows):/, "step:");
  const readFor = (part) => Math.max(known.get(part) || 0, base);

  function show(name, more) {
    state.textContent = state.dataset[name] + (more ? " " + more : "");
    state.dataset.state = name;
    reflect();
  }

  // The opened step shows the state, too: it may lie over the toolbar.
  function reflect() {
    root.querySelectorAll("[data-pmqa-save-mirror]").forEach((mirror) => {
      mirror.textContent = state.textContent;
      mirror.dataset.state = state.dataset.state || "";
    });
  }

  function store() {
    try {
      if (dirty.size) localStorage.setItem(KEY, JSON.stringify([...dirty]));
      else localStorage.removeItem(KEY);
    } catch (error) { /* storage full or refused: the server save still runs */ }
  }

  function later(delay) {
    clearTimeout(timer);
    timer = setTimeout(() => flush(), delay);
  }

  function groupOf(control) {
    if (control.form && control.form.dataset.pmqaGroup) return control.form;
    return control.closest("[data-pmqa-group]");
  }

  function pairs(group, name) {
    return [...group.elements].flatMap((control) => {
      if (!control.name || NOT_SENT.has(control.name) || (name && control.name !== name)) return [];
      if (/^(checkbox|radio)$/.test(control.type) && !control.checked) return [];
      return [[control.name, control.value]];
    });
  }

  // Notes that a group changed: all of it, or one named field of it.
  function record(group, name, delay) {
    const key = group.dataset.pmqaGroup;
    const entry = dirty.get(key) || { read: readFor(partOf(key)), pairs: [] };
    if ("pmqaWhole" in group.dataset) entry.pairs = pairs(group);
    else entry.pairs = entry.pairs.filter((pair) => pair[0] !== name).concat(pairs(group, name));
    entry.id = null;
    entry.refused = false;
    dirty.set(key, entry);
    store();
    later(delay === undefined ? PAUSE : delay);
  }

  function body(fields, id, read) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", document.querySelector("#sop-ops [name=csrfmiddlewaretoken]").value);
    data.set("version", read);
    data.set("request_id", id);
    const panel = root.querySelector("[data-pmqa-panel-of]");
    if (panel) data.set("stay", panel.dataset.pmqaPanelOf);
    fields.forEach(([name, value]) => data.append(name, value));
    return data;
  }

  // Returns {ok, status, data}, or null when the line is gone.
  async function ask(data) {
    let response;
    try {
      response = await fetch(root.dataset.changeUrl, {
        method: "POST", body: data, credentials: "same-origin",
        headers: { "X-Requested-With": "sop-editor", "Accept": "application/json" },
      });
    } catch (error) {
      return null;
    }
    const isJson = (response.headers.get("Content-Type") || "").includes("json");
    if (response.status >= 500) return null;
    if (response.redirected || !isJson) return { ok: false, status: 0, data: {} };
    return { ok: response.ok, status: response.status, data: await response.json() };
  }

  function settled(data, part, sentRead) {
    const contiguous = data.version <= base + 1;
    if (contiguous || data.whole) base = Math.max(base, data.version);
    (data.changed || []).forEach((name) => known.set(name, data.version));
    dirty.forEach((entry, key) => {
      if (partOf(key) === part && entry.read >= sentRead) entry.read = Math.max(entry.read, data.version);
    });
    document.querySelectorAll("[data-pmqa-version]").forEach((field) => { field.value = base; });
  }

  async function send(key) {
    const entry = dirty.get(key);
    if (!entry.id) {
      entry.id = newId();
      entry.tried = [...(entry.tried || []), entry.id];
    }
    store();
    const id = entry.id;
    const read = entry.read;
    const [group, step] = key.split(":");
    const fields = [["group", group], ...(step ? [["step", step]] : []), ...entry.pairs];
    show("saving");
    const answer = await ask(body(fields, id, read));
    if (!answer) {
      show("offline");
      later(RETRY);
      return false;
    }
    if (answer.ok) {
      if (entry.id === id) dirty.delete(key);
      settled(answer.data, partOf(key), read);
      store();
      if (!waiting().length) show("saved", answer.data.saved_at);
    } else if (answer.status === 409 && entry.tried.includes(answer.data.request_id)) {
      // Our own earlier save, whose answer was lost on the way.
      entry.read = answer.data.save;
      entry.id = entry.id === id ? null : entry.id;
      store();
      return true;
    } else {
      entry.refused = true;
      if (answer.status === 410 || answer.status === 0) stopped = true;
      show(answer.status === 409 ? "conflict" : "refused", answer.data.message);
    }
    root.dispatchEvent(new CustomEvent("pmqa:answer", { detail: { ...answer, key, entry } }));
    return true;
  }

  const waiting = () => [...dirty.keys()].filter((key) => !dirty.get(key).refused);

  // Sends all that waits; true when nothing is left unsent.
  async function flush() {
    clearTimeout(timer);
    if (running) {
      await running;
      return flush();
    }
    if (stopped || !waiting().length) return !dirty.size;
    running = (async () => {
      while (!stopped && waiting().length && (await send(waiting()[0])));
    })();
    await running;
    running = null;
    return !dirty.size;
  }

  // A button of the table (add, move, copy, remove, undo): after what was typed is saved.
  async function operate(op) {
    await flush();
    if (waiting().length) return null;
    const [name, pk] = op.split(":");
    const part = name === "move" ? "order" : name === "remove" ? "step:" + pk : "";
    show("saving");
    const answer = await ask(body([["op", op]], newId(), part ? readFor(part) : base));
    if (!answer) {
      show("offline");
      return null;
    }
    if (answer.ok) {
      settled(answer.data, "", 0);
      show("saved", answer.data.saved_at);
    } else {
      show(answer.status === 409 ? "conflict" : "refused", answer.data.message || Object.values(answer.data.errors || {}).join(" "));
    }
    return answer;
  }

  function keepMine(key, version) {
    const entry = dirty.get(key);
    if (!entry) return;
    entry.read = version;
    entry.id = null;
    entry.refused = false;
    later(0);
  }

  function drop(key) {
    dirty.delete(key);
    store();
  }

  // What an earlier visit could not send goes first. Rows of the table come with the answer;
  // other fields are shown by opening the page anew.
  async function restore() {
    let kept = [];
    try {
      kept = JSON.parse(localStorage.getItem(KEY)) || [];
    } catch (error) { /* unreadable: nothing to put back */ }
    kept.forEach(([key, entry]) => dirty.set(key, { ...entry, refused: false }));
    if (!kept.length) return;
    show("restored");
    const isLive = root.querySelector("[data-pmqa-steps]") && !root.querySelector("[data-pmqa-panel-of]");
    if (!(await flush()) || isLive) return;
    leaving = true;
    location.reload();
  }

  window.addEventListener("online", () => flush());
  window.addEventListener("beforeunload", (event) => {
    if (dirty.size && !stopped && !leaving) event.preventDefault();
  });
  restore();
  return { root, dirty, reflect, record, groupOf, flush, operate, keepMine, drop, show, later };
})();
