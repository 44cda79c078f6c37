// Saves texts (and single values, data-pmqa-autosave-field, or all fields of a form as one,
// data-pmqa-all-fields) while they are written. What is typed lies in localStorage, under person,
// text and version, until the server has it: a lost line, a closed lid, an expired sign-in or
// somebody else's save never costs a word. Nothing of a form is kept while its field that
// data-pmqa-secret names holds a mark: others may use the computer; leaving it unsaved asks first.
(function () {
  "use strict";

  const PAUSE = 1500;
  const RETRY = 10000;
  const UNSEEN = /[\p{Mn}\p{Me}\p{Cc}\p{Cf}]/u;

  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");

  // As assessments/item/counting.py counts: marks above and below a letter take no place.
  function characters(text) {
    const plain = text.normalize("NFC").replaceAll("เเ", "แ").replace(/ํ([่-๋]?)า/g, "$1ำ");
    return Array.from(plain).filter((letter) => !UNSEEN.test(letter)).length;
  }

  // What is kept of one text: an entry a version, {text, version, at}.
  function shelf(prefix) {
    const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    return {
      keep(text, version) {
        try {
          const entry = JSON.stringify({ text: text, version: version, at: Date.now() });
          localStorage.setItem(prefix + version, entry);
          return true;
        } catch (error) { return false; /* storage full or refused: the server save still runs */ }
      },
      clear() {
        try { keys().forEach((key) => localStorage.removeItem(key)); } catch (error) { /* as above */ }
      },
      newest() {
        try {
          const entries = keys().map((key) => JSON.parse(localStorage.getItem(key)));
          return entries.sort((one, other) => other.at - one.at)[0] || null;
        } catch (error) { return null; }
      },
    };
  }

  // After signing in again in another window the page's token is old: take a new one.
  async function renewTokens() {
    try {
      const answer = await fetch(location.pathname, { credentials: "same-origin" });
      if (answer.redirected || !answer.ok) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[name=csrfmiddlewaretoken]");
      if (!fresh) return false;
      document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = fresh.value; });
      document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh.value }));
      return true;
    } catch (error) {
      return false;
    }
  }

  function stateOf(form) {
    const own = form.parentElement.querySelector("[data-pmqa-save-state]");
    if (own) return own;
    const words = document.querySelector("[data-pmqa-save-state]");
    const made = document.createElement("span");
    made.className = "as-save";
    made.setAttribute("role", "status");
    if (words) Object.assign(made.dataset, words.dataset, { state: "" });
    const foot = form.querySelector("[data-pmqa-save-button]");
    if (foot) foot.before(made);
    else form.append(made);
    return made;
  }

  // The box that shows somebody's newer text above the typed one; made where the page has none.
  function conflictOf(form) {
    const own = form.querySelector("[data-pmqa-conflict]");
    if (own) return own;
    const model = document.querySelector("[data-pmqa-conflict]");
    if (!model) return null;
    const made = model.cloneNode(true);
    made.hidden = true;
    form.prepend(made);
    return made;
  }

  // A form of several fields in the place of one text area: its text says what each field holds.
  function allFields(form) {
    const fields = Array.from(form.elements).filter((field) => field.name && !["hidden", "submit"].includes(field.type));
    const text = (valueOf) => JSON.stringify(Object.fromEntries(fields.map((field) => [field.name, valueOf(field)])));
    const now = (field) => (field.type === "checkbox" ? field.checked : field.value);
    const sent = (field) => {
      if (field.type === "checkbox") return field.defaultChecked;
      if (!field.options) return field.defaultValue;
      const chosen = Array.from(field.options).find((option) => option.defaultSelected) || field.options[0];
      return chosen.value;
    };
    return {
      defaultValue: text(sent),
      get value() { return text(now); },
      set value(typed) {
        const values = JSON.parse(typed);
        fields.filter((field) => field.name in values).forEach((field) => {
          if (field.type === "checkbox") field.checked = values[field.name];
          else field.value = values[field.name];
          field.dispatchEvent(new Event("pmqa:set"));
        });
      },
      textOf: (values) => text((field) => values[field.name]),
      addEventListener: (name, hear) => form.addEventListener(name, hear),
      dispatchEvent: () => {},
    };
  }

  function start(form) {
    if (form.dataset.pmqaStarted) return;
    form.dataset.pmqaStarted = "1";
    const isWhole = form.hasAttribute("data-pmqa-all-fields");
    const area = isWhole ? allFields(form) : form.querySelector("textarea, [data-pmqa-autosave-field]");
    const version = form.elements.version;
    const state = stateOf(form);
    const conflict = conflictOf(form);
    const kept = shelf(["pmqa", form.dataset.user, location.pathname, form.dataset.key, "v"].join(":"));
    let saved = area.defaultValue;
    let timer = null;
    let sending = false;
    let theirs = null;
    let isKept = true;
    let isRestored = false;
    let isSignedOut = false;
    let hasNewToken = false;
    // Where a form leads once it is sent by its button and all is saved.
    let isLeaving = false;
    // One id a text: a repeated send of the same text must be one save on the server.
    let pending = null;

    const isDirty = () => area.value !== saved;
    const secret = form.elements[form.dataset.pmqaSecret];

    function keep() {
      if (secret && secret.value) {
        kept.clear();
        return false;
      }
      return kept.keep(area.value, version.value);
    }

    // A rich editor on top of the area shows what the area holds now.
    function put(text) {
      area.value = text;
      area.dispatchEvent(new Event("pmqa:set"));
    }

    // Keys and links of a page ask the form whether all is saved.
    const mark = () => form.toggleAttribute("data-pmqa-unsaved", isDirty());

    function show(name, more) {
      mark();
      if (!["saving", "saved"].includes(name)) isLeaving = false;
      const isLost = !isKept && isDirty() && ["offline", "signedout"].includes(name);
      state.textContent = (state.dataset[isLost ? "unkept" : name] || "") + (more ? " " + more : "");
      state.dataset.state = name;
    }

    function later(delay) {
      clearTimeout(timer);
      timer = setTimeout(send, delay);
    }

    function count() {
      const box = form.querySelector("[data-pmqa-length]");
      const plain = form.querySelector("[data-pmqa-count]");
      const number = characters(area.value);
      if (plain) plain.textContent = number.toLocaleString("en-US");
      if (!box) return;
      const limit = Number(box.dataset.limit);
      box.querySelector("[data-pmqa-pages]").textContent = (Math.round(number / box.dataset.perPage * 10) / 10).toFixed(1);
      box.dataset.over = limit && number > limit ? "1" : "";
      box.dataset.near = limit && number <= limit && number * 100 >= limit * 90 ? "1" : "";
      const over = box.querySelector("[data-pmqa-over]");
      if (!over) return;
      over.hidden = number <= limit;
      over.querySelector("span").textContent = (number - limit).toLocaleString("en-US");
    }

    function typed() {
      count();
      mark();
      isKept = keep();
      if (!theirs) later(PAUSE);
    }

    function body(text) {
      if (!pending || pending.text !== text || pending.version !== version.value) {
        pending = { text: text, version: version.value, id: newId() };
      }
      const data = new FormData(form);
      if (!isWhole) data.set(area.name, text);
      data.set("request_id", pending.id);
      return data;
    }

    const post = (text, more) => fetch(form.action, {
      method: "POST", body: body(text), credentials: "same-origin",
      headers: { "X-Requested-With": "autosave", "Accept": "application/json" }, ...more,
    });

    async function send() {
      if (sending || theirs || isSignedOut || !isDirty()) return;
      const text = area.value;
      sending = true;
      show("saving");
      let response = null;
      try {
        response = await post(text);
      } catch (error) {
        sending = false;
        show("offline");
        return later(RETRY);
      }
      sending = false;
      await answered(response, text);
    }

    // Nobody is signed in any more, or somebody signed in anew elsewhere and the token is old.
    async function unknown() {
      if (!hasNewToken && await renewTokens()) {
        hasNewToken = true;
        return send();
      }
      isSignedOut = true;
      show("signedout");
      const link = document.createElement("a");
      link.href = location.pathname;
      if (!isKept) link.target = "_blank";
      link.textContent = state.dataset.signin || "";
      state.append(" ", link);
    }

    async function answered(response, text) {
      const isJson = (response.headers.get("Content-Type") || "").includes("json");
      if (response.status >= 500) {
        show("offline");
        return later(RETRY);
      }
      if (response.redirected || response.status === 401 || !isJson) return unknown();
      hasNewToken = false;
      const data = await response.json();
      if (response.ok) return stored(data, text);
      if (data.fields) data.text = area.textOf(data.fields);
      if (response.status === 409 && "text" in data) {
        if (data.text === area.value) return stored({ version: data.version, saved_at: data.at }, data.text);
        if (form.dataset.pmqaSharedVersion && data.text === saved && !isRestored) {
          // Another field of the same row was saved; this one is as it was when typing began.
          version.value = data.version;
          return send();
        }
        return showConflict(data);
      }
      show("refused", data.message);
    }

    function stored(data, text) {
      saved = text;
      isRestored = false;
      version.value = data.version;
      pending = null;
      kept.clear();
      if (isDirty()) {
        isKept = keep();
        later(isLeaving ? 0 : PAUSE);
      }
      show("saved", data.saved_at);
      form.dispatchEvent(new CustomEvent("pmqa:saved", { bubbles: true, detail: data }));
      leave();
    }

    function leave() {
      if (isLeaving && !isDirty()) location.assign(form.dataset.after);
    }

    function showConflict(data) {
      theirs = data;
      show("conflict");
      if (!conflict) return;
      const title = conflict.querySelector("[data-pmqa-conflict-title]");
      title.textContent = data.by + " " + title.dataset.words + " " + data.at;
      conflict.querySelector("[data-pmqa-conflict-text]").textContent = data.shown || data.text;
      conflict.hidden = false;
      if (isWhole) conflict.scrollIntoView({ block: "nearest" });
    }

    function settle(text) {
      version.value = theirs.version;
      saved = theirs.text;
      theirs = null;
      if (conflict) conflict.hidden = true;
      put(text);
      kept.clear();
      typed();
      if (isDirty()) return send();
      kept.clear();
      show("saved");
    }

    if (conflict) {
      conflict.querySelector("[data-pmqa-keep-mine]").addEventListener("click", () => settle(area.value));
      conflict.querySelector("[data-pmqa-take-theirs]").addEventListener("click", () => settle(theirs.text));
    }
    area.addEventListener("input", typed);
    form.addEventListener("focusout", send);
    window.addEventListener("online", send);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && isSignedOut) {
        isSignedOut = hasNewToken = false;
        send();
      }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      isSignedOut = hasNewToken = false;
      isLeaving = Boolean(form.dataset.after);
      if (theirs) return settle(area.value);
      if (!isDirty()) {
        show("saved");
        return leave();
      }
      send();
    });
    window.addEventListener("pagehide", () => {
      if (isDirty() && !theirs && !sending) post(area.value, { keepalive: true }).catch(() => {});
    });
    window.addEventListener("beforeunload", (event) => {
      if (isDirty() && !isKept) event.preventDefault();
    });

    const before = kept.newest();
    if (before && before.text !== area.value) {
      // Typed on this machine and never saved: put it back on the version it was typed on, so
      // that a newer text on the server shows up as a conflict instead of being overwritten.
      put(before.text);
      isRestored = true;
      version.value = before.version;
      for (let box = form.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
      show("restored");
      later(PAUSE);
    } else {
      kept.clear();
    }
    count();
  }

  function enableCopy(button) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.pmqaCopy).textContent);
      button.textContent = button.dataset.pmqaCopied;
    });
  }

  const startAll = () => document.querySelectorAll("[data-pmqa-autosave]").forEach(start);
  startAll();
  document.addEventListener("htmx:afterSettle", startAll);
  document.querySelectorAll("[data-pmqa-copy]").forEach(enableCopy);
})();
