// Says who else has the page's object open. Asks every 20 s, and only while the page is looked at.
(() => {
  "use strict";

  const EVERY = 20000;
  const box = document.querySelector("[data-pmqa-presence]");
  if (!box) return;
  let timer = null;

  async function ask() {
    clearTimeout(timer);
    if (document.visibilityState !== "visible") return;
    const data = new FormData();
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (token) data.set("csrfmiddlewaretoken", token.value);
    data.set("type", box.dataset.type);
    data.set("id", box.dataset.id);
    try {
      const answer = await fetch(box.dataset.url, {
        method: "POST", body: data, credentials: "same-origin",
        headers: { "X-Requested-With": "presence", "Accept": "application/json" },
      });
      const isJson = (answer.headers.get("Content-Type") || "").includes("json");
      const words = answer.ok && isJson ? (await answer.json()).words : "";
      const text = box.querySelector("[data-pmqa-presence-text]") || box;
      if (text.textContent !== words) text.textContent = words;
      box.hidden = !words;
    } catch (error) { /* offline: the next turn asks again */ }
    timer = setTimeout(ask, EVERY);
  }

  document.addEventListener("visibilitychange", ask);
  ask();
})();
