// What can be seen of a page: its controls, where they stand, all that may change. Knows none of them by name.

const KINDS = [
  ["file", "input[type=file]"], ["option", "[role=option], [role=menuitemradio], [role=menuitem]"],
  ["tick", "input[type=checkbox]"], ["pick", "input[type=radio]"], ["slide", "[role=slider]"],
  ["number", "input[type=number]"], ["date", "[data-testid=stDateInput] input"],
  ["text", "input:not([type]), input[type=text], input[type=search], input[type=password], textarea"],
  ["tab", "[role=tab]"], ["link", "a[href]"], ["press", "button, summary, [role=button]"],
];
const UNSEEN = "[aria-hidden=true], [inert], [data-testid=stSidebar]:is([aria-expanded=false], [data-collapsed=true])";
const TIPS = "[role=tooltip], [data-testid=stTooltipContent], #vg-tooltip-element"; // They come and go with the pointer.
const CHOICE = "[aria-checked], [aria-pressed], [data-selected]";
const DRAWN = "[data-testid=stIconMaterial], svg, script, style, option";
const PATIENCE = 60000; // Milliseconds that the app may be at work, where the machine has more to do.
const ANSWERED = 2000; // Within which a server says that it has begun.
const QUIET = 120; // Without a change, after which names are translated and all is in place.
const RESTLESS = 3000; // After which what changes all the time is waited for no longer.

// The page and what components keep to themselves.
function roots(root = document) {
  const hosts = [...root.querySelectorAll("*")].filter((one) => one.shadowRoot);
  return [root, ...hosts.flatMap((one) => roots(one.shadowRoot))];
}

let parts; // Of the page as it is looked at now.

function all(selector) {
  parts ??= roots();
  return parts.flatMap((root) => [...root.querySelectorAll(selector)]);
}

function above(one) {
  return one.parentElement ?? one.parentNode?.host ?? null;
}

function within(one, selector) {
  for (let each = one; each; each = above(each)) if (each.matches(selector)) return each;
  return null;
}

function usable(kind, one) {
  const shown = ["tick", "pick", "file"].includes(kind) ? one.closest("label, section, div") : one;
  const box = shown.getBoundingClientRect();
  if (one.disabled || !box.width || !box.height || !shown.checkVisibility({ visibilityProperty: true })) return false;
  return !forReadersAlone(one) && !within(one, UNSEEN);
}

function forReadersAlone(one) {
  return getComputedStyle(above(one)).clipPath === "inset(50%)";
}

// What the page tells its server, when anything last came of that, and how often the keyboard went to something, from
// the first time that this is asked.
function wire() {
  if (window.wire) return window.wire;
  const told = (window.wire = { sent: 0, unanswered: 0, moved: performance.now(), focused: 0 }), send = WebSocket.prototype.send;
  const sockets = new WeakSet(), moved = () => (told.moved = performance.now());
  WebSocket.prototype.send = function (...said) {
    if (!sockets.has(this)) this.addEventListener("message", () => (told.unanswered = 0) || moved());
    sockets.add(this);
    told.sent += 1;
    told.unanswered = moved();
    return send.apply(this, said);
  };
  document.addEventListener("focusin", () => (told.focused += 1), true);
  new MutationObserver(moved).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  return told;
}

// Tells what was said to the server so far, by this load of the page.
function sent() {
  return [performance.timeOrigin, wire().sent];
}

// Until the app has drawn everything and nothing moves; whether it came to that.
async function rest() {
  const begun = performance.now(), since = (when) => performance.now() - when;
  while (since(begun) < PATIENCE) {
    const told = wire(), waits = told.unanswered && since(told.unanswered) < ANSWERED;
    const still = since(told.moved) > QUIET && !document.getAnimations().some(running) && (await idle());
    if (!waits && drawnWhole() && (still || since(begun) > RESTLESS)) return true;
    await new Promise((go) => setTimeout(go, 25));
  }
  return false;
}

// Whether the browser has nothing left to do: what it was told is drawn piece by piece, long after the server is done.
async function idle() {
  const before = wire().moved;
  for (let times = 0; times < 3; times += 1) await scheduler.postTask(() => {}, { priority: "background" });
  return wire().moved === before;
}

function running(one) {
  return one.playState === "running" && one.effect.getComputedTiming().iterations !== Infinity;
}

function drawnWhole() {
  const apps = [...document.querySelectorAll("[data-testid=stApp]")];
  return apps.some((one) => one.dataset.testScriptState === "notRunning")
    && !document.querySelector("[data-stale=true], [data-testid=stSkeleton]");
}

