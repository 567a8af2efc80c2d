// The box's behaviour. The server is asked for proposals as one types, one request at a time; what arrives for text
// that has changed since is not shown. Text from people goes into the page as text alone.

const boxes = new WeakMap();
const LATE = 3000; // milliseconds after which an answer is no longer waited for
const LATER = 400; // milliseconds to the next try where the server cannot propose yet

export default function (component) {
  const { parentElement } = component;
  if (!boxes.has(parentElement)) boxes.set(parentElement, makeBox(parentElement));
  boxes.get(parentElement).update(component);
}

function makeBox(root) {
  const [input, list, send, told] = [".input", ".list", ".send", ".told"].map((name) => root.querySelector(name));
  let component;
  let words = {};
  let options = []; // the proposals shown
  let shownFor = ""; // the text they were made for
  let active = -1;
  let composing = false;
  let closed = true; // whether Esc, asking or leaving closed the list
  let waiting = null; // the text whose proposals are on their way
  let narrowed = false; // whether the options are only what was left of those for a shorter text
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
    if (data.proposals === null) {
      setTimeout(again, LATER, data.text);
      return;
    }
    narrowed = false;
    if (data.text === shownFor && sameAs(data.proposals)) return;
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
    if (options.length) list.append(element("li", "keys", words.hint, { role: "presentation" }));
  }

  function drawn(option, at) {
    const row = element("li", "option", "", { role: "option", id: `xinfo-proposal-${at}`, "aria-selected": "false" });
    const question = element("span", "question");
    const begun = option.text.toLowerCase().startsWith(shownFor.toLowerCase()) ? shownFor.length : 0;
    question.append(element("span", "", option.text.slice(0, begun)));
    question.append(element("span", begun ? "new" : "", option.text.slice(begun)));
    row.append(question, element("span", "kind", option.label));
    row.addEventListener("pointermove", () => { if (active !== at) choose(at, false); });
    row.addEventListener("click", () => ask(option.text));
    return row;
  }

  function element(tag, name, text = "", attributes = {}) {
    const made = document.createElement(tag);
    made.className = name;
    made.textContent = text;
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  }

  function show() {
    const open = !closed && options.length > 0;
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
    told.textContent = open ? words.found.replace("{count}", options.length) : "";
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
    send.disabled = !text;
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
  }

  function ask(text) {
    const question = text.trim();
    if (!question) return;
    input.value = "";
    [options, shownFor, waiting] = [[], "", null];
    draw();
    close();
    send.disabled = true;
    component.setTriggerValue("asked", question);
  }

  function changed() {
    send.disabled = !input.value.trim();
    want();
  }

  function pressed(event) {
    // A key that belongs to an input method never acts on the box: Enter takes its candidate.
    if (composing || event.isComposing || event.keyCode === 229) return;
    const open = !list.hidden;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      if (!open) { closed = false; return want(); }
      // One step more than there are rows: the text as typed lies between the last and the first.
      const rows = options.length + 1;
      choose(((active + 1 + steps[event.key] + rows) % rows) - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      ask(open && active >= 0 ? options[active].text : input.value);
    } else if (event.key === "Tab" && open && !event.shiftKey) {
      event.preventDefault();
      take(options[Math.max(active, 0)].text);
    } else if (event.key === "Escape" && open) {
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
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  send.addEventListener("click", () => ask(input.value));

  return {
    update(next) {
      component = next;
      words = next.data.words;
      input.placeholder = words.placeholder;
      input.maxLength = next.data.longest;
      input.setAttribute("aria-label", words.placeholder);
      list.setAttribute("aria-label", words.list);
      send.setAttribute("aria-label", words.send);
      send.title = words.send;
      send.parentElement.style.visibility = "visible"; // Not before its parts have names.
      begin(next.data.begin ?? null);
      received(next.data);
    },
  };
}
