// The box's behaviour. The server is asked for proposals as one types, one request at a time; what arrives for text
// that has changed since is not shown. Text from people goes into the page as text alone.

const boxes = new WeakMap();
const LATE = 3000; // milliseconds after which an answer is no longer waited for
const LATER = 400; // milliseconds to the next try where the server cannot propose yet
const NARROW = "(max-width: 768px)"; // where Streamlit lays its sidebar over the page
const CLOSE_MENU = "[data-testid=stSidebarCollapseButton] button";
const NEARLY = 0.8; // the part of the longest question from which the room left is said

export default function (component) {
  const { parentElement } = component;
  if (!boxes.has(parentElement)) boxes.set(parentElement, makeBox(parentElement));
  boxes.get(parentElement).update(component);
}

function makeBox(root) {
  const [input, mirror, panel, list, unknown, send, keys, room, told] = [
    ".input", ".mirror", ".panel", ".list", ".doubts", ".send", ".keys", ".room", ".told",
  ].map((name) => root.querySelector(name));
  let component;
  let words = {};
  let longest = Infinity;
  let options = []; // the proposals shown
  let doubts = []; // words that are not known, by their places among the characters
  let shownFor = ""; // the text they were made for
  let active = -1;
  let composing = false;
  let closed = true; // whether Esc, asking or leaving closed the list
  let waiting = null; // the text whose proposals are on their way
  let narrowed = false; // whether the options are only what was left of those for a shorter text
  let conversation = null;
  let begun = null; // the question that was put here to be changed
  let late;
  let tries = 0; // how often the server was asked once more

  function want() {
    if (composing) return;
    const text = input.value;
    narrow(text);
    if (waiting !== null || (shownFor === text && options.length && !narrowed)) return show();
    wait(text);
    component.setStateValue("typed", text);
  }

  function wait(text) {
    waiting = text;
    clearTimeout(late);
    late = setTimeout(() => { waiting = null; }, LATE);
  }

  // The same text is no change that the server would be told of.
  function again(text) {
    if (closed || waiting !== null || text !== input.value) return;
    wait(text);
    component.setStateValue("tries", ++tries);
  }

  // Until the server's answer is there, the proposals at hand that go on as typed stay.
  function narrow(text) {
    if (!text || !options.length || !text.startsWith(shownFor) || text === shownFor) return;
    const left = options.filter((option) => option.text.toLowerCase().startsWith(text.toLowerCase()));
    if (!left.length) return;
    [options, shownFor, active, narrowed] = [left, text, -1, true];
    draw();
    show();
  }

  function received(data) {
    if (waiting !== null && data.text === waiting) {
      waiting = null;
      clearTimeout(late);
    }
    if (data.text !== input.value) {
      if (!closed) want();
      return;
    }
    if (data.more) setTimeout(again, LATER, data.text);
    narrowed = false;
    doubts = data.doubts;
    underline();
    if (data.text === shownFor && sameAs(data.proposals) && !doubts.length) return;
    // What is chosen stays chosen when more comes in around it.
    const chosen = data.text === shownFor && active >= 0 ? options[active].text : null;
    options = data.proposals;
    shownFor = data.text;
    active = options.findIndex((option) => option.text === chosen);
    draw();
    show();
    if (active >= 0) choose(active);
  }

  function sameAs(proposals) {
    return proposals.length === options.length && proposals.every((one, at) => one.text === options[at].text);
  }

  function draw() {
    list.replaceChildren(...options.map(drawn));
    unknown.replaceChildren(...doubts.map(doubted));
    unknown.hidden = !doubts.length;
  }

  function drawn(option, at) {
    const row = element("li", "option", "", { role: "option", id: `xinfo-proposal-${at}`, "aria-selected": "false" });
    const question = element("span", "question");
    question.append(...differing(option.text, shownFor).map(([said, isNew]) => element("span", isNew ? "new" : "", said)));
    row.append(question, element("span", "kind", option.label));
    row.addEventListener("pointermove", () => { if (active !== at) choose(at, false); });
    row.addEventListener("click", () => ask(option.text));
    return row;
  }

  function doubted(doubt) {
    const row = element("li", "doubt");
    const said = doubt.elsewhere ? words.elsewhere : doubt.choices.length ? words.near : words.unknown;
    row.append(element("span", "", said.replace("{word}", doubt.text)));
    row.append(...doubt.choices.map((choice) => {
      const button = element("button", "meant", choice.text, { type: "button" });
      button.addEventListener("click", () => mend(choice));
      return button;
    }));
    return row;
  }

  function mend({ start, end, text }) {
    const typed = [...input.value];
    take([...typed.slice(0, start), text, ...typed.slice(end)].join(""));
    input.focus();
  }

  // What is still where it was found stays underlined until the server has looked again.
  function underline() {
    const typed = [...input.value];
    let done = 0;
    mirror.replaceChildren();
    doubts = doubts.filter(({ start, end, text }) => typed.slice(start, end).join("") === text);
    doubts.forEach(({ start, end, text, choices }) => {
      mirror.append(typed.slice(done, start).join(""), element("span", choices.length ? "near" : "", text));
      done = end;
    });
    mirror.append(`${typed.slice(done).join("")}\n`);
    mirror.scrollTop = input.scrollTop;
  }

  function element(tag, name, text = "", attributes = {}) {
    const made = document.createElement(tag);
    made.className = name;
    made.textContent = text;
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  }

  function show() {
    const open = !closed && options.length + doubts.length > 0;
    panel.hidden = !open;
    if (!open) choose(-1);
    keys.textContent = open && options.length ? words.hint : words.idle;
    const said = doubts.map((doubt) => words.unknown.replace("{word}", doubt.text));
    told.textContent = open ? [...said, words.found.replace("{count}", options.length)].join(" ") : "";
  }

  // As high as its lines, and what room is left is said before there is none.
  function fit() {
    input.style.height = "";
    if (input.value) input.style.height = `${input.scrollHeight}px`;
    const left = longest - [...input.value].length;
    room.textContent = left < 0 ? words.over.replace("{count}", -left)
      : left <= longest * (1 - NEARLY) ? words.left.replace("{count}", left) : "";
    room.classList.toggle("over", left < 0);
    send.disabled = !input.value.trim() || left < 0;
    underline();
  }

  function choose(at, scroll = true) {
    active = at;
    list.querySelectorAll(".option").forEach((row, index) => {
      row.setAttribute("aria-selected", String(index === at));
      if (index === at && scroll) row.scrollIntoView({ block: "nearest" });
    });
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `xinfo-proposal-${at}`);
  }

  function close() {
    closed = true;
    show();
  }

  function take(text) {
    input.value = text;
    input.setSelectionRange(text.length, text.length);
    closed = false;
    changed();
  }

  // Put here once: what the user makes of it stays. Given up unchanged, it goes.
  function begin(text) {
    if (text === begun) return;
    const untouched = begun !== null && input.value === begun;
    begun = text;
    if (text === null && !untouched) return;
    input.value = text ?? "";
    fit();
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
  }

  function ask(text) {
    const question = text.trim();
    if (!question || [...question].length > longest) return;
    input.value = "";
    [options, doubts, shownFor, waiting] = [[], [], "", null];
    draw();
    close();
    fit();
    component.setTriggerValue("asked", question);
  }

  function changed() {
    fit();
    want();
  }

  function pressed(event) {
    // A key that belongs to an input method never acts on the box: Enter takes its candidate.
    if (composing || event.isComposing || event.keyCode === 229) return;
    const open = !panel.hidden && options.length > 0;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && (open || !input.value.includes("\n"))) {
      event.preventDefault();
      if (!open) { closed = false; return want(); }
      // One step more than there are rows: the text as typed lies between the last and the first.
      const rows = options.length + 1;
      choose(((active + 1 + steps[event.key] + rows) % rows) - 1);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      ask(open && active >= 0 ? options[active].text : input.value);
    } else if (event.key === "Tab" && open && !event.shiftKey) {
      event.preventDefault();
      take(options[Math.max(active, 0)].text);
    } else if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }

  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => { composing = false; closed = false; changed(); });
  input.addEventListener("input", () => { if (!composing) { closed = false; changed(); } });
  input.addEventListener("keydown", pressed);
  input.addEventListener("click", () => { if (closed) { closed = false; want(); } });
  input.addEventListener("scroll", () => { mirror.scrollTop = input.scrollTop; });
  input.addEventListener("blur", (event) => { if (!panel.contains(event.relatedTarget)) close(); });
  panel.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  send.addEventListener("click", () => ask(input.value));
  document.addEventListener("keydown", called);

  // "/" leads to the box from anywhere but a field that takes it.
  function called(event) {
    if (!root.isConnected) return document.removeEventListener("keydown", called);
    const there = event.composedPath()[0];
    const types = there.isContentEditable || /^(input|textarea|select)$/i.test(there.tagName ?? "");
    if (event.key !== "/" || types || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
  }

  // At the beginning of a conversation, on a desk; on a phone the keyboard would cover the page, as the menu does.
  function greet() {
    if (matchMedia(NARROW).matches) document.querySelector(CLOSE_MENU)?.click();
    if (matchMedia("(hover: hover)").matches) input.focus({ preventScroll: true });
  }

  return {
    update(next) {
      component = next;
      words = next.data.words;
      longest = next.data.longest;
      input.placeholder = words.placeholder;
      input.setAttribute("aria-label", words.placeholder);
      list.setAttribute("aria-label", words.list);
      send.setAttribute("aria-label", words.send);
      send.title = words.send;
      send.parentElement.style.visibility = "visible"; // Not before its parts have names.
      if (conversation !== next.data.conversation) greet();
      conversation = next.data.conversation;
      show();
      begin(next.data.begin ?? null);
      received(next.data);
    },
  };
}
