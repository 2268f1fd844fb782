"use strict";
/* What Gradio's page does not do by itself: the reader beside the chat, the keyboard, copying, and speaking in sentences.
   Nothing is stored: whatever this script knows is gone when the page is closed or cleared. */
(() => {
  const strings = JSON.parse(document.querySelector("[data-page-strings]")?.textContent || "{}");
  const body = document.body;
  const root = document.documentElement;
  const find = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const box = () => find("#question textarea");
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  /* How the page looks: kept in the address, so that it goes along to the other language and can be bookmarked */
  const switches = { size: ["large"], contrast: ["high"], theme: ["dark", "light"] };
  const address = () => new URL(location.href);
  let place = {};
  const rewrite = (change) => {
    const url = address();
    change(url.searchParams);
    history.replaceState(null, "", url.pathname + url.search.replace(/%2F/gi, "/") + url.hash);
    keepLanguageLink();
  };
  const isDark = () => root.dataset.theme === "dark" || (root.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const showSwitches = () => {
    for (const button of all("[data-switch]")) {
      const name = button.dataset.switch;
      const on = name === "theme" ? isDark() : root.dataset[name] === button.dataset.on;
      button.setAttribute("aria-pressed", String(on));
    }
    body.classList.toggle("dark", isDark());
  };
  /* On a page of its own, whatever leads from it goes on looking as it does. */
  const keepLooks = () => {
    for (const one of all("a[href^='/staff'], form[action^='/staff'], .masthead .name a, .masthead a.tool")) {
      const name = one.matches("form") ? "action" : "href";
      const url = new URL(one.getAttribute(name), location.origin);
      for (const look of Object.keys(switches)) {
        const value = address().searchParams.get(look);
        if (value) url.searchParams.set(look, value); else url.searchParams.delete(look);
      }
      one.setAttribute(name, url.pathname + url.search.replace(/%2F/gi, "/") + url.hash);
    }
  };
  const keepLanguageLink = () => {
    const link = find("[data-language]");
    if (!link) return;
    if (!beside()) {
      keepLooks();
      const here = address();
      if (here.searchParams.get("lang") === "en") here.searchParams.delete("lang"); else here.searchParams.set("lang", "en");
      here.searchParams.delete("both");
      link.href = here.pathname + here.search.replace(/%2F/gi, "/");
      return;
    }
    const url = new URL(link.getAttribute("href").split("?")[0], location.origin);
    for (const name of [...Object.keys(switches), "room"]) {
      const value = address().searchParams.get(name);
      if (value) url.searchParams.set(name, value);
    }
    for (const [name, value] of Object.entries(place)) url.searchParams.set(name, value);
    link.href = url.pathname + url.search;
  };
  for (const [name, values] of Object.entries(switches)) {
    const value = address().searchParams.get(name);
    if (values.includes(value)) root.dataset[name] = value;
  }
  const flip = (button) => {
    const name = button.dataset.switch;
    const value = name === "theme" ? (isDark() ? "light" : "dark") : (root.dataset[name] ? "" : button.dataset.on);
    if (value) root.dataset[name] = value; else delete root.dataset[name];
    rewrite((query) => value ? query.set(name, value) : query.delete(name));
    showSwitches();
  };

  /* Saying things to whoever does not see the page: whole sentences, once each */
  const told = new WeakMap();
  const announce = (text) => {
    const region = find("[data-announcer]");
    if (!region || !text.trim()) return;
    const line = document.createElement("p");
    line.textContent = text.trim();
    region.append(line);
    while (region.children.length > 12) region.firstChild.remove();
  };
  const announceReply = (row) => {
    const reply = find(".turn.reply .said", row);
    if (!reply || find(".waiting", reply)) return;
    const copy = reply.cloneNode(true);
    for (const extra of all(".tip, .plain, .acts, .verdict", copy)) extra.remove();
    for (const block of all("p, li, figcaption, th, td, .key", copy)) block.append("\n");
    const text = copy.textContent.replace(/[ \t]+/g, " ");
    const whole = find(".plain", row) ? text.length : Math.max(...["。", "！", "？", ". ", "\n"].map((end) => text.lastIndexOf(end) + 1));
    const before = told.get(row) || 0;
    const started = told.has(row);
    if (whole <= before && started) return;
    told.set(row, Math.max(whole, before));
    if (!started) announce(strings.replied);
    for (const sentence of text.slice(before, whole).split(/(?<=[。！？\n])/)) announce(sentence);
  };

  /* The conversation, as Gradio draws it */
  let [rows, put] = [0, 0];
  let typed = "";
  let before = "";
  const lastAnswer = () => all("#conversation [id^=answer-]").at(-1)?.id || "";
  const busy = () => { before = lastAnswer(); typed = ""; body.classList.add("busy"); };
  const idle = () => body.classList.remove("busy");
  const isBusy = () => body.classList.contains("busy");
  const tidyRole = () => {
    const group = find("#role");
    if (!group || group.hasAttribute("aria-label")) return;
    group.setAttribute("aria-label", find("[data-testid=block-info]", group)?.textContent.trim() || "");
    // One name, so that the arrow keys go from one to the next.
    for (const choice of all("input", group)) choice.name = "role";
  };
  /* In every room: a group of choices says its name, the arrow keys go from one choice to the next, and a result is told once */
  const leads = new WeakMap();
  const tidyRooms = () => {
    for (const group of all(".room fieldset.block:not([aria-label])")) {
      group.setAttribute("aria-label", find("[data-testid=block-info]", group)?.textContent.trim() || "");
    }
    all(".room fieldset.block").forEach((group, number) => {
      for (const choice of all("input[type=radio]", group)) choice.name = `choice-${number}`;
    });
    for (const words of all(".room .zh:not([lang])")) words.lang = "zh-Hans";
    for (const link of all(".room a[target]")) {
      if (link.getAttribute("href").startsWith("/")) link.removeAttribute("target");
    }
    for (const result of all(".room .result")) {
      const lead = find(".lead", result)?.textContent || "";
      if (leads.get(result) && leads.get(result) !== lead && result.checkVisibility()) announce(lead);
      leads.set(result, lead);
    }
  };
  const tidy = () => {
    tidyRole();
    tidyRooms();
    const log = find("#conversation [role=log]");
    if (!log) return;
    if (log.getAttribute("aria-live") !== "off") log.setAttribute("aria-live", "off");
    const seen = all(".message-row", log);
    for (const message of all("[aria-label][data-testid]", log)) message.removeAttribute("aria-label");
    for (const words of all(".zh:not([lang])", log)) words.lang = "zh-Hans";
    for (const chip of all("a:is(.chip, .quoted)[target]", log)) chip.removeAttribute("target");
    for (const [id, words] of given) showGiven(document.getElementById(id), words);
    const conversing = seen.length > 0;
    if (body.classList.contains("conversing") !== conversing) body.classList.toggle("conversing", conversing);
    // A row may be there before the words in it are: what is scrolled to is the question, not the row.
    const questions = all(".turn.asked", log);
    if (questions.length > put) questions.at(-1).scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
    put = questions.length;
    if (seen.length > rows) keepTyped();
    rows = seen.length;
    const last = seen.at(-1);
    if (last && lastAnswer() !== before && !find(".turn.draft:not(:has(.stopped)), .waiting", last)) idle();
    if (find(".toast-body.error")) idle();
    if (last) announceReply(last);
  };

  /* Asking */
  const asked = [];
  let recalled = -1;
  let wanted = null;
  const write = (text) => {
    const area = box();
    if (!area) return;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, text);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const press = (selector) => { const button = find(selector); if (button && !button.disabled) button.click(); };
  const noteAsked = () => {
    const text = box()?.value.trim();
    if (!text) return;
    if (asked.at(-1) !== text) asked.push(text);
    recalled = -1;
    busy();
  };
  /* The box is emptied when a question has arrived; what was typed meanwhile comes back. */
  const keepTyped = () => {
    if (typed && box()?.value === "") write(typed);
    typed = "";
  };
  const say = (text) => {
    if (!box()) { wanted = text; return; }
    write(text);
    // Gradio takes the words over on its next turn.
    setTimeout(() => press("#send"), 30);
    box().focus({ preventScroll: true });
  };
  const recall = (step) => {
    if (!asked.length) return false;
    recalled = recalled < 0 ? asked.length - 1 : Math.min(asked.length, Math.max(0, recalled + step));
    write(asked[recalled] ?? "");
    if (recalled === asked.length) recalled = -1;
    return true;
  };
  const forget = () => {
    asked.length = 0;
    recalled = -1;
    idle();
    closeReader();
    const region = find("[data-announcer]");
    if (region) region.replaceChildren();
    announce((given.size ? strings.cleared_screen : strings.cleared) || "");
    given.clear();
    scrollTo(0, 0);
    box()?.focus({ preventScroll: true });
  };

  /* The original */
  const slot = () => find("[data-reader-slot]");
  const beside = () => Boolean(find("[data-reader]"));
  const contents = slot()?.innerHTML || "";
  let opener = null;
  const centre = (smooth) => {
    const original = find(".original", slot());
    if (!original) return;
    const target = find("mark.now", original) || find("mark", original) || find(".current", original);
    const scroller = getComputedStyle(original).overflowY === "visible" ? root : original;
    if (!target) { scroller.scrollTo({ top: 0 }); return; }
    const seen = target.getBoundingClientRect();
    const frame = scroller === root ? { top: 0, height: innerHeight } : original.getBoundingClientRect();
    const spare = Math.max(frame.height * 0.12, (frame.height - seen.height) / 2);
    scroller.scrollTo({ top: scroller.scrollTop + seen.top - frame.top - spare, behavior: smooth && !calm() ? "smooth" : "instant" });
  };
  /* The reader is drawn anew at every step; the focus stays on the same button. */
  const refocus = (held) => {
    const again = held.rel && find(`.walk [rel="${held.rel}"]`, slot()) || held.name && find(`[name="${held.name}"]`, slot()) || all("a[href], button, [tabindex]", slot()).find((one) => one.className === held.className && one.textContent === held.textContent);
    (again || find("[data-reader]") || find(".original", slot())).focus({ preventScroll: true });
  };
  const markChip = (href) => {
    for (const chip of all("a.chip, a.quoted")) {
      if (href && chip.getAttribute("href") === href) chip.setAttribute("aria-current", "true");
      else chip.removeAttribute("aria-current");
    }
  };
  const openReader = async (href, { focus = true } = {}) => {
    const url = new URL(href, location.href);
    const fetched = new URL(url);
    fetched.searchParams.set("pane_only", "1");
    if (strings.path === "/en/") fetched.searchParams.set("lang", "en");
    let html;
    try {
      html = await (await fetch(fetched)).text();
    } catch {
      announce(strings.lost);
      return;
    }
    const held = slot().contains(document.activeElement) ? document.activeElement : null;
    const before = find(".original", slot());
    const [was, top] = [find(".reader", slot())?.dataset.document, before?.scrollTop || 0];
    slot().innerHTML = html;
    const after = find(".original", slot());
    if (!after) return;
    after.tabIndex = 0;
    if (held) refocus(held);
    const same = was === find(".reader", slot()).dataset.document;
    if (same) { after.style.scrollBehavior = "auto"; after.scrollTop = top; after.style.scrollBehavior = ""; }
    if (beside()) {
      showSheet();
      place = { p: url.searchParams.get("p") || url.pathname.split("/").pop() };
      if (url.searchParams.get("q")) place.q = url.searchParams.get("q");
      keepLanguageLink();
      markChip(url.pathname + url.search);
      if (focus) find("[data-reader]").focus({ preventScroll: true });
    } else {
      for (const name of Object.keys(switches)) if (root.dataset[name]) url.searchParams.set(name, root.dataset[name]);
      history.replaceState(null, "", url.pathname + url.search.replace(/%2F/gi, "/"));
      keepLanguageLink();
    }
    const found = find(".found [role=status]", slot());
    if (found) announce(found.textContent);
    requestAnimationFrame(() => centre(same));
  };
  /* The browser's own Back closes the original; where one has read is not written into its history. */
  const showSheet = () => {
    if (!body.classList.contains("reading-open")) history.pushState({ reader: true }, "");
    body.classList.add("reading-open");
    find("[data-open-reader]")?.setAttribute("aria-expanded", "true");
    setBehind();
  };
  const setBehind = () => {
    const covered = body.classList.contains("reading-open") && matchMedia("(max-width: 47rem)").matches;
    for (const part of all(".masthead, .generated, .conversation-side")) part.inert = covered;
  };
  const hideSheet = () => {
    if (!beside() || !body.classList.contains("reading-open")) return;
    body.classList.remove("reading-open");
    find("[data-open-reader]")?.setAttribute("aria-expanded", "false");
    slot().innerHTML = contents;
    place = {};
    keepLanguageLink();
    markChip("");
    setBehind();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  };
  const closeReader = () => {
    if (!body.classList.contains("reading-open")) return;
    hideSheet();
    if (history.state?.reader) history.back();
  };
  addEventListener("popstate", () => { if (!history.state?.reader) hideSheet(); });

  /* Opinions: what is sent stands for an answer on this screen, and nothing is sent unless a button is pressed */
  const given = new Map();
  const verdictForm = () => find("[data-verdict-form]");
  let judged = null;
  const showGiven = (row, words) => {
    if (!row || row.classList.contains("given")) return;
    row.classList.add("given");
    row.textContent = words;
  };
  const send = async (id, opinion) => {
    const said = { answer: id.replace("verdict-", ""), ...opinion };
    let status = 0;
    try {
      status = (await fetch("/api/feedback", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(said) })).status;
    } catch { /* the sentence for status 0 says it */ }
    if (status === 200) return "";
    return { 429: strings.too_many, 410: strings.gone, 507: strings.full }[status] || (status ? strings.not_kept : strings.lost);
  };
  const thank = (id) => {
    const row = document.getElementById(id);
    const turn = row?.closest(".turn");
    given.set(id, strings.thanks);
    showGiven(row, strings.thanks);
    announce(strings.thanks);
    find(".again, .copy", turn || document)?.focus({ preventScroll: true });
  };
  const praise = async (row) => {
    const trouble = await send(row.id, { useful: true });
    if (!trouble) { thank(row.id); return; }
    let told = find(".trouble", row);
    if (!told) { told = document.createElement("span"); told.className = "trouble"; row.append(told); }
    told.textContent = trouble;
    announce(trouble);
  };
  const complain = (row) => {
    judged = row.id;
    const form = verdictForm();
    find("form", form).reset();
    find(".trouble", form).textContent = "";
    form.showModal();
  };
  const sendComplaint = async (form) => {
    const reasons = all("[name=reason]:checked", form).map((one) => one.value);
    const button = find("[type=submit]", form);
    button.disabled = true;
    const trouble = await send(judged, { useful: false, reasons, comment: form.elements.comment.value });
    button.disabled = false;
    if (trouble) { find(".trouble", form).textContent = trouble; return; }
    form.reset();
    verdictForm().close();
    thank(judged);
  };

  /* Copying: an office page without https has no clipboard interface, so there is the old way too */
  const copy = async (button, text) => {
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.style.position = "fixed";
      area.style.opacity = "0";
      body.append(area);
      area.select();
      done = document.execCommand("copy");
      area.remove();
      button.focus();
    }
    const label = button.dataset.label || (button.dataset.label = button.textContent);
    button.textContent = done ? strings.copied : strings.copy_failed;
    announce(button.textContent);
    setTimeout(() => { button.textContent = label; }, 2500);
  };
  const textOf = (element) => {
    const copy = element.cloneNode(true);
    for (const end of all("br", copy)) end.replaceWith("\n");
    return copy.textContent.trim();
  };

  /* Rooms: the links at the top are Gradio's tabs */
  const enter = (name) => {
    const tab = all("#rooms [role=tab]").find((one) => one.dataset.tabId === name);
    if (tab) tab.click();
    body.classList.toggle("elsewhere", Boolean(name) && name !== "chat");
    for (const link of all("[data-room]")) {
      if (link.dataset.room === name) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
    }
  };

  /* Printing: the original alone, whole or only the provision that is open */
  const printOut = (what) => {
    root.dataset.print = what;
    print();
  };
  addEventListener("afterprint", () => { delete root.dataset.print; });

  /* Looking for words in the original */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.closest("[data-verdict-form]")) { event.preventDefault(); sendComplaint(form); return; }
    if (!form.matches("form.search") || !slot()) return;
    event.preventDefault();
    const query = new URLSearchParams(new FormData(form));
    openReader(`${form.getAttribute("action")}?${query}`, { focus: false });
  });

  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    const plain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.button);
    const link = on("a[href]");
    const href = link?.getAttribute("href") || "";
    if (link && plain && href.startsWith("/read") && slot() && !link.classList.contains("own-page")) {
      event.preventDefault();
      if (!on("[data-reader-slot]")) opener = link;
      openReader(href, { focus: !on("[data-reader-slot]") });
    } else if (link && plain && link.dataset.room) {
      event.preventDefault();
      enter(link.dataset.room);
      rewrite((query) => query.set("room", link.dataset.room));
    } else if (on("[data-skip]")) {
      event.preventDefault();
      box()?.focus();
    } else if (on("[data-switch]")) flip(on("[data-switch]"));
    else if (on("[data-open-reader]")) {
      opener = on("[data-open-reader]");
      if (body.classList.contains("reading-open")) closeReader();
      else { showSheet(); find("[data-reader]").focus({ preventScroll: true }); }
    } else if (on("[data-close-reader]")) closeReader();
    else if (on("[data-print]")) printOut(on("[data-print]").dataset.print);
    else if (on("button.print")) printOut("room");
    else if (on("button.say")) say(on("button.say").textContent);
    else if (on("button.copy")) copy(on("button.copy"), textOf(find(".plain", on("button.copy").closest(".turn"))));
    else if (on("button.useful")) praise(on(".verdict"));
    else if (on("button.useless")) complain(on(".verdict"));
    else if (on("[data-verdict-cancel]")) verdictForm().close();
    else if (on("button.share")) copy(on("button.share"), new URL(on("button.share").value, location.href).href);
    else if (event.target === body) closeReader();
    else if (on("#send")) noteAsked();
    else if (on("button.again")) { busy(); press("#retry"); box()?.focus({ preventScroll: true }); }
    else if (on("#stop")) idle();
    else if (on("#clear")) forget();
  }, true);

  // Enter that closes an input method's list of candidates is not a question.
  let composing = false;
  document.addEventListener("keypress", (event) => {
    if (event.key === "Enter" && (composing || event.isComposing)) event.stopImmediatePropagation();
  }, true);
  document.addEventListener("keydown", (event) => {
    const area = box();
    const typing = event.target === area;
    composing = event.isComposing || event.keyCode === 229;
    // Gradio gives a choice a name of its own whenever it draws it anew.
    if (event.key.startsWith("Arrow") && event.target.matches(".room input[type=radio]")) tidyRooms();
    if (event.key === "Enter" && composing) { event.stopImmediatePropagation(); return; }
    if (typing && event.key === "Enter" && !event.shiftKey) {
      if (isBusy()) { event.preventDefault(); event.stopImmediatePropagation(); } else noteAsked();
    }
    else if (event.key === "Escape") {
      if (verdictForm()?.open) return;
      if (isBusy()) { press("#stop"); idle(); }
      else if (find(".chip:hover, .chip:focus-visible") && !body.classList.contains("quiet-tips")) body.classList.add("quiet-tips");
      else closeReader();
    } else if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !/^(input|textarea|select)$/i.test(event.target.tagName)) {
      if (area) { event.preventDefault(); area.focus(); }
    } else if (typing && event.key === "ArrowUp" && (area.value === "" || recalled >= 0)) {
      if (recall(-1)) event.preventDefault();
    } else if (typing && event.key === "ArrowDown" && recalled >= 0) {
      if (recall(1)) event.preventDefault();
    }
  }, true);
  document.addEventListener("pointermove", () => body.classList.remove("quiet-tips"), { passive: true });
  document.addEventListener("focusin", () => body.classList.remove("quiet-tips"));
  document.addEventListener("input", (event) => {
    if (event.isTrusted && event.target === box() && isBusy()) typed = event.target.value;
  }, true);
  document.addEventListener("change", (event) => {
    if (!event.target.matches("#role input")) return;
    for (const list of all(".examples")) list.hidden = list.dataset.role !== event.target.value;
  });

  const begin = () => {
    const app = find("gradio-app");
    if (app) {
      const watch = new MutationObserver(() => {
        if (!body.classList.contains("ready") && box()) {
          body.classList.add("ready");
          if (wanted) { const text = wanted; wanted = null; say(text); }
          enter(address().searchParams.get("room") || "chat");
        }
        tidy();
      });
      watch.observe(app, { childList: true, subtree: true, characterData: true });
    }
    // Two lines of names, in English or in large letters, take more room at the top than one.
    const top = find(".masthead");
    if (top) new ResizeObserver(() => root.style.setProperty("--masthead", `${top.offsetHeight}px`)).observe(top);
    showSwitches();
    keepLanguageLink();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showSwitches);
    matchMedia("(max-width: 47rem)").addEventListener("change", setBehind);
    const provision = address().searchParams.get("p");
    if (provision && beside()) {
      const quote = address().searchParams.get("q");
      rewrite((query) => { query.delete("p"); query.delete("q"); });
      openReader(`/read?p=${encodeURIComponent(provision)}${quote ? `&q=${encodeURIComponent(quote)}` : ""}`, { focus: false });
    } else if (slot() && !beside()) {
      centre(false);
    }
  };
  begin();
})();
