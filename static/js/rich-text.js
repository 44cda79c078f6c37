// Rich text of the portal's safe list on top of a text area. Without script the area stays.
// The area holds the HTML that is sent; it changes only when the person changes the text.
(() => {
  "use strict";

  const KEPT = new Set("A B BLOCKQUOTE BR CAPTION EM H3 H4 I LI OL P S STRONG SUB SUP TABLE TBODY TD TFOOT TH THEAD TR U UL".split(" "));
  const DROPPED = new Set("SCRIPT STYLE TEMPLATE TITLE HEAD SVG MATH IFRAME OBJECT".split(" "));
  const BLOCKS = new Set("DIV SECTION ARTICLE H1 H2 H5 H6 PRE".split(" "));

  function address(value) {
    return /^(https?:|mailto:)/i.test(value || "") ? value : null;
  }

  // Copies what is allowed into nodes of this page; unknown tags leave their words behind.
  function copy(from, to) {
    from.childNodes.forEach((node) => {
      if (node.nodeType === Node.TEXT_NODE) return to.append(node.data);
      if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.has(node.nodeName.toUpperCase())) return;
      const name = node.nodeName.toUpperCase();
      if (!KEPT.has(name) && !BLOCKS.has(name)) return copy(node, to);
      const heading = name === "H1" || name === "H2";
      const made = document.createElement(heading ? "h3" : KEPT.has(name) ? name : "p");
      if (name === "A" && address(node.getAttribute("href"))) made.href = node.getAttribute("href");
      for (const span of ["colspan", "rowspan"]) {
        if (/^T[DH]$/.test(name) && /^\d{1,2}$/.test(node.getAttribute(span) || "")) made.setAttribute(span, node.getAttribute(span));
      }
      copy(node, made);
      to.append(made);
    });
  }

  function toFragment(html) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const fragment = document.createDocumentFragment();
    copy(parsed.body, fragment);
    return fragment;
  }

  // The editor puts blocks into list items and lists into lists; HTML wants neither.
  function tidy(html) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const body = parsed.body;
    body.querySelectorAll("ol > ol, ol > ul, ul > ol, ul > ul").forEach((list) => {
      if (list.previousElementSibling) list.previousElementSibling.append(list);
    });
    body.querySelectorAll("li > p, div").forEach((block) => {
      if (block.parentElement.nodeName === "LI") return block.replaceWith(...block.childNodes);
      const paragraph = document.createElement("p");
      paragraph.append(...block.childNodes);
      return block.replaceWith(paragraph);
    });
    body.querySelectorAll("p, h3, h4, li").forEach((block) => {
      const last = block.lastChild;
      if (last && last.nodeName === "BR") last.remove();
      if (block.nodeName !== "LI" && !block.textContent.trim()) block.remove();
    });
    return body.innerHTML.replace(/\u200b/g, "");
  }

  const COMMANDS = {
    bold: { tag: "B", on: "bold", off: "removeBold" },
    italic: { tag: "I", on: "italic", off: "removeItalic" },
    underline: { tag: "U", on: "underline", off: "removeUnderline" },
    ul: { tag: "UL", on: "makeUnorderedList", off: "removeList" },
    ol: { tag: "OL", on: "makeOrderedList", off: "removeList" },
  };

  function heading(editor) {
    const to = editor.hasFormat("H3") ? "p" : "h3";
    editor.modifyBlocks((fragment) => {
      fragment.querySelectorAll("p, h3, h4").forEach((block) => {
        const made = document.createElement(to);
        made.append(...block.childNodes);
        block.replaceWith(made);
      });
      return fragment;
    });
    editor.focus();
  }

  function link(editor, words) {
    if (editor.hasFormat("A")) return editor.removeLink();
    const url = address(window.prompt(words, "https://"));
    if (url) editor.makeLink(url);
  }

  function run(editor, button) {
    const name = button.dataset.pmqaRichDo;
    const command = COMMANDS[name];
    if (command) editor[editor.hasFormat(command.tag) ? command.off : command.on]();
    else if (name === "h3") heading(editor);
    else if (name === "link") link(editor, button.dataset.ask);
    else if (name === "more") editor.increaseListLevel();
    else if (name === "less") editor.decreaseListLevel();
    else if (name === "undo") editor.undo();
    else if (name === "redo") editor.redo();
  }

  // One stop for the Tab key; arrow keys walk along the buttons.
  function walk(bar) {
    const buttons = [...bar.querySelectorAll("button")];
    const stop = (place) => buttons.forEach((button, at) => { button.tabIndex = at === place ? 0 : -1; });
    stop(0);
    bar.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const place = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
      stop(place);
      buttons[place].focus();
    });
  }

  function start(area) {
    const bar = document.querySelector("[data-pmqa-rich-bar]").content.firstElementChild.cloneNode(true);
    const root = document.createElement("div");
    root.className = "pmqa-rich pmqa-rich__text";
    root.lang = "th";
    root.setAttribute("role", "textbox");
    root.setAttribute("aria-multiline", "true");
    root.setAttribute("aria-label", area.labels.length ? area.labels[0].textContent.trim() : area.title);
    const frame = document.createElement("div");
    frame.className = "pmqa-rich__frame";
    frame.append(bar, root);
    area.hidden = true;
    area.dataset.pmqaRich = "on";
    area.after(frame);
    const editor = new window.Squire(root, { blockTag: "P", sanitizeToDOMFragment: toFragment, addLinks: false });
    const set = (html) => editor.setHTML(html);
    set(area.value);
    editor.addEventListener("input", () => {
      area.value = tidy(editor.getHTML());
      area.dispatchEvent(new Event("input", { bubbles: true }));
    });
    editor.addEventListener("pathChange", () => {
      bar.querySelectorAll("[aria-pressed]").forEach((button) => {
        const tag = (COMMANDS[button.dataset.pmqaRichDo] || { tag: "H3" }).tag;
        button.setAttribute("aria-pressed", String(editor.hasFormat(tag)));
      });
    });
    bar.addEventListener("mousedown", (event) => event.preventDefault());
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("[data-pmqa-rich-do]");
      if (button) run(editor, button);
    });
    area.addEventListener("pmqa:set", () => set(area.value));
    walk(bar);
  }

  function startAll(inside) {
    inside.querySelectorAll("textarea[data-pmqa-rich='']").forEach(start);
  }

  startAll(document);
  document.addEventListener("pmqa:added", (event) => startAll(event.target));
})();
