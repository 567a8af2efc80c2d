// The field's behaviour: what is typed is coloured at once and told to the server when typing pauses. Text from people
// goes into the page as text alone.

const boxes = new WeakMap();
const PAUSE = 350; // milliseconds without a key after which the server is asked
const WORDS = new Set(
  ("select from where and or not in is null as on join inner left right full cross using group by order having limit " +
    "offset union all except intersect distinct case when then else end with asc desc between like exists over partition " +
    "rows range preceding following current row true false cast filter nulls first last").split(" "),
);
const PIECES = /(--[^\n]*)|('(?:[^']|'')*'?)|(\$[A-Za-z_]\w*)|(\b\d+(?:\.\d+)?\b)|([A-Za-z_]\w*)|(\s+|.)/gy;
const KINDS = ["", "note", "text", "slot", "number"];

export default function (component) {
  const { parentElement } = component;
  if (!boxes.has(parentElement)) boxes.set(parentElement, makeBox(parentElement));
  boxes.get(parentElement).update(component);
}

function makeBox(root) {
  const [typed, shown, gutter, told] = [".typed", ".shown", ".gutter", ".told"].map((name) => root.querySelector(name));
  let component;
  let begun = null; // the text that the server last put here
  let verdict = null; // what the server says of `verdict.text`
  let timer;

  function draw() {
    const bad = verdict && verdict.text === typed.value ? verdict.line : null;
    shown.replaceChildren(...coloured(typed.value, bad, bad && verdict.column), "\n");
    const lines = typed.value.split("\n").length;
    gutter.replaceChildren(
      ...Array.from({ length: lines }, (_, at) => {
        const number = document.createElement("div");
        number.textContent = String(at + 1);
        if (at + 1 === bad) number.className = "bad";
        return number;
      }),
    );
  }

  function coloured(text, line, column) {
    const wrongAt = line ? offset(text, line, column || 1) : -1;
    const parts = [];
    PIECES.lastIndex = 0;
    for (let found = PIECES.exec(text); found; found = PIECES.exec(text)) {
      const group = found.findIndex((part, at) => at > 0 && part !== undefined);
      const part = document.createElement("span");
      const kind = group < 5 ? KINDS[group] : group === 5 && WORDS.has(found[0].toLowerCase()) ? "word" : "";
      const wrong = wrongAt >= found.index && wrongAt < found.index + found[0].length && found[0].trim();
      part.className = [kind, wrong ? "wrong" : ""].join(" ").trim();
      part.textContent = found[0];
      parts.push(part);
    }
    return parts;
  }

  function offset(text, line, column) {
    return text.split("\n").slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  }

  function send() {
    clearTimeout(timer);
    component.setStateValue("text", typed.value);
  }

  function changed() {
    draw();
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  }

  function indent(event) {
    // Tab writes blanks; with Esc before it the focus goes on, so that nobody is caught here.
    if (event.key === "Escape") { typed.dataset.leaving = "1"; return; }
    if (event.key === "Tab" && !event.shiftKey && !typed.dataset.leaving) {
      event.preventDefault();
      typed.setRangeText("  ", typed.selectionStart, typed.selectionEnd, "end");
      changed();
    }
    delete typed.dataset.leaving;
  }

  typed.addEventListener("input", changed);
  typed.addEventListener("keydown", indent);
  typed.addEventListener("blur", send);

  return {
    update(next) {
      component = next;
      const { data } = next;
      typed.setAttribute("aria-label", data.label);
      typed.closest(".code").style.visibility = "visible"; // Not before it has a name.
      if (data.begin !== begun) {
        begun = data.begin;
        typed.value = begun;
      }
      verdict = data.verdict;
      draw();
      const current = verdict && verdict.text === typed.value;
      told.textContent = current ? verdict.said : "";
      told.className = `told ${current ? (verdict.good ? "good" : "bad") : ""}`;
    },
  };
}
