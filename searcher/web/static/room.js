// What the reading room can do beyond links and forms. Nothing here is needed; each part minds its own elements.
"use strict";

const texts = JSON.parse(document.body.dataset.texts);
const persian = document.documentElement.lang === "fa";
const find = (selector, within = document) => within.querySelector(selector);
const findAll = (selector, within = document) => [...within.querySelectorAll(selector)];
const digits = (text) => (persian ? String(text).replace(/[0-9]/g, (each) => "۰۱۲۳۴۵۶۷۸۹"[each]) : String(text));

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

function remembered(name, value) {
  try {
    if (value === undefined) return localStorage.getItem(`khabarjoo.${name}`);
    localStorage.setItem(`khabarjoo.${name}`, value);
  } catch { /* storage is switched off */ }
  return null;
}

const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

async function load(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return parsed(await answer.text());
}

// -- day and night ------------------------------------------------------------------------------------------------

const themeButton = find("button.theme");
themeButton.hidden = false;
themeButton.addEventListener("click", () => {
  const root = document.documentElement.dataset;
  const isNight = root.theme ? root.theme === "night" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.theme = isNight ? "day" : "night";
  remembered("theme", root.theme);
});

// -- results while one types --------------------------------------------------------------------------------------

const box = find("#q");
const form = box.form;
let typing = null; // the request under way
let isTyped = false; // whether this entry of the history is one of what is being typed

function addressOf(told) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(told)) if (value.trim()) fields.append(name, value);
  return `${told.getAttribute("action")}?${fields}`;
}

const addressNow = () => location.pathname + location.search;
let shown = addressNow(); // what `main` shows, or is about to

async function show(address, how) {
  typing?.abort();
  const own = new AbortController();
  typing = own;
  if (how === "push") history.pushState(null, "", address); // at once: what is typed next must find its own entry
  if (how === "replace") history.replaceState(null, "", address);
  shown = addressNow();
  find("main").setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: own.signal, headers: { accept: "text/html" } });
    const page = parsed(await answer.text());
    find("main").replaceChildren(...document.adoptNode(find("#main", page)).childNodes); // an error is a page as well
    document.title = page.title;
    find("a.language").href = find("a.language", page).href;
    refreshFilters(page);
    enhance();
  } catch {
    if (own === typing && how !== "replace") location.assign(address);
  }
  if (own === typing) find("main").removeAttribute("aria-busy");
}

function refreshFilters(page) { // the form keeps the filters of what is shown
  for (const old of findAll("input[type=hidden]", form)) old.remove();
  for (const each of findAll("form.ask input[type=hidden]", page)) form.append(document.adoptNode(each));
}

const isOfResults = () => location.pathname === "/";
let waiting = 0;
box.addEventListener("input", (event) => {
  clearTimeout(waiting);
  if (event.isComposing || !isOfResults() || box.value.trim().length < 2) return;
  waiting = setTimeout(() => {
    show(addressOf(form), isTyped ? "replace" : "push");
    isTyped = true;
  }, 250);
});
form.addEventListener("submit", (event) => {
  clearTimeout(waiting);
  closeCompletions();
  if (!isOfResults() || !box.value.trim()) return;
  event.preventDefault();
  show(addressOf(form), isTyped ? "replace" : "push");
  isTyped = false;
});
addEventListener("popstate", () => {
  if (addressNow() === shown) return; // only to another place of the same page
  isTyped = false;
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  show(location.href, "");
});

// -- completion ---------------------------------------------------------------------------------------------------

const list = make("ul", { id: "completions", role: "listbox", "aria-label": texts.completions, hidden: "" });
form.append(list);
for (const [name, value] of Object.entries({
  role: "combobox", "aria-autocomplete": "list", "aria-controls": "completions", "aria-expanded": "false",
})) box.setAttribute(name, value);
let completions = [];
let chosen = -1;
let completing = null;
let completionTimer = 0;

