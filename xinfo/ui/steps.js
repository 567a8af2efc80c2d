// Each question and each page is a step of the browser's history; settings are none, and go along.

export default function ({ data }) {
  if (history.steps) return;
  history.steps = true;
  const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
  let settings = held(location.href);
  let acted = true; // whether somebody did something since the last step; before this looked, it may be
  let returned = false; // whether all that was done last is to go back or forward

  ["pointerdown", "keydown"].forEach((kind) => addEventListener(kind, () => { acted = true; returned = false; }, true));
  history.pushState = (state, title, url) => {
    // What was begun on a page that somebody has left writes its address late.
    const where = returned ? withSettings(location.href, held(url)) : url;
    const step = acted && place(where) !== place(location.href);
    if (step) acted = false;
    (step ? push : replace)(state, title, where);
    settings = held(location.href);
  };
  history.replaceState = (state, title, url) => {
    replace(state, title, url);
    settings = held(location.href);
  };
  addEventListener("popstate", () => {
    acted = false;
    returned = true;
    replace(history.state, "", withSettings(location.href, settings));
  }, true); // Before Streamlit looks at the address.

  function held(address) {
    const all = [...new URL(address, location.href).searchParams];
    return all.filter(([name]) => data.settings.includes(name)).sort();
  }

  function withSettings(address, values) {
    const url = without(address);
    values.forEach(([name, value]) => url.searchParams.set(name, value));
    return url;
  }

  function without(address) {
    const url = new URL(address, location.href);
    data.settings.forEach((name) => url.searchParams.delete(name));
    return url;
  }

  function place(address) {
    const { pathname, searchParams } = without(address);
    return `${pathname}?${searchParams}`;
  }
}
