// Files dropped or chosen become rows; "Attach" sends them one by one, each with its own answer.
// Without this script the form sends all of them at once and a page lists the answers.
(() => {
  "use strict";

  const form = document.querySelector("[data-pmqa-drop]");
  if (!form || !window.FormData) return;
  const zone = form.querySelector("[data-pmqa-drop-zone]");
  const list = form.querySelector("[data-pmqa-drop-rows]");
  const back = form.querySelector("[data-pmqa-drop-back]");
  const button = form.querySelector("button.btn-primary");
  const inputs = [...form.querySelectorAll("input[type=file]")];
  let queue = [];
  let busy = false;

  form.querySelector("[data-pmqa-drop-hint]").hidden = false;

  function add(files) {
    for (const file of files) {
      const row = document.createElement("li");
      row.className = "ev-row";
      row.dataset.state = "waiting";
      const name = document.createElement("span");
      name.className = "ev-row__name";
      name.textContent = file.name;
      const text = document.createElement("span");
      text.className = "ev-row__text";
      text.textContent = form.dataset.waiting;
      const out = document.createElement("button");
      out.type = "button";
      out.className = "btn btn-link btn-sm";
      out.textContent = form.dataset.takeOut;
      out.setAttribute("aria-label", form.dataset.takeOut + " " + file.name);
      const entry = { file, row, text, out };
      out.addEventListener("click", () => {
        if (busy) return;
        queue = queue.filter((other) => other !== entry);
        row.remove();
      });
      row.append(name, text, out);
      list.append(row);
      queue.push(entry);
    }
  }

  function finish(entry, state, words, url) {
    entry.row.dataset.state = state;
    entry.row.querySelector("progress")?.remove();
    entry.text.textContent = words;
    if (url) {
      const link = document.createElement("a");
      link.href = url;
      link.textContent = words;
      entry.text.replaceChildren(link);
    }
    if (state !== "failed") entry.out.remove();
  }

  function send(entry, isOnly) {
    return new Promise((resolve) => {
      const data = new FormData(form);
      ["files", "photos"].forEach((name) => data.delete(name));
      // The link and the kept evidence go with the first file only; a name fits one file.
      if (!isOnly) data.set("title", "");
      if (entry !== queue[0]) ["url", "existing"].forEach((name) => data.delete(name));
      data.append("files", entry.file);
      const progress = document.createElement("progress");
      progress.max = 100;
      progress.value = 0;
      progress.setAttribute("aria-label", entry.file.name);
      entry.row.dataset.state = "sending";
      entry.text.textContent = form.dataset.sending;
      entry.row.append(progress);
      const request = new XMLHttpRequest();
      request.open("POST", form.action || location.href);
      request.setRequestHeader("X-Requested-With", "evidence-drop");
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) progress.value = (100 * event.loaded) / event.total;
      });
      request.addEventListener("error", () => resolve(finish(entry, "failed", form.dataset.failed)));
      request.addEventListener("load", () => {
        let answer = {};
        try { answer = JSON.parse(request.responseText); } catch { /* an error page */ }
        const row = (answer.rows || [])[0];
        if (row) finish(entry, row.state, row.text, row.url);
        else if (answer.message) finish(entry, "refused", answer.message);
        else if (request.status === 413) finish(entry, "refused", form.dataset.refused);
        else finish(entry, "failed", form.dataset.failed);
        resolve();
      });
      request.send(data);
    });
  }

  inputs.forEach((input) => input.addEventListener("change", () => {
    add(input.files);
    input.value = "";
  }));
  ["dragenter", "dragover"].forEach((name) => zone.addEventListener(name, (event) => {
    event.preventDefault();
    zone.dataset.over = "";
  }));
  ["dragleave", "drop"].forEach((name) => zone.addEventListener(name, () => delete zone.dataset.over));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    add(event.dataTransfer.files);
  });

  form.addEventListener("submit", async (event) => {
    if (!queue.length) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    button.disabled = true;
    const sent = [...queue];
    for (const entry of sent) await send(entry, sent.length === 1);
    queue = queue.filter((entry) => entry.row.dataset.state === "failed");
    busy = false;
    button.disabled = false;
    const isFine = sent.every((entry) => entry.row.dataset.state === "kept");
    if (isFine && sent.length === 1) location.assign(form.dataset.back);
    if (!queue.length) {
      back.textContent = back.dataset.done;
      back.classList.replace("btn-link", "btn-outline-primary");
    }
  });
})();
