// Puts Streamlit's own words into the language of the page: the names of its buttons for screen readers, what its
// fields say while they are empty. Words of people and of ours stay: only whole phrases of the list are changed.

const NAMES = ["aria-label", "title", "placeholder", "alt"];
const TEXTS = [
  "a[href='#stMain']", "[data-testid=InputInstructions]", "[data-testid=stFileUploaderDropzoneInstructions] span",
  "[data-testid=stTooltipContent] p", "[role=listbox] li", "[data-testid=stDataFrameColumnMenu] div",
].join(",");
let rules = [];
let watching = false;

export default function ({ data }) {
  rules = data.phrases.map(([from, to]) => [pattern(from), to]);
  put(document.body);
  if (watching) return;
  watching = true;
  new MutationObserver((changes) => changes.forEach(({ target }) => put(target))).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES,
  });
}

function pattern(phrase) {
  const parts = phrase.split("{}").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("(.+)")}$`, "s");
}

function put(node) {
  const top = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  if (!top) return;
  const named = NAMES.map((name) => `[${name}]`).join(",");
  for (const one of [top, ...top.querySelectorAll(named)]) NAMES.forEach((name) => putName(one, name));
  const around = top.closest(TEXTS);
  for (const one of [...(around ? [around] : []), ...top.querySelectorAll(TEXTS)]) putText(one);
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
  for (const [from, to] of rules) {
    const found = from.exec(phrase);
    if (found) return to.replace("{}", found[1] ?? "");
  }
  return null;
}