function closeCompletions() {
  clearTimeout(completionTimer);
  completing?.abort();
  list.hidden = true;
  chosen = -1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function choose(place) {
  chosen = place;
  findAll("li", list).forEach((item, at) => item.setAttribute("aria-selected", String(at === place)));
  if (place < 0) box.removeAttribute("aria-activedescendant");
  else {
    box.setAttribute("aria-activedescendant", `completion-${place}`);
    list.children[place].scrollIntoView({ block: "nearest" });
  }
}

function accept(place) {
  const { text, start, after } = completions[place];
  const letters = [...box.value]; // more may have been typed before the cursor since, but not behind it
  const before = letters.slice(0, start).join("") + text + (text.endsWith(":") ? "" : " ");
  box.value = before + letters.slice(letters.length - after).join("").trimStart();
  box.setSelectionRange(before.length, before.length);
  closeCompletions();
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

box.addEventListener("input", (event) => {
  clearTimeout(completionTimer);
  if (!event.isTrusted || event.isComposing) return;
  completionTimer = setTimeout(complete, 90);
});

async function complete() {
  completing?.abort();
  completing = new AbortController();
  const cursor = [...box.value.slice(0, box.selectionStart)].length; // counted as Python counts
  const after = [...box.value].length - cursor;
  const asked = new URLSearchParams({ q: box.value, cursor, lang: document.documentElement.lang });
  let kept; // what was chosen of the list before stays chosen
  try {
    const answer = await fetch(`/api/complete?${asked}`, { signal: completing.signal });
    if (!answer.ok) return;
    const found = (await answer.json()).completions.map((each) => ({ ...each, after }));
    kept = completions[chosen]?.text;
    completions = found;
  } catch { return; }
  if (document.activeElement !== box) return;
  list.replaceChildren(...completions.map((each, place) => make(
    "li",
    { id: `completion-${place}`, role: "option", "aria-selected": "false", onpointerdown: (event) => {
      event.preventDefault();
      accept(place);
    } },
    make("bdi", {}, each.text), make("span", { class: "faint" }, each.what),
  )));
  choose(completions.findIndex((each) => each.text === kept));
  list.hidden = completions.length === 0;
  box.setAttribute("aria-expanded", String(!list.hidden));
}

box.addEventListener("keydown", (event) => {
  if (list.hidden) return;
  const last = completions.length - 1;
  if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : -1);
  else if (event.key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
  else if (event.key === "Escape") closeCompletions();
  else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) accept(chosen);
  else return;
  event.preventDefault();
});
box.addEventListener("blur", closeCompletions);

// -- endless pages that keep their place --------------------------------------------------------------------------

const AUTOMATIC = 5; // pages that come by themselves; then the link is to be followed, so that the end can be reached
let watching = null;
let following = false;

function watchPages() {
  watching?.disconnect();
  const hits = find("ol.hits");
  const next = find("nav.pages a[rel=next]");
  if (!hits || !next || !isOfResults()) return;
  if (!find("li[data-page]", hits)) for (const hit of findAll(":scope > li", hits)) hit.dataset.page = location.href;
  next.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    follow(next, true);
  });
  if (findAll("li.page-break", hits).length >= AUTOMATIC) return;
  watching = new IntersectionObserver((seen) => {
    if (seen.some((each) => each.isIntersecting)) follow(next, false);
  }, { rootMargin: "600px" });
  watching.observe(next);
}

async function follow(link, isAsked) {
  if (following) return;
  following = true;
  watching?.disconnect();
  const hits = find("ol.hits");
  const label = link.textContent;
  link.textContent = texts.loading;
  try {
    const page = await load(link.href);
    if (!hits.isConnected) return;
    const added = findAll("ol.hits > li", page);
    for (const hit of added) hit.dataset.page = link.href;
    const told = find("nav.pages [aria-current=page]", page)?.textContent ?? "";
    hits.append(make("li", { class: "page-break" }, told), ...added.map((hit) => document.adoptNode(hit)));
    find("nav.pages").replaceWith(document.adoptNode(find("nav.pages", page)));
    if (isAsked) find("h2 a", added[0])?.focus();
    watchPages();
  } catch {
    link.textContent = label;
    if (isAsked) location.href = link.href;
  } finally {
    following = false;
    if (!hits.isConnected) watchPages(); // other results have come meanwhile
  }
}

let isScrolling = false;
addEventListener("scroll", () => {
  if (isScrolling || !find("li.page-break")) return;
  isScrolling = true;
  requestAnimationFrame(() => {
    isScrolling = false;
    const first = findAll("ol.hits > li[data-page]").find((hit) => hit.getBoundingClientRect().bottom > 80);
    if (!first || first.dataset.page === location.href) return;
    history.replaceState(history.state, "", first.dataset.page);
    shown = addressNow();
  });
}, { passive: true });

// -- the timeline, dragged over -----------------------------------------------------------------------------------

