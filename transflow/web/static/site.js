// The one script of the pages: keys, autosave, live checks and events. Every act works without it.
const body = document.body;
const words = body.dataset;
const isPrivate = "private" in words;
const said = document.getElementById("said");
const timers = new Map();
const waiting = new Map(); // acts that the network kept from arriving, by unit

const article = (element) => element.closest("article[data-unit]");
const unit = (id) => document.getElementById(`u-${id}`);
const boxOf = (each) => each && each.querySelector("form[data-keep] textarea");
const keyOf = (each) => `transflow:${each.dataset.address}`;
const tell = (text) => { if (said) said.textContent = text; };

// Copies of typed texts in this browser; none of withheld texts

function putCopy(each, text, since) {
  if (!isPrivate) try { localStorage.setItem(keyOf(each), JSON.stringify({ text, since })); } catch { /* no room */ }
}
function dropCopy(each) { try { localStorage.removeItem(keyOf(each)); } catch { /* not allowed */ } }
function copyOf(each) {
  try { return JSON.parse(localStorage.getItem(keyOf(each))); } catch { return null; }
}

// Autosave and live checks

function typed(event) {
  const form = event.target.closest("form[data-keep]");
  const each = form && event.target.name === "text" && article(form);
  if (!each) return;
  each.dataset.dirty = "";
  putCopy(each, event.target.value, form.elements.since.value);
  clearTimeout(timers.get(each.dataset.unit));
  timers.set(each.dataset.unit, setTimeout(() => keep(each), 800));
}

async function keep(each) {
  const form = each.querySelector("form[data-keep]");
  if (!form) return;
  timers.delete(each.dataset.unit);
  const text = form.elements.text.value;
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body: new FormData(form) });
    if (!answer.ok) return;
    const found = each.querySelector(".found");
    if (answer.status === 200 && form.elements.text.value === text) {
      dropCopy(each);
      if (found && words.live !== undefined) found.innerHTML = await answer.text();
    }
  } catch { /* the copy stays; the next input, or the next visit, sends it */ }
}

function sendAll() {
  for (const [id, timer] of timers) {
    clearTimeout(timer);
    const form = unit(id) && unit(id).querySelector("form[data-keep]");
    if (form) navigator.sendBeacon(form.dataset.keep, new FormData(form));
  }
  timers.clear();
}

async function restore() {
  for (const each of document.querySelectorAll("article[data-unit]")) {
    const copy = copyOf(each), box = boxOf(each), form = each.querySelector("form[data-keep]");
    if (!copy || !form) continue;
    if (copy.text === box.value) { dropCopy(each); continue; }
    const fields = new FormData(form);
    fields.set("text", copy.text);
    fields.set("since", copy.since);
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: fields });
      if (answer.ok) { dropCopy(each); await renew(each); }
    } catch { box.value = copy.text; each.dataset.dirty = ""; }
  }
}

// Acts

async function submitted(event) {
  const form = event.target, button = event.submitter;
  const each = form.matches("form[data-act]") && article(form);
  if (!each) return;
  event.preventDefault();
  clearTimeout(timers.get(each.dataset.unit));
  timers.delete(each.dataset.unit);
  const address = (button && button.getAttribute("formaction")) || form.getAttribute("action");
  const fields = new FormData(form);
  if (button && button.name) fields.set(button.name, button.value);
  await send(each.dataset.unit, address, fields);
}

async function send(id, address, fields) {
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body: fields, headers: { "X-Part": "unit" } });
  } catch {
    waiting.set(id, { address, fields });
    tell(words.offline);
    return;
  }
  waiting.delete(id);
  const part = await answer.text();
  if (!part.includes("<article")) { location.reload(); return; }
  const each = unit(id), late = boxOf(each), sent = fields.get("text");
  const goesOn = each.contains(document.activeElement) || document.activeElement === body;
  const typedSince = late && sent !== null && late.value !== sent ? late.value : null;
  const now = replace(each, part);
  dropCopy(now);
  if (!answer.ok) { focus(boxOf(now) || now); return; }
  tell(words.saved);
  if (typedSince !== null && boxOf(now)) { // typed while it was being saved: it goes on, on the new text
    boxOf(now).value = typedSince;
    boxOf(now).dispatchEvent(new Event("input", { bubbles: true }));
    focus(boxOf(now));
  } else if (goesOn && /\/(confirm|draft|approve|return|omit)$/.test(address)) {
    next(answer.headers.get("X-Next"), now);
  }
}

