// The minutes' page: keys, going from item to item without losing a letter, and resolutions that
// save themselves. What was typed lies in localStorage until the server has it.
(() => {
  "use strict";

  const root = document.querySelector("[data-pmqa-minutes]");
  if (!root) return;
  const PAUSE = 1500;
  const RETRY = 10000;
  const WAIT = 4000;
  const itemForm = document.getElementById("item-form");
  const itemState = root.querySelector("[data-pmqa-save-state]");
  let leaving = false;

  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");

  // --- Resolutions ---------------------------------------------------------------------------
  function resolution(form) {
    const key = "pmqa:" + form.dataset.user + ":resolution:" + form.dataset.pmqaResolution;
    const state = form.querySelector("[data-pmqa-resolution-state]");
    const newer = form.querySelector("[data-pmqa-newer]");
    const names = ["kind", "text", "owner", "due_on"];
    const read = () => JSON.stringify(names.map((name) => form.elements[name].value));
    let saved = read();
    let timer = null;
    let running = null;
    let pending = null;
    let theirs = null;

    function show(name, more) {
      state.textContent = state.dataset[name] + (more ? " " + more : "");
      state.dataset.state = name;
    }

    function store(value) {
      try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify({ fields: value, version: form.elements.version.value }));
      } catch (error) { /* storage full or refused: the server save still runs */ }
    }

    function say(errors) {
      names.forEach((name) => {
        const place = form.querySelector(`[data-pmqa-error="${name}"]`);
        if (place) place.textContent = errors[name] || "";
        form.elements[name].classList.toggle("is-invalid", Boolean(errors[name]));
        form.elements[name].toggleAttribute("aria-invalid", Boolean(errors[name]));
      });
    }

    function later(delay) {
      clearTimeout(timer);
      timer = setTimeout(send, delay);
    }

    function changed() {
      store(JSON.parse(read()));
      if (!theirs) later(PAUSE);
    }

    async function ask(text) {
      if (!pending || pending.text !== text) pending = { text: text, id: newId() };
      const body = new FormData(form);
      body.set("do", "save");
      body.set("request_id", pending.id);
      try {
        return await fetch(form.action, {
          method: "POST", body: body, credentials: "same-origin",
          headers: { "X-Requested-With": "autosave", "Accept": "application/json" },
        });
      } catch (error) {
        return null;
      }
    }

    async function once() {
      const text = read();
      if (theirs || text === saved) return;
      show("saving");
      const response = await ask(text);
      if (!response || response.status >= 500) {
        show("offline");
        return later(RETRY);
      }
      const isJson = (response.headers.get("Content-Type") || "").includes("json");
      if (response.redirected || !isJson) return show("refused");
      const data = await response.json();
      if (response.ok) {
        saved = text;
        form.elements.version.value = data.version;
        pending = null;
        say({});
        if (read() === text) store(null);
        else { store(JSON.parse(read())); later(PAUSE); }
        return show("saved", data.saved_at);
      }
      if (response.status === 409) return conflict(data);
      say(data.errors || {});
      return show("refused", data.message);
    }

    function send() {
      if (!running) running = once().finally(() => { running = null; });
      return running;
    }

    function conflict(data) {
      theirs = data;
      newer.querySelector("[data-pmqa-newer-title]").textContent = [data.by, newer.dataset.words, data.at].join(" ");
      newer.querySelector("[data-pmqa-newer-text]").textContent = data.shown;
      newer.querySelector("[data-pmqa-newer-actions]").hidden = false;
      newer.hidden = false;
      show("conflict");
    }

    newer.querySelector("[data-pmqa-over]").addEventListener("click", () => {
      form.elements.version.value = theirs.version;
      theirs = null;
      newer.hidden = true;
      changed();
      send();
    });
    newer.querySelector("[data-pmqa-newest]").addEventListener("click", () => {
      store(null);
      saved = read();
      leaving = true;
      location.reload();
    });
    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("focusout", () => { if (read() !== saved) later(300); });
    window.addEventListener("online", send);

    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(key));
    } catch (error) { /* unreadable: nothing to put back */ }
    if (kept && JSON.stringify(kept.fields) !== saved) {
      names.forEach((name, place) => { form.elements[name].value = kept.fields[place]; });
      form.elements.version.value = kept.version;
      show("restored");
      later(PAUSE);
    } else if (kept) store(null);
    return {
      form: form,
      send: send,
      drop: () => store(null),
      isDirty: () => read() !== saved,
    };
  }

  const savers = [...root.querySelectorAll("[data-pmqa-resolution]")].map(resolution);

  // --- The item's own text (autosave.js sends it) ----------------------------------------------
  const textIsDirty = () => Boolean(itemForm) && itemForm.hasAttribute("data-pmqa-unsaved");
  const stateOfText = () => (itemState ? itemState.dataset.state : "");

  // A conflict is settled by the person alone, never by a key or a link.
  function saveText() {
    if (textIsDirty() && !["conflict", "saving"].includes(stateOfText())) itemForm.requestSubmit();
  }

  // Saves all that is unsaved; what the server does not take in time stays on this machine.
  async function flush(but) {
    saveText();
    await Promise.all(savers.filter((each) => each.form !== but).map((each) => each.send()));
    const end = Date.now() + WAIT;
    while (Date.now() < end && textIsDirty()) {
      if (["conflict", "refused", "offline"].includes(stateOfText())) break;
      await new Promise((resolve) => { setTimeout(resolve, 60); });
      saveText();
    }
  }

  async function go(address) {
    await flush();
    location.href = address;
    // The same page with another item: only the part after "#" may have changed.
    if (address.split("#")[0] === location.href.split("#")[0]) location.reload();
  }

  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
    if (!textIsDirty() && !savers.some((each) => each.isDirty())) return;
    if (link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    go(link.href);
  });

  // Forms that load a page wait for what is still unsaved elsewhere on it. Heard before others
  // hear it: they lock the button of a form that is on its way.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form === itemForm || leaving || form.method !== "post") return;
    const own = savers.find((each) => each.form === form);
    const others = savers.filter((each) => each !== own);
    if (!textIsDirty() && !others.some((each) => each.isDirty())) {
      if (own) own.drop();
      leaving = true;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const submitter = event.submitter;
    await flush(form);
    if (own) own.drop();
    leaving = true;
    form.requestSubmit(submitter);
  }, true);

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      saveText();
      savers.forEach((each) => each.send());
      return;
    }
    const name = event.altKey && !event.ctrlKey && { ArrowDown: "next", ArrowUp: "previous" }[event.key];
    if (!name || event.target.matches("select, input[list]")) return;
    const link = root.querySelector(`[data-pmqa-${name}]`);
    if (!link) return;
    event.preventDefault();
    go(link.href);
  });

  window.addEventListener("beforeunload", (event) => {
    if (!leaving && savers.some((each) => each.isDirty())) event.preventDefault();
  });

  if (itemForm && !location.hash.startsWith("#resolution-") && location.hash.startsWith("#item-")) {
    const editor = root.querySelector(".pmqa-rich__text");
    if (editor) editor.focus({ preventScroll: true });
  }
})();