function watchTimeline(figure) {
  const drawing = find("svg", figure);
  const bars = findAll("a[data-since]", drawing);
  let from = null;
  let range = [];
  const at = (event) => {
    const edge = drawing.getBoundingClientRect();
    return ((event.clientX - edge.left) / edge.width) * drawing.viewBox.baseVal.width;
  };
  const stop = () => {
    from = null;
    range = [];
    for (const bar of bars) bar.classList.remove("chosen");
  };
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
  drawing.addEventListener("pointerdown", (event) => { if (event.button === 0) from = at(event); });
  drawing.addEventListener("pointermove", (event) => {
    if (from === null) return;
    const to = at(event);
    if (!range.length && Math.abs(to - from) < 6) return;
    drawing.setPointerCapture(event.pointerId);
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    range = bars.filter((bar) => {
      const room = find(".room", bar);
      const x = room.x.baseVal.value;
      return x + room.width.baseVal.value > low && x < high;
    });
    for (const bar of bars) bar.classList.toggle("chosen", range.includes(bar));
  });
  drawing.addEventListener("pointerup", () => {
    if (range.length) {
      const asked = new URL(location.href);
      asked.searchParams.set("since", range[0].dataset.since);
      asked.searchParams.set("until", range[range.length - 1].dataset.until);
      for (const name of ["page", "by"]) asked.searchParams.delete(name);
      drawing.addEventListener("click", (event) => event.preventDefault(), { once: true, capture: true });
      location.href = asked.href;
    }
    stop();
  });
  drawing.addEventListener("pointercancel", stop);
}

// -- a calendar of Jalali days ------------------------------------------------------------------------------------

const DAY = 86_400_000;
const parts = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
  timeZone: "UTC", year: "numeric", month: "numeric", day: "numeric",
});

function jalali(moment) {
  const told = Object.fromEntries(parts.formatToParts(moment).map((each) => [each.type, Number.parseInt(each.value, 10)]));
  return { year: told.year, month: told.month, day: told.day };
}

function monthStart(moment) {
  return new Date(moment.getTime() - (jalali(moment).day - 1) * DAY);
}

function moved(start, months) { // the first day of the month so many months on
  let moment = start;
  for (let step = Math.abs(months); step > 0; step -= 1)
    moment = monthStart(new Date(moment.getTime() + (months > 0 ? 32 : -1) * DAY));
  return moment;
}

function startOf(year, month) { // found by stepping from a day that is surely near
  let moment = monthStart(new Date(Date.UTC(year + 621, 2, 25) + (month - 1) * 30.4 * DAY));
  for (let tries = 0; tries < 4; tries += 1) {
    const found = jalali(moment);
    const away = (year - found.year) * 12 + month - found.month;
    if (!away) break;
    moment = moved(moment, away);
  }
  return moment;
}

const dayText = ({ year, month, day }) =>
  digits([year, ...[month, day].filter(Boolean).map((each) => String(each).padStart(2, "0"))].join("/"));

function addCalendar(input) {
  const button = make("button", { type: "button", class: "light calendar-button", "aria-label": texts["choose date"] }, "▦");
  button.addEventListener("click", () => openCalendar(input));
  input.after(button);
}