function next(id, now) {
  if (id === null) { focus(now); return; }
  if (!id) { tell(words.done); focus(now); return; }
  const each = unit(id);
  if (each) focus((body.dataset.mode === "translate" && boxOf(each)) || each);
  else location.href = `${now.dataset.address.replace(/\/u\/[^/]*$/, "")}/u/${id}?mode=${body.dataset.mode}`;
}

function focus(element) {
  element.focus({ preventScroll: true });
  (article(element) || element).scrollIntoView({ block: "nearest" });
}

function replace(each, part) {
  const holder = document.createElement("template");
  holder.innerHTML = part;
  const now = holder.content.querySelector("article");
  const wasOpen = [...each.querySelectorAll("details")].map((details) => details.open);
  const before = each.getBoundingClientRect();
  each.replaceWith(now);
  now.querySelectorAll("details").forEach((details, n) => { if (wasOpen[n]) details.open = true; });
  if (before.bottom < 0) scrollBy(0, now.getBoundingClientRect().height - before.height);
  return now;
}

async function renew(each) {
  const answer = await fetch(`${each.dataset.address}?mode=${body.dataset.mode || ""}`, { headers: { "X-Part": "unit" } });
  if (answer.ok) return replace(each, await answer.text());
}

async function retry() {
  for (const [id, { address, fields }] of [...waiting]) await send(id, address, fields);
}

// What others change

let events = null;

function listen() {
  if (events || !words.events || document.hidden) return;
  events = new EventSource(words.events);
  events.addEventListener("marks", (event) => changed(JSON.parse(event.data)));
  events.addEventListener("story", () => outdated());
}

function pause() { if (events) events.close(); events = null; }

async function changed({ marks, progress }) {
  const shown = [...document.querySelectorAll("article[data-unit]")];
  const line = document.getElementById("progress");
  if (line && progress) line.textContent = progress;
  if (shown.some((each) => !(each.dataset.unit in marks))) outdated();
  for (const each of shown) {
    const mark = marks[each.dataset.unit];
    if (!mark || mark === each.dataset.mark || waiting.has(each.dataset.unit)) continue;
    const box = boxOf(each);
    if ("dirty" in each.dataset || (box && box === document.activeElement)) note(each);
    else await renew(each);
  }
}

function note(each) {
  if (each.querySelector(".meanwhile")) return;
  const line = document.createElement("p");
  line.className = "meanwhile urgent";
  line.textContent = words.meanwhile;
  each.append(line);
}

function outdated() {
  const link = document.getElementById("outdated");
  if (link) link.hidden = false;
}

// Keys

function pressed(event) {
  if (event.isComposing || event.keyCode === 229) return; // an input method is still putting a syllable together
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
    event.preventDefault();
    const main = event.target.form.querySelector("button.main") || event.target.form.querySelector("button");
    event.target.form.requestSubmit(main);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
  const all = [...document.querySelectorAll("article[data-unit]")];
  const here = all.indexOf(article(document.activeElement) || document.querySelector("article:target"));
  const move = (n) => { if (all[n]) focus(all[n]); };
  const actions = {
    "?": () => document.getElementById("keys").showModal(),
    j: () => move(here + 1),
    k: () => move(Math.max(here - 1, 0)),
    e: () => {
      if (!all[here] || !boxOf(all[here])) return;
      for (let each = boxOf(all[here]).closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
      focus(boxOf(all[here]));
    },
    a: () => {
      const form = all[here] && all[here].querySelector("form[action$='/approve']");
      if (form && form.querySelector("button.main")) form.requestSubmit();
    },
  };
  if (actions[event.key]) { event.preventDefault(); actions[event.key](); }
}

document.addEventListener("input", typed);
document.addEventListener("submit", submitted);
document.addEventListener("keydown", pressed);
document.addEventListener("visibilitychange", () => { if (document.hidden) { sendAll(); pause(); } else listen(); });
addEventListener("pagehide", () => { sendAll(); pause(); });
addEventListener("online", retry);
setInterval(retry, 5000);
restore();
listen();
