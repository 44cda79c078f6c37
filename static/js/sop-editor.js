// The SOP editor's fields: what was typed is recorded; lists and repeated rows grow, shrink and
// change places; refusals and conflicts are shown where they belong.
(() => {
  "use strict";

  const saver = window.pmqaSopSaver;
  if (!saver) return;
  const root = saver.root;
  const words = root.dataset;
  let made = 0;

  function grow(area) {
    if (CSS.supports("field-sizing", "content") || area.dataset.pmqaRich) return;
    area.style.height = "auto";
    area.style.height = area.scrollHeight + 2 + "px";
  }

  function say(text) {
    const live = document.getElementById("sop-live");
    live.textContent = "";
    window.setTimeout(() => { live.textContent = text; }, 60);
  }

  function isQuick(control) {
    return control.nodeName === "SELECT" || /^(checkbox|radio)$/.test(control.type);
  }

  // The same field stands in the table's row and in the opened step: both show one text.
  function mirror(control, group) {
    document.querySelectorAll(`[data-pmqa-group="${group.dataset.pmqaGroup}"]`).forEach((other) => {
      [...other.elements].forEach((field) => {
        if (field !== control && field.name === control.name && field.nodeName === "TEXTAREA" && field.name !== "documents") {
          field.value = control.value;
          grow(field);
        }
      });
    });
  }

  function changed(control, delay) {
    const group = saver.groupOf(control);
    if (!group || !control.name) return;
    forget(control);
    if (control.nodeName === "TEXTAREA" && !("pmqaWhole" in group.dataset) && !control.closest("[data-pmqa-list]")) mirror(control, group);
    document.querySelectorAll(`[data-pmqa-shows="${control.name}"]`).forEach((place) => { place.textContent = control.value; });
    saver.record(group, control.name, delay);
  }

  function forget(control) {
    control.classList.remove("is-invalid");
    control.removeAttribute("aria-invalid");
    const note = control.parentElement && control.parentElement.querySelector(":scope > .invalid-feedback");
    if (note) note.remove();
  }

  // Inner numbers of a section's lists begin with its own number.
  function number(control) {
    const row = /^section-\w+-number$/.test(control.name) && control.closest(".sop-section");
    const found = row && control.value.trim().match(/^(\d{1,2})\.?$/);
    if (row) row.querySelector(".sop-section__text").className = "sop-section__text" + (found ? " sop-no-" + Number(found[1]) : "");
  }

  root.addEventListener("input", (event) => {
    if (event.target.nodeName === "TEXTAREA") grow(event.target);
    number(event.target);
    if (!isQuick(event.target)) changed(event.target);
  });
  root.addEventListener("change", (event) => {
    if (isQuick(event.target)) changed(event.target, 150);
  });
  root.addEventListener("focusout", () => { if (saver.dirty.size) saver.later(200); });

  // Forms that reach the server by a page load wait for what is still unsaved.
  root.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.id === "sop-ops") return;
    event.preventDefault();
    const done = await saver.flush();
    if (done && !form.dataset.pmqaGroup && form.id !== "panel-form") form.submit();
  });

  // --- Lists and repeated rows ---------------------------------------------------------------
  function shown(inside) {
    inside.querySelectorAll("[data-pmqa-list-add], [data-pmqa-list-remove], [data-pmqa-row-add], [data-pmqa-row-remove], [data-pmqa-row-up], [data-pmqa-row-down]").forEach((button) => { button.hidden = false; });
    inside.querySelectorAll("textarea").forEach(grow);
  }

  function added(element) {
    shown(element);
    element.dispatchEvent(new Event("pmqa:added", { bubbles: true }));
    const field = element.querySelector("textarea:not([hidden]), input:not([type=hidden]):not([type=radio]), select");
    if (field) field.focus();
    return field;
  }

  function note(inside) {
    const control = inside.querySelector("[name]:not([name=group])") || inside;
    const group = inside.closest("[data-pmqa-group]");
    if (group) saver.record(group, control.name, 150);
  }

  function addItem(list) {
    const item = list.querySelector("[data-pmqa-list-new]").content.firstElementChild.cloneNode(true);
    list.querySelector("[data-pmqa-list-items]").append(item);
    added(item);
  }

  function addRow(group, title) {
    const place = group.querySelector("[data-pmqa-rows]");
    const row = group.querySelector("[data-pmqa-row-new]").content.firstElementChild.cloneNode(true);
    made += 1;
    const name = "n" + made + Date.now().toString(36).slice(-5);
    row.querySelectorAll("[name*='__row__']").forEach((field) => {
      field.name = field.name.replace("__row__", name);
      if (field.name.endsWith("-kept")) field.value = "1";
      if (title && field.name.endsWith("-title")) field.value = title;
    });
    place.append(row);
    added(row);
    if (title || row.matches(".sop-node")) note(row);
  }

  function offerUndo(text, act) {
    const area = root.querySelector("[data-pmqa-undo-area]");
    const toast = document.createElement("div");
    const button = document.createElement("button");
    toast.className = "pmqa-toast";
    toast.append(Object.assign(document.createElement("span"), { textContent: text }), button);
    button.type = "button";
    button.className = "sop-undo";
    button.textContent = words.wordsUndo;
    button.addEventListener("click", () => {
      toast.remove();
      act();
    });
    area.replaceChildren(toast);
    window.setTimeout(() => toast.remove(), 30000);
    say(text);
    return toast;
  }

  function removeRow(row) {
    const group = row.closest("[data-pmqa-group]");
    const next = row.nextElementSibling;
    const place = row.parentElement;
    const field = row.querySelector("[name]");
    row.remove();
    saver.record(group, field.name, 150);
    (group.querySelector("[data-pmqa-row-add]") || group).focus();
    if (!row.matches(".sop-section")) return;
    offerUndo(words.wordsRemoved, () => {
      place.insertBefore(row, next);
      saver.record(group, field.name, 150);
    });
  }

  function removeItem(item) {
    const list = item.closest("[data-pmqa-list]");
    const near = item.previousElementSibling || item.nextElementSibling;
    item.remove();
    note(list);
    const field = near && near.querySelector("textarea");
    (field || list.querySelector("[data-pmqa-list-add]")).focus();
  }

  function shift(element, step) {
    const other = step < 0 ? element.previousElementSibling : element.nextElementSibling;
    if (!other || !other.matches("[data-pmqa-row], .sop-list__item")) return;
    const active = document.activeElement;
    if (step < 0) other.before(element);
    else other.after(element);
    active.focus();
    note(element);
  }

  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const data = button.dataset;
    if ("pmqaListAdd" in data) addItem(button.closest("[data-pmqa-list]"));
    else if ("pmqaListRemove" in data) removeItem(button.closest(".sop-list__item"));
    else if ("pmqaRowAdd" in data) addRow(button.closest("[data-pmqa-group]"), data.title);
    else if ("pmqaRowRemove" in data) removeRow(button.closest("[data-pmqa-row]"));
    else if ("pmqaRowUp" in data) shift(button.closest("[data-pmqa-row]"), -1);
    else if ("pmqaRowDown" in data) shift(button.closest("[data-pmqa-row]"), 1);
  });

  root.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const element = event.altKey && step && event.target.closest(".sop-list__item, [data-pmqa-row]");
    if (!element || event.target.closest("[data-pmqa-step]")) return;
    event.preventDefault();
    shift(element, step);
  });

  // --- What the server refused ---------------------------------------------------------------
  // "windows.1.end_month" → the second row of the group, the field whose name ends so.
  function fieldOf(group, path) {
    const [, place, name] = path.match(/^\w+\.(\d+)\.(\w+)/) || [null, null, path];
    const inside = place === null ? group : group.querySelectorAll("[data-pmqa-row]")[Number(place)] || group;
    const fields = inside.elements ? [...inside.elements] : [...inside.querySelectorAll("[name]")];
    const short = name.replace(/_month$/, "").replace(/^(responsible)_(kind|value)$/, "$1");
    const ends = (field) => [name, short].some((end) => field.name === end || field.name.endsWith("-" + end));
    return fields.find((field) => ends(field) && field.offsetParent) || fields.find((field) => field.offsetParent);
  }

  function refuse(key, errors) {
    const group = [...document.querySelectorAll(`[data-pmqa-group="${key}"]`)].pop();
    Object.entries(errors).forEach(([path, message]) => {
      const field = group && fieldOf(group, path);
      if (!field) return saver.show("refused", message);
      forget(field);
      made += 1;
      const note = Object.assign(document.createElement("div"), { className: "invalid-feedback", id: "fault-" + made, textContent: message });
      field.classList.add("is-invalid");
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", note.id);
      field.parentElement.append(note);
      say(message);
    });
  }

  function text(tag, content, className) {
    return Object.assign(document.createElement(tag), { textContent: content, className: className || "" });
  }

  function showConflict(key, data) {
    const box = document.createElement("section");
    box.className = "pmqa-card sop-conflict";
    box.setAttribute("role", "alert");
    box.append(text("strong", `${data.by} ${words.wordsNewer} ${data.at}`));
    data.fields.forEach((field) => {
      const pair = document.createElement("div");
      pair.className = "sop-conflict__pair";
      for (const side of ["Theirs", "Mine"]) {
        const column = document.createElement("div");
        column.append(text("span", words["words" + side], "pmqa-meta"), text("div", field[side.toLowerCase()] || "–", "pmqa-text sop-conflict__text"));
        pair.append(column);
      }
      box.append(text("h3", field.label), pair);
    });
    const keep = text("button", words.wordsKeep, "btn btn-outline-primary btn-sm");
    const take = text("button", words.wordsTake, "btn btn-outline-primary btn-sm");
    keep.type = take.type = "button";
    keep.addEventListener("click", () => { box.remove(); saver.keepMine(key, data.version); });
    take.addEventListener("click", () => { saver.drop(key); location.reload(); });
    const actions = document.createElement("div");
    actions.className = "pmqa-actions";
    actions.append(keep, take);
    box.append(actions);
    root.querySelector("[data-pmqa-conflicts]").replaceChildren(box);
    box.scrollIntoView({ block: "nearest" });
  }

  root.addEventListener("pmqa:answer", (event) => {
    const { ok, status, data, key } = event.detail;
    if (status === 409) showConflict(key, data);
    else if (status === 422) refuse(key, data.errors);
    else if (ok && data.notes && data.notes.length) say(data.notes.join(" "));
    const group = ok && document.querySelector(`[data-pmqa-group="${key}"][data-pmqa-reload]`);
    if (group && !saver.dirty.size) location.reload();
  });

  window.pmqaSopScreen = { say, offerUndo, shown, showConflict, grow };
  shown(root);
})();
