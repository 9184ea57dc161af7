// The page's own behaviour: opens cited sentences, explains badges, copies. Everything is
// delegated from the document, since Gradio draws messages again and again.
(() => {
  "use strict";
  const here = document.currentScript ? document.currentScript.src : "ui/page.js";
  const CITATION = new URL("citation", new URL(here, document.baseURI));
  const SOURCE = /^#(?:src|near)-(\d+)-(\d+)-(.+)$/;
  const EDIT = "#edit-";
  const EXPLAINED = 'a[href^="#flag-"], a[href^="#badge-"]';
  const embedded = window.parent !== window;

  const panel = () => document.getElementById("panel");
  const linkAt = (event) =>
    event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;

  // ── the cited sentence in its paragraph ────────────────────────────────────────────────────
  let opener = null;
  let asked = 0;

  async function open(link, [, start, end, article]) {
    const box = panel();
    if (!box) return;
    const turn = ++asked;
    opener = link;
    const address = new URL(CITATION);
    const language = box.lang;
    for (const [name, value] of Object.entries({
      article: decodeURIComponent(article), start, end, language,
    })) address.searchParams.set(name, value);
    const slot = box.querySelector(".slot");
    try {
      const answer = await fetch(address);
      const body = await answer.text();
      if (turn !== asked) return; // another number was chosen meanwhile
      if (answer.ok) slot.innerHTML = body; // escaped by the server
      else fail(slot, JSON.parse(body).error.message);
    } catch (error) {
      if (turn === asked) fail(slot, String(error.message || error));
    }
    document.querySelectorAll("a[aria-current]").forEach((a) => a.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    box.hidden = false;
    box.focus({ preventScroll: true });
    const mark = slot.querySelector("mark");
    (mark || box).scrollIntoView({ block: "nearest" });
  }

  function fail(slot, message) {
    const line = document.createElement("p");
    line.className = "message";
    line.textContent = panel().dataset.gone.replace("{message}", message);
    slot.replaceChildren(line);
  }

  function close() {
    const box = panel();
    if (!box || box.hidden) return false;
    box.hidden = true;
    document.querySelectorAll("a[aria-current]").forEach((a) => a.removeAttribute("aria-current"));
    if (opener && opener.isConnected) opener.focus();
    opener = null;
    return true;
  }

  // ── what a flag or badge means: on hover, on focus, on tap ─────────────────────────────────
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  let described = null;
  let leaving = 0;

  function explain(link) {
    clearTimeout(leaving);
    if (link.title) {
      link.dataset.explained = link.title;
      link.removeAttribute("title"); // else the browser shows its own on top
    }
    if (!link.dataset.explained) return;
    if (described && described !== link) described.removeAttribute("aria-describedby");
    described = link;
    tip.textContent = link.dataset.explained;
    if (!tip.isConnected) document.body.append(tip);
    tip.hidden = false;
    link.setAttribute("aria-describedby", "tip");
    const at = link.getBoundingClientRect();
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = `${Math.max(8, Math.min(at.left, room))}px`;
    const below = at.bottom + 6;
    const fits = below + tip.offsetHeight < window.innerHeight;
    tip.style.top = `${fits ? below : Math.max(8, at.top - tip.offsetHeight - 6)}px`;
  }

  function silence() {
    clearTimeout(leaving);
    if (tip.hidden) return false;
    tip.hidden = true;
    if (described) described.removeAttribute("aria-describedby");
    described = null;
    return true;
  }

  // The pointer may travel from the badge onto the explanation, to read or select it.
  const leave = () => { clearTimeout(leaving); leaving = setTimeout(silence, 250); };
  tip.addEventListener("pointerenter", () => clearTimeout(leaving));
  tip.addEventListener("pointerleave", leave);
  const explained = (event) =>
    event.target instanceof Element ? event.target.closest(EXPLAINED) : null;
  document.addEventListener("pointerover", (event) => {
    const link = explained(event);
    if (link) explain(link);
  });
  document.addEventListener("pointerout", (event) => {
    const link = explained(event);
    if (link && document.activeElement !== link) leave();
  });
  document.addEventListener("focusin", (event) => {
    const link = explained(event);
    if (link) explain(link); else silence();
  });
  window.addEventListener("scroll", silence, true);

  // ── the question that a follow-up was understood as, to be changed ─────────────────────────
  function edit(question) {
    const box = document.querySelector("#question textarea");
    if (!box) return;
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true })); // Gradio reads it from the event
    box.focus();
    box.setSelectionRange(question.length, question.length);
  }

  // ── copy ───────────────────────────────────────────────────────────────────────────────────
  async function copy(button) {
    const home = new URL(embedded ? "../" : "./", document.baseURI);
    home.search = "";
    if (button.dataset.question) {
      home.searchParams.set("q", button.dataset.question);
      home.searchParams.set("lang", panel().lang);
    }
    const words = button.textContent;
    let said = panel().dataset.copied;
    try {
      await navigator.clipboard.writeText(button.dataset.copy || home.href);
    } catch {
      said = panel().dataset.blocked;
    }
    button.textContent = said;
    setTimeout(() => { button.textContent = words; }, 1600);
  }

  // ── save ───────────────────────────────────────────────────────────────────────────────────
  function save(button) {
    const link = document.createElement("a");
    const file = new Blob([button.dataset.text], { type: `${button.dataset.type};charset=utf-8` });
    link.href = URL.createObjectURL(file);
    link.download = button.dataset.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  // ── events ─────────────────────────────────────────────────────────────────────────────────
  // In the capture phase: the page has a base address, so a followed "#…" would load it anew.
  document.addEventListener("click", (event) => {
    const link = linkAt(event);
    if (link) {
      event.preventDefault();
      event.stopPropagation();
      const target = link.getAttribute("href");
      const source = SOURCE.exec(target);
      if (source) open(link, source);
      else if (target.startsWith(EDIT)) edit(decodeURIComponent(target.slice(EDIT.length)));
      else if (link.matches(EXPLAINED)) explain(link);
      return;
    }
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button && button.id === "close") close();
    else if (button && (button.dataset.copy || button.dataset.question)) copy(button);
    else if (button && button.dataset.file) save(button);
    else if (!tip.contains(event.target)) silence();
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || silence() || close() || !embedded) return;
    window.parent.postMessage({ type: "belegt:close" }, "*"); // says nothing but "close me"
  });

  // A new question is brought to the top, since the status stands at the beginning of its answer.
  // An answer comes in pieces, and only with the last there is room to scroll: so the question is
  // followed until the reader does something.
  let rows = 0;
  let followed = null;
  function follow() {
    const all = document.querySelectorAll("#chat .message-row");
    if (all.length > rows) followed = [...document.querySelectorAll("#chat .user-row")].pop();
    rows = all.length;
    const row = followed;
    if (row) requestAnimationFrame(() => { if (row === followed && row.isConnected) reveal(row); });
  }
  for (const deed of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    window.addEventListener(deed, () => { followed = null; }, { capture: true, passive: true });
  }

  function reveal(row) {
    const scroller = row.closest(".panel-wrap");
    if (scroller && getComputedStyle(scroller).overflowY !== "visible") {
      scroller.scrollTop += row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    } else row.scrollIntoView({ block: "start" });
  }

  // ── what Gradio does not offer ─────────────────────────────────────────────────────────────
  function adapt() {
    const box = panel();
    if (box && document.documentElement.lang !== box.lang) document.documentElement.lang = box.lang;
    // Gradio names every message by its raw Markdown, and the log in English.
    document.querySelectorAll("#chat [data-testid][aria-label]").forEach((message) => {
      message.removeAttribute("aria-label");
    });
    const log = document.querySelector("#chat [role=log]");
    if (box && log && log.ariaLabel !== box.dataset.log) log.ariaLabel = box.dataset.log;
    const options = document.querySelector("#chat .options");
    if (box && options && options.ariaLabel !== box.dataset.next) {
      options.setAttribute("role", "group");
      options.ariaLabel = box.dataset.next;
    }
    follow();
    const date = document.querySelector("#as-of :is(input, textarea)");
    if (date instanceof HTMLInputElement && date.type === "text") date.type = "date";
  }
  new MutationObserver(adapt).observe(document.documentElement, { childList: true, subtree: true });
  adapt();
})();
