"use strict";
/* The course pack: what is chosen, struck out and rewritten stays in this page and goes to the server only to be made into
   a course or a file. Nothing is stored. */
(() => {
  const find = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const room = () => find("[data-course]");
  const say = (name, values = {}) => Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), room().dataset[`say${name}`] || "");
  const tell = (text, where = "[data-course-told]") => { const line = find(where); if (line) line.textContent = text; };
  const written = new Map();
  let made = null;
  let asked = 0;

  const choices = () => {
    const data = new FormData(find("[data-course-choices]"));
    return {
      lang: room().dataset.lang, audience: data.get("audience") || "", hours: Number(data.get("hours")), minutes: Number(data.get("minutes")),
      questions: Number(data.get("questions")), units: data.getAll("unit"),
    };
  };
  const struck = new Set();
  const changes = () => ({ struck: [...struck], written: Object.fromEntries(written) });
  const post = (where, body) => fetch(`/api/course/${where}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const why = async (reply) => { try { return (await reply.json()).error || say("WentWrong"); } catch { return say("WentWrong"); } };
  const count = () => { find("[data-course-count]").textContent = say("Chosen", { count: all("[name=unit]:checked", room()).length }); };
  const chooseUsual = () => {
    const audience = find("[name=audience]:checked", room())?.value || "";
    for (const box of all("[name=unit]", room())) box.checked = box.dataset.usual.split(" ").includes(audience);
    count();
  };
  const outdated = () => { if (made && JSON.stringify(choices()) !== JSON.stringify(made)) tell(say("Changed")); else if (made) tell(""); };

  /* Making the course; with what was struck out and rewritten before */
  const make = async () => {
    const wanted = choices();
    const turn = ++asked;
    const slot = find("[data-course-pack]");
    room().setAttribute("aria-busy", "true");
    tell(say("Making"));
    try {
      const reply = await post("pack", { ...wanted, ...changes() });
      if (turn !== asked) return;
      if (!reply.ok) { tell(await why(reply)); return; }
      slot.innerHTML = await reply.text();
      made = wanted;
      markStruck();
      find("[data-course-choices] [type=submit]").textContent = say("Remake");
      const head = find("[data-course-head]");
      tell("");
      head.focus({ preventScroll: true });
      head.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    } catch {
      if (turn === asked) tell(say("Lost"));
    } finally {
      if (turn === asked) room().removeAttribute("aria-busy");
    }
  };
  /* Times and sources follow what is struck out; the lines themselves stay where they are. */
  let waiting = 0;
  const follow = () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const turn = ++asked;
      try {
        const reply = await post("pack", { ...made, ...changes() });
        if (turn !== asked) return;
        if (!reply.ok) { tell(await why(reply), "[data-course-written]"); return; }
        const shell = document.createElement("template");
        shell.innerHTML = await reply.text();
        for (const part of all("[data-live]", find("[data-course-pack]"))) {
          const fresh = shell.content.querySelector(`[data-live="${part.dataset.live}"]`);
          if (fresh) part.innerHTML = fresh.innerHTML;
        }
        tell("", "[data-course-written]");
      } catch { tell(say("Lost"), "[data-course-written]"); }
    }, 300);
  };
  const markStruck = () => {
    for (const box of all("[data-course-keep]", room())) box.closest("[data-course-item]").classList.toggle("struck", !box.checked);
  };

  /* Files */
  const fetchFile = async (button) => {
    const file = button.firstChild.textContent.trim();
    const buttons = all("[data-course-file]", room());
    for (const one of buttons) one.setAttribute("aria-disabled", "true");
    tell(say("Writing", { file }), "[data-course-written]");
    try {
      const reply = await post(`files/${button.dataset.courseFile}`, { ...made, ...changes() });
      if (!reply.ok) { tell(await why(reply), "[data-course-written]"); return; }
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await reply.blob());
      link.download = button.dataset.name;
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      tell(say("Saved", { file }), "[data-course-written]");
    } catch {
      tell(say("Lost"), "[data-course-written]");
    } finally {
      for (const one of buttons) one.removeAttribute("aria-disabled");
    }
  };

  /* Rewriting a line */
  const element = (tag, attributes, text = "") => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.textContent = text;
    return made;
  };
  const textOf = (line) => find("[data-course-text]", line);
  const edit = (line) => {
    if (find(".course-editor", line)) { find("textarea", line).focus(); return; }
    const box = element("textarea", { rows: "3", maxlength: "600", "aria-label": say("EditLabel"), lang: "zh-Hans" });
    box.value = textOf(line).textContent;
    const editor = element("div", { class: "course-editor" });
    const acts = element("p", { class: "course-acts" });
    const button = (act, name) => element("button", { type: "button", class: "course-button", [`data-course-${act}`]: "" }, say(name));
    acts.append(button("accept", "Accept"), button("restore", "Restore"), button("cancel", "Cancel"));
    editor.append(box, acts, element("p", { class: "key", role: "status", "data-course-checked": "" }));
    find(".course-words", line).append(editor);
    box.focus();
  };
  const close = (line) => { find(".course-editor", line)?.remove(); find("[data-course-edit]", line).focus(); };
  const accept = async (line, text) => {
    const told = find("[data-course-checked]", line);
    told.textContent = say("Checking");
    const item = line.dataset.courseItem;
    try {
      const reply = await post("line", { ...made, item, text });
      if (!reply.ok) { told.textContent = await why(reply); return; }
      const weighed = await reply.json();
      const shown = textOf(line);
      if (!("was" in line.dataset)) line.dataset.was = shown.textContent;
      shown.textContent = weighed.text;
      find("[data-course-mark]", line).innerHTML = weighed.mark;
      if (weighed.edited) written.set(item, text); else written.delete(item);
      line.classList.toggle("own", weighed.state === "own");
      for (const english of all(".course-words > [lang=en]", line)) english.hidden = weighed.edited;
      close(line);
      tell(find("[data-course-mark]", line).textContent, "[data-course-written]");
      follow();
    } catch { told.textContent = say("Lost"); }
  };
  const restore = async (line) => {
    written.delete(line.dataset.courseItem);
    // The server says what the line was: an empty rewriting is the line itself.
    await accept(line, "");
  };

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-course-choices]")) return;
    event.preventDefault();
    make();
  });
  document.addEventListener("change", (event) => {
    const on = event.target;
    if (!on.closest?.("[data-course]")) return;
    if (on.name === "audience") chooseUsual();
    if (on.name === "unit") count();
    if (on.closest("[data-course-choices]")) outdated();
    if (on.matches("[data-course-keep]")) {
      const line = on.closest("[data-course-item]");
      if (on.checked) struck.delete(line.dataset.courseItem); else struck.add(line.dataset.courseItem);
      line.classList.toggle("struck", !on.checked);
      follow();
    }
  });
  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest?.(selector);
    if (!on("[data-course]")) return;
    const line = on("[data-course-item]");
    if (on("[data-course-usual]")) { chooseUsual(); outdated(); }
    else if (on("[data-course-file]")) { if (on("[data-course-file]").getAttribute("aria-disabled") !== "true") fetchFile(on("[data-course-file]")); }
    else if (on("[data-course-edit]")) edit(line);
    else if (on("[data-course-accept]")) accept(line, find("textarea", line).value);
    else if (on("[data-course-restore]")) restore(line);
    else if (on("[data-course-cancel]")) close(line);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.matches?.(".course-editor textarea") && !event.isComposing) {
      event.stopPropagation();
      close(event.target.closest("[data-course-item]"));
    }
  }, true);
})();