// Every control that is on the page and can be used; each is marked so that it is found again.
function controls() {
  const seen = new Set(), same = {}, widgets = {};
  const found = KINDS.flatMap(([kind, selector]) => all(selector).filter((one) => {
    const fresh = !seen.has(one) && usable(kind, one);
    if (fresh) seen.add(one);
    return fresh;
  }).map((one) => {
    const { key, name } = called(one), which = `${kind}|${key}|${name}`, widget = `${kind}|${key}`;
    same[which] = (same[which] ?? -1) + 1;
    widgets[widget] = (widgets[widget] ?? -1) + 1;
    const mark = `${which}|${same[which]}`;
    if (one.dataset.control !== mark) one.dataset.control = mark;
    return { kind, key, name, nth: widgets[widget], mark, choice: one.matches(CHOICE) };
  }));
  for (const one of all("[data-control]")) if (!seen.has(one)) delete one.dataset.control;
  return found;
}

function called(one) {
  const keyed = within(one, "[class*=st-key-]");
  const key = keyed ? [...keyed.classList].find((name) => name.startsWith("st-key-")).slice(7) : "";
  const label = one.labels?.[0]?.innerText;
  const said = one.getAttribute("aria-label") || label || one.innerText || one.placeholder || one.title || "";
  return { key, name: said.trim().replace(/\s+/g, " ").slice(0, 80) };
}

// Where the keyboard is, and all else that may change where a control does something.
function looks() {
  const opened = ["ariaExpanded", "ariaSelected", "ariaPressed", "ariaChecked", "open"];
  const stands = "[aria-expanded], [aria-selected], [aria-pressed], [aria-checked], details";
  return [keyboard(), wire().focused, JSON.stringify([
    location.href, said(), all("input, textarea").filter(shown).map((one) => [one.value, one.checked]),
    all(stands).filter(shown).map((one) => opened.map((name) => one[name])),
    sizes(),
  ])];
}

function shown(one) {
  return one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}

function sizes() {
  const tips = all(TIPS), around = new Set(tips);
  for (const tip of tips) for (let each = tip; each; each = above(each)) around.add(each);
  const rest = all("*").filter((one) => !around.has(one) && !tips.some((tip) => tip.contains(one)) && shown(one));
  return rest.map(size).filter((one) => one !== "0x0").join(" ");
}

// Where something stands changes when the page scrolls to what is used.
function size(one) {
  const box = one.getBoundingClientRect();
  return `${Math.round(box.width)}x${Math.round(box.height)}`;
}

function keyboard() {
  let one = document.activeElement;
  while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  return one === document.body ? "" : one.dataset.control || one.outerHTML.slice(0, 200);
}

function said() {
  const tips = all(TIPS);
  for (const one of tips) one.style.display = "none";
  const within = roots().slice(1).flatMap((root) => [...root.children]).filter(shown);
  const text = [document.body, ...within].map((one) => one.innerText);
  for (const one of tips) one.style.display = "";
  return text;
}

// Controls and text of which a part is not to be seen, beside the window or beyond what clips them.
function outOfPlace() {
  const slack = (one) => parseFloat(getComputedStyle(one).fontSize) * 0.4; // Text is a little higher than its line.
  const words = texts().map(([said, one, box]) => [cut(box, one, slack(one)), said.slice(0, 60)]);
  const used = all("[data-control]").filter((one) => drawn(one) && one.type !== "file").map((one) => {
    const box = one.getBoundingClientRect();
    return [cut(box, above(one), box.height / 2) && "off the screen", one.dataset.control];
  });
  return [...new Set([...words, ...used].filter(([fault]) => fault).map((told) => told.join(": ")))];
}

function texts() {
  return roots().flatMap((root) => {
    const found = [], range = document.createRange();
    const walker = document.createTreeWalker(root === document ? document.body : root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const said = walker.currentNode.data.trim(), one = above(walker.currentNode);
      if (!said || !drawn(one) || within(one, DRAWN)) continue;
      range.selectNodeContents(walker.currentNode);
      found.push([said, one, range.getBoundingClientRect()]);
    }
    return found;
  });
}

function drawn(one) {
  const box = one.getBoundingClientRect();
  return shown(one) && box.width > 2 && !within(one, UNSEEN) && !forReadersAlone(one);
}

function cut(box, from, slack) {
  let across = true, down = true; // Whether nothing around it scrolls there.
  for (let one = from; one && one !== document.body; one = above(one)) {
    const style = getComputedStyle(one), edge = one.getBoundingClientRect();
    if (edge.width < 3 && style.position === "absolute") return ""; // For screen readers alone.
    if (/auto|scroll/.test(style.overflowX) && one.scrollWidth > one.clientWidth) across = false;
    if (/auto|scroll/.test(style.overflowY) && one.scrollHeight > one.clientHeight) down = false;
    const clips = style.textOverflow !== "ellipsis" && style.webkitLineClamp === "none"; // Those say that they do.
    const beside = Math.max(box.right - edge.right, edge.left - box.left);
    const beyond = Math.max(box.bottom - edge.bottom, edge.top - box.top);
    if (across && clips && /hidden|clip/.test(style.overflowX) && beside > 2) return "cut off";
    if (down && clips && /hidden|clip/.test(style.overflowY) && beyond > slack) return "cut off";
    if (style.position === "fixed") break;
  }
  return across && Math.max(box.right - innerWidth, -box.left) > 2 ? "off the screen" : "";
}