function openCalendar(input) {
  const typed = /^(1[2-4]\d\d)\/?(\d{1,2})?/.exec(input.value.replace(/[۰-۹]/g, (each) => "۰۱۲۳۴۵۶۷۸۹".indexOf(each)));
  const told = typed ?? /(\d+)\/(\d+)/.exec(input.form.dataset.latest ?? "");
  let start = told ? startOf(Number(told[1]), Number(told[2] ?? 1)) : monthStart(new Date());
  const title = make("h2", { id: "calendar-title", "aria-live": "polite" });
  const grid = make("div", { class: "days", role: "group", "aria-labelledby": "calendar-title" });
  const dialog = make("dialog", { class: "calendar", "aria-labelledby": "calendar-title" });
  const take = (value) => {
    input.value = dayText(value);
    dialog.close();
    input.focus();
  };
  const draw = (focus) => {
    const { year, month } = jalali(start);
    const length = Math.round((moved(start, 1) - start) / DAY);
    title.textContent = `${texts.months[month - 1]} ${digits(year)}`;
    const before = (start.getUTCDay() + 1) % 7; // weeks begin on Saturday
    grid.replaceChildren(
      ...texts.weekdays.map((name) => make("span", { class: "faint", "aria-hidden": "true" }, name)),
      ...Array.from({ length: before }, () => make("span")),
      ...Array.from({ length }, (_, place) => make("button", {
        type: "button", "aria-label": `${digits(place + 1)} ${title.textContent}`,
        onclick: () => take({ year, month, day: place + 1 }),
      }, digits(place + 1))),
    );
    if (focus) findAll("button", grid).at(focus > 0 ? 0 : -1).focus();
  };
  const turn = (months, focus = 0) => {
    start = moved(start, months);
    draw(focus);
  };
  const step = (name, months, sign) =>
    make("button", { type: "button", class: "light", "aria-label": texts[name], onclick: () => turn(months) }, sign);
  const [back, on] = persian ? ["›", "‹"] : ["‹", "›"];
  grid.addEventListener("keydown", (event) => {
    const side = persian ? -1 : 1;
    const by = { ArrowRight: side, ArrowLeft: -side, ArrowDown: 7, ArrowUp: -7 }[event.key];
    if (!by) return;
    event.preventDefault();
    const days = findAll("button", grid);
    const next = days.indexOf(document.activeElement) + by;
    if (next < 0 || next >= days.length) turn(Math.sign(by), by);
    else days[next].focus();
  });
  dialog.append(
    make("div", { class: "row" }, step("previous year", -12, back + back), step("previous month", -1, back), title,
      step("next month", 1, on), step("next year", 12, on + on)),
    grid,
    make("div", { class: "row" },
      make("button", { type: "button", class: "light", onclick: () => take({ ...jalali(start), day: 0 }) }, texts["whole month"]),
      make("button", { type: "button", class: "light", onclick: () => dialog.close() }, texts.close)),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  draw(0);
  dialog.showModal();
  find("button", grid).focus();
}

// -- matches of an article ----------------------------------------------------------------------------------------

let marks = [];
let markAt = -1;

function watchMarks() {
  marks = findAll("article.text mark");
  markAt = -1;
  const told = find("p.marks");
  if (!told || !marks.length) return;
  const step = (name, by, sign) =>
    make("button", { type: "button", class: "light", "aria-label": texts[name], onclick: () => toMark(by) }, sign);
  told.append(" ", step("previous mark", -1, "↑"), " ", step("next mark", 1, "↓"), " ", make("span", { class: "at", role: "status" }));
}

function toMark(by) {
  if (!marks.length) return;
  marks[markAt]?.classList.remove("here");
  markAt = markAt < 0 && by < 0 ? marks.length - 1 : (markAt + by + marks.length) % marks.length;
  marks[markAt].classList.add("here");
  marks[markAt].scrollIntoView({ block: "center" });
  find("p.marks .at").textContent = digits(`${markAt + 1}/${marks.length}`);
}

// -- keys ---------------------------------------------------------------------------------------------------------

let hitAt = -1;

function toHit(by) {
  const walk = find(`.walk a[rel=${by > 0 ? "next" : "prev"}]`);
  if (find("article.text")) return walk?.click();
  const hits = findAll("ol.hits > li.hit");
  if (!hits.length) return;
  hits[hitAt]?.classList.remove("here");
  hitAt = Math.max(0, Math.min(hits.length - 1, hitAt + by));
  hits[hitAt].classList.add("here");
  find("a", hits[hitAt]).focus({ preventScroll: true });
  hits[hitAt].scrollIntoView({ block: "nearest" });
}

const toPage = (rel) => find(`nav.pages a[rel=${rel}]`)?.click();
const acts = { // by the key's place, so that they act whichever language the keyboard writes
  KeyJ: () => toHit(1),
  KeyK: () => toHit(-1),
  KeyO: () => find("li.hit.here a")?.click(),
  KeyN: (event) => {
    if (find("article.text")) toMark(event.shiftKey ? -1 : 1);
    else toPage(event.shiftKey ? "prev" : "next");
  },
  KeyU: () => find("a.back")?.click(),
  Slash: (event) => {
    if (event.shiftKey) location.href = find(".help-link").href;
    else {
      box.focus();
      box.select();
    }
  },
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (remembered("keys") === "off" || find("dialog[open]")) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const act = event.key === "?" || event.key === "؟" ? () => acts.Slash({ shiftKey: true }) : acts[event.code];
  if (!act || (event.shiftKey && !["KeyN", "Slash"].includes(event.code))) return;
  event.preventDefault();
  act(event);
});

// -- small things -------------------------------------------------------------------------------------------------

function addCopying(block) {
  const button = make("button", { type: "button", class: "light" }, texts.copy);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(block.textContent);
      button.textContent = texts.copied;
    } catch {
      getSelection().selectAllChildren(block);
    }
  });
  block.after(button);
}

function addSifting() {
  const sift = find("#sift");
  if (!sift) return;
  sift.closest("p").hidden = false;
  const folded = (text) => text.replace(/ي/g, "ی").replace(/ك/g, "ک").replace(/\u200c/g, "").toLowerCase();
  sift.addEventListener("input", () => {
    const wanted = folded(sift.value.trim());
    for (const item of findAll(".all-names li")) item.hidden = !folded(item.textContent).includes(wanted);
  });
}

function addKeysSwitch() {
  const on = find("#keys-on");
  if (!on) return;
  on.closest("p").hidden = false;
  on.checked = remembered("keys") !== "off";
  on.addEventListener("change", () => remembered("keys", on.checked ? "on" : "off"));
}

function enhance() {
  hitAt = -1;
  findAll("figure.timeline").forEach(watchTimeline);
  findAll("input.date").forEach(addCalendar);
  findAll(".cite pre").forEach(addCopying);
  watchPages();
  watchMarks();
  addSifting();
  addKeysSwitch();
}

enhance();
