// Belegt on any page: <script src="https://HOST/widget.js" data-label data-theme data-lang></script>
// A button in a shadow tree; the chat is loaded into a sandboxed frame when it is first opened.
// Sets no cookie, touches nothing of the page, and works under a strict policy of the page
// (script-src and frame-src of our origin): no inline style, no markup from strings.
(() => {
  "use strict";
  const script = document.currentScript;
  if (!script) return;
  const home = new URL(".", script.src);
  const LABELS = {
    de: ["Fragen Sie die Artikel", "Chat schließen"],
    en: ["Ask the articles", "Close the chat"],
    uk: ["Запитайте статті", "Закрити чат"],
    ru: ["Спросите статьи", "Закрыть чат"],
  };
  const language = (script.dataset.lang || document.documentElement.lang || "en").slice(0, 2);
  const [ask, closing] = LABELS[language] || LABELS.en;
  const label = script.dataset.label || ask;
  const theme = script.dataset.theme || "";

  const STYLE = `
    :host { all: initial }
    button {
      position: fixed; right: 20px; bottom: 20px; z-index: 2147483000; box-sizing: border-box;
      min-height: 48px; padding: 0 20px; border: 0; border-radius: 24px; cursor: pointer;
      font: 600 15px/1.2 system-ui, sans-serif; color: #fff; background: #1d4f8f;
      box-shadow: 0 2px 14px rgb(0 0 0 / .3);
    }
    button:hover { background: #163d70 }
    button:focus-visible { outline: 3px solid #f0b429; outline-offset: 2px }
    section {
      position: fixed; right: 20px; bottom: 80px; z-index: 2147483000; box-sizing: border-box;
      width: min(440px, calc(100vw - 24px)); height: min(680px, calc(100vh - 100px));
      overflow: hidden; border: 1px solid rgb(0 0 0 / .2); border-radius: 12px;
      background: #fbfaf7; box-shadow: 0 8px 34px rgb(0 0 0 / .32);
    }
    section[hidden] { display: none }
    iframe { display: block; width: 100%; height: 100%; border: 0 }
    @media (max-width: 520px) {
      section { right: 0; bottom: 76px; width: 100vw; border-radius: 12px 12px 0 0 }
    }`;

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-haspopup", "dialog");
  const box = document.createElement("section");
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", label);
  box.hidden = true;
  root.append(box, button);

  let frame = null;
  function load() {
    const address = new URL("widget/", home);
    address.searchParams.set("lang", language);
    if (theme === "dark" || theme === "light") address.searchParams.set("__theme", theme);
    frame = document.createElement("iframe");
    frame.title = label;
    frame.referrerPolicy = "origin";
    frame.allow = "clipboard-write";
    frame.setAttribute(
      "sandbox",
      "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox " +
        "allow-downloads"
    );
    frame.src = address.href;
    box.append(frame);
  }

  function show(open) {
    if (open && !frame) load();
    box.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? closing : label;
    (open ? frame : button).focus();
  }

  button.addEventListener("click", () => show(box.hidden));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !box.hidden) show(false);
  });
  window.addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== home.origin) return;
    if (event.data && event.data.type === "belegt:close") show(false);
  });

  const place = () => document.body.append(host);
  if (document.body) place(); else document.addEventListener("DOMContentLoaded", place);
})();
