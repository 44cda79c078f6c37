// Says that the portal does not answer while a page that asks again and again gets nothing.
(() => {
  "use strict";

  const notice = document.querySelector("[data-pmqa-lost] > *");
  if (!notice) return;

  document.addEventListener("htmx:sendError", () => { notice.hidden = false; });
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500) notice.hidden = false;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) notice.hidden = true;
  });
})();
