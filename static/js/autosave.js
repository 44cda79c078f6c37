// Saves a long text while it is written. The text is kept in localStorage until the server has
// it, so a lost line, a closed lid or somebody else's save never costs what was typed.
(function () {
  "use strict";

  const PAUSE = 1500;
  const RETRY = 10000;

  function newId() {
    return Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");
  }

  function store(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
    } catch (error) { /* storage full or refused: the server save still runs */ }
  }

  function stored(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch (error) {
      return null;
    }
  }

  function start(form) {
    const area = form.querySelector("textarea");
    const version = form.elements.version;
    const requestId = form.elements.request_id;
    const state = form.parentElement.querySelector("[data-pmqa-save-state]");
    const conflict = form.querySelector("[data-pmqa-conflict]");
    const count = form.querySelector("[data-pmqa-count]");
    const key = "pmqa:" + location.pathname + ":" + form.dataset.key;
    let saved = area.defaultValue;
    let timer = null;
    let sending = false;
    let theirs = null;
    // One id a text: a repeated send of the same text must be one save on the server.
    let pending = null;

    function show(name, more) {
      if (!state) return;
      state.textContent = state.dataset[name] + (more ? " " + more : "");
      state.dataset.state = name;
    }

    function later(delay) {
      clearTimeout(timer);
      timer = setTimeout(send, delay);
    }

    function typed() {
      if (count) count.textContent = area.value.length;
      store(key, { text: area.value, version: version.value });
      if (!theirs) later(PAUSE);
    }

    async function send() {
      if (sending || theirs || area.value === saved) return;
      const text = area.value;
      if (!pending || pending.text !== text || pending.version !== version.value) {
        pending = { text: text, version: version.value, id: newId() };
      }
      sending = true;
      show("saving");
      const body = new FormData(form);
      body.set(area.name, text);
      body.set("request_id", pending.id);
      let response = null;
      try {
        response = await fetch(form.action, {
          method: "POST", body: body, credentials: "same-origin",
          headers: { "X-Requested-With": "autosave", "Accept": "application/json" },
        });
      } catch (error) {
        sending = false;
        show("offline");
        return later(RETRY);
      }
      sending = false;
      await answered(response, text);
    }

    async function answered(response, text) {
      const isJson = (response.headers.get("Content-Type") || "").includes("json");
      if (response.redirected || (!isJson && response.status < 500)) return show("refused");
      if (response.status >= 500) {
        show("offline");
        return later(RETRY);
      }
      const data = await response.json();
      if (response.ok) {
        saved = text;
        version.value = data.version;
        requestId.value = newId();
        pending = null;
        if (area.value === text) store(key, null);
        else { store(key, { text: area.value, version: version.value }); later(PAUSE); }
        return show("saved", data.saved_at);
      }
      if (response.status === 409 && "text" in data) return showConflict(data);
      show("refused", data.message);
    }

    function showConflict(data) {
      theirs = data;
      show("conflict");
      const title = conflict.querySelector("[data-pmqa-conflict-title]");
      title.textContent = data.by + " " + title.dataset.words + " " + data.at;
      conflict.querySelector("[data-pmqa-conflict-text]").textContent = data.text;
      conflict.hidden = false;
    }

    function settle(text) {
      version.value = theirs.version;
      saved = theirs.text;
      theirs = null;
      conflict.hidden = true;
      area.value = text;
      typed();
      if (text === saved) {
        store(key, null);
        return show("saved");
      }
      send();
    }

    conflict.querySelector("[data-pmqa-keep-mine]").addEventListener("click", () => settle(area.value));
    conflict.querySelector("[data-pmqa-take-theirs]").addEventListener("click", () => settle(theirs.text));
    area.addEventListener("input", typed);
    area.addEventListener("blur", send);
    window.addEventListener("online", send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (theirs) return settle(area.value);
      if (area.value === saved) return show("saved");
      send();
    });
    window.addEventListener("beforeunload", (event) => {
      if (area.value !== saved) event.preventDefault();
    });

    const kept = stored(key);
    if (kept && kept.text !== area.value) {
      // Typed on this machine and never saved: put it back on the version it was typed on, so
      // that a newer text on the server shows up as a conflict instead of being overwritten.
      area.value = kept.text;
      version.value = kept.version;
      show("restored");
      later(PAUSE);
    } else {
      store(key, null);
    }
  }

  function enableCopy(button) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.pmqaCopy).textContent);
      button.textContent = button.dataset.pmqaCopied;
    });
  }

  document.querySelectorAll("[data-pmqa-autosave]").forEach(start);
  document.querySelectorAll("[data-pmqa-copy]").forEach(enableCopy);
})();
