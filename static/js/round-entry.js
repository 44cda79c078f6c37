// Saves the fields of a round's report while they are typed, in the table or on the report's page.
// What is typed lies in localStorage until the server has it; somebody else's save shows both.
(function () {
  "use strict";

  const PAUSE = 1200;
  const RETRY = 10000;
  const words = document.querySelector("[data-pmqa-entry-words]");
  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16).padStart(2, "0")).join("");

  function show(name, more) {
    if (!words) return;
    words.textContent = (words.dataset[name] || "") + (more ? " " + more : "");
    words.dataset.state = name;
  }

  function fieldsOf(form) {
    return Array.from(form.elements).filter((field) => field.name && field.type !== "hidden" && field.type !== "submit" && !field.disabled);
  }

  function start(form) {
    const version = form.elements.version;
    const key = ["pmqa-entry", form.dataset.user, form.action].join(":");
    const conflict = form.querySelector("[data-pmqa-entry-conflict]");
    const fields = fieldsOf(form);
    if (!fields.length) return;
    let saved = text();
    let timer = null;
    let sending = false;
    let theirs = null;
    let pending = null;

    function text() { return JSON.stringify(fields.map((field) => field.value)); }
    const isDirty = () => text() !== saved;

    function keep() {
      try { localStorage.setItem(key, JSON.stringify({ version: version.value, values: Object.fromEntries(fields.map((field) => [field.name, field.value])) })); } catch (error) { /* full or refused: the server save still runs */ }
    }
    function forget() { try { localStorage.removeItem(key); } catch (error) { /* as above */ } }

    function putBack() {
      let kept = null;
      try { kept = JSON.parse(localStorage.getItem(key)); } catch (error) { /* as above */ }
      if (!kept) return;
      fields.forEach((field) => { if (field.name in kept.values) field.value = kept.values[field.name]; });
      if (!isDirty()) return forget();
      version.value = kept.version;
      later(0);
    }

    function later(delay) {
      clearTimeout(timer);
      timer = setTimeout(send, delay);
    }

    async function send() {
      if (sending || theirs || !isDirty()) return;
      const now = text();
      if (!pending || pending.text !== now || pending.version !== version.value) pending = { text: now, version: version.value, id: newId() };
      const data = new FormData(form);
      data.set("request_id", pending.id);
      sending = true;
      show("saving");
      let response = null;
      try {
        response = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin", headers: { "X-Requested-With": "autosave", "Accept": "application/json" } });
      } catch (error) { /* no line */ }
      sending = false;
      if (!response || response.status >= 500) {
        show("offline");
        return later(RETRY);
      }
      if (response.redirected || response.status === 401 || !(response.headers.get("Content-Type") || "").includes("json")) return show("signedout");
      const answer = await response.json();
      fields.forEach((field) => field.toggleAttribute("aria-invalid", false));
      if (response.ok) return stored(answer, now);
      if (response.status === 409) return differ(answer);
      if (response.status === 422) fields.forEach((field) => { if (field === document.activeElement || fields.length === 1) field.setAttribute("aria-invalid", "true"); });
      show("refused", answer.message);
    }

    function stored(answer, now) {
      saved = now;
      version.value = answer.version;
      pending = null;
      if (isDirty()) { keep(); later(PAUSE); } else forget();
      show("saved", answer.saved_at);
      tell(answer);
    }

    // The row's own figures, then the head of the page.
    function tell(answer) {
      const row = form.closest("tr");
      if (row) {
        row.querySelector("[data-pmqa-ratio]").textContent = answer.ratio;
        const chip = row.querySelector("[data-pmqa-word] .pmqa-chip");
        chip.className = "pmqa-chip pmqa-chip--" + answer.chip;
        const icon = document.createElement("i");
        icon.className = "bi bi-" + answer.icon;
        icon.setAttribute("aria-hidden", "true");
        chip.replaceChildren(icon, " " + answer.word);
      }
      document.querySelectorAll("[data-total]").forEach((place) => {
        const figure = answer.totals[place.dataset.total];
        place.textContent = figure === null ? "–" : figure;
      });
    }

    function differ(answer) {
      theirs = answer;
      show("conflict");
      const title = document.createElement("strong");
      title.textContent = answer.by + " " + words.dataset.newer + " " + answer.at;
      const list = document.createElement("div");
      list.className = "pmqa-text as-conflict__text";
      list.textContent = Object.values(answer.fields).filter(Boolean).join("\n");
      conflict.replaceChildren(title, list, choice("mine", () => {}), " ", choice("theirs", () => {
        fields.forEach((field) => { field.value = answer.fields[field.name]; });
      }));
      conflict.hidden = false;
    }

    function choice(name, settle) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-outline-primary btn-sm";
      button.textContent = words.dataset[name];
      button.addEventListener("click", () => {
        version.value = theirs.version;
        saved = JSON.stringify(fields.map((field) => theirs.fields[field.name]));
        theirs = null;
        conflict.hidden = true;
        settle();
        if (isDirty()) { keep(); send(); } else { forget(); show("saved"); }
      });
      return button;
    }

    fields.forEach((field) => {
      field.addEventListener("input", () => { keep(); if (!theirs) later(PAUSE); });
      field.addEventListener("change", () => { if (!theirs) later(0); });
    });
    form.addEventListener("submit", forget);
    window.addEventListener("online", () => later(0));
    if (form.closest("tr")) fields.forEach((field) => field.addEventListener("keydown", down));
    putBack();
  }

  // Enter moves to the same column of the next row; leaving the field saves it.
  function down(event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const column = Array.from(document.querySelectorAll("tr [name=" + event.target.name + "]"));
    const next = column[column.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
    if (next) { next.focus(); next.select(); } else event.target.blur();
  }

  document.querySelectorAll("form[data-pmqa-entry]").forEach(start);
})();
