// The button's behaviour. What is copied is there before it is pressed: a browser lets nobody copy later than the click.

const SHOWN = 2000; // milliseconds for which it says what came of it
const DRAWN = {
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  done: "M4 12l5 5L20 6",
  failed: "M6 6l12 12M18 6L6 18",
};
const buttons = new WeakMap();

export default function ({ parentElement, data }) {
  if (!buttons.has(parentElement)) buttons.set(parentElement, made(parentElement));
  buttons.get(parentElement)(data);
}

function made(root) {
  const [button, name, drawn] = [".copy", ".name", ".drawn"].map((part) => root.querySelector(part));
  let data;
  let timer;

  function show(icon, said) {
    drawn.setAttribute("d", DRAWN[icon]);
    name.textContent = said;
    button.classList.toggle("done", icon === "done");
  }

  button.addEventListener("click", async () => {
    const copied = await copy(data.text, data.html);
    show(copied ? "done" : "failed", copied ? data.done : data.failed);
    clearTimeout(timer);
    timer = setTimeout(() => show(data.icon, data.label), SHOWN);
  });

  return (next) => {
    data = next;
    button.title = data.hint;
    button.style.visibility = "visible"; // Not before it has a name.
    clearTimeout(timer);
    show(data.icon, data.label);
  };
}

async function copy(text, html) {
  try {
    const kinds = { "text/plain": text, ...(html ? { "text/html": html } : {}) };
    const parts = Object.entries(kinds).map(([kind, said]) => [kind, new Blob([said], { type: kind })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))]);
    return true;
  } catch {
    return byHand(text, html); // An address without https, or a browser that takes no such item.
  }
}

function byHand(text, html) {
  let taken = false;
  const take = (event) => {
    event.clipboardData.setData("text/plain", text);
    if (html) event.clipboardData.setData("text/html", html);
    event.preventDefault();
    taken = true;
  };
  document.addEventListener("copy", take, { once: true });
  const asked = document.execCommand("copy");
  document.removeEventListener("copy", take);
  return asked && taken;
}
