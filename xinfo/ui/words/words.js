// Puts Streamlit's own words into the language of the page: the names of its buttons for screen readers, what its
// fields say while they are empty. Words of people and of ours stay: only whole phrases of the list are changed.

const NAMES = ["aria-label", "aria-roledescription", "title", "placeholder", "alt"];
const TEXTS = [
  "a[href='#stMain']", "[data-testid=InputInstructions]", "[data-testid=stFileUploaderDropzoneInstructions] span",
  "[data-testid=stTooltipContent] p", "[role=listbox] li", "[data-testid=stDataFrameColumnMenu] div",
].join(",");
const NAMED = NAMES.map((name) => `[${name}]`).join(",");
const MOST = 5000; // phrases that are remembered
let rules = [];
let known = new Map();
let watching = false;

export default function ({ data }) {
  rules = data.phrases.map(([from, to]) => [pattern(from), to]);
  known = new Map();
  put(document.body);
  if (watching) return;
  watching = true;
  new MutationObserver((changes) => changes.forEach(changed)).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES,
  });
}

function changed({ type, target, addedNodes, attributeName }) {
  if (type === "attributes") putName(target, attributeName);
  else if (type === "characterData") around(target);
  else addedNodes.forEach((node) => (node.nodeType === Node.ELEMENT_NODE ? put(node) : around(node)));
}

function pattern(phrase) {
  const parts = phrase.split("{}").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("(.+)")}$`, "s");
}

function put(top) {
  for (const one of [top, ...top.querySelectorAll(NAMED)]) NAMES.forEach((name) => putName(one, name));
  for (const one of [top, ...top.querySelectorAll(TEXTS)]) if (one.matches(TEXTS)) putText(one);
}

function around(text) {
  if (text.parentElement?.matches(TEXTS)) putText(text.parentElement);
}

function putName(one, name) {
  const now = one.getAttribute(name);
  const said = now && inOwnWords(now);
  if (said && said !== now) one.setAttribute(name, said);
}

function putText(one) {
  for (const node of one.childNodes) {
    const said = node.nodeType === Node.TEXT_NODE && inOwnWords(node.data);
    if (said && said !== node.data) node.data = said;
  }
}

function inOwnWords(phrase) {
  if (known.size > MOST) known.clear();
  if (!known.has(phrase)) known.set(phrase, looked(phrase));
  return known.get(phrase);
}

function looked(phrase) {
  for (const [from, to] of rules) {
    const found = from.exec(phrase);
    if (found) return to.replace("{}", () => found[1] ?? "");
  }
  return null;
}
