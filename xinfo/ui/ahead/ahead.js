// Takes in what answers are drawn with while a page rests, and draws a small chart out of sight: the first drawing of
// a page is the slow one. Whatever fails here is fetched when it is needed.

const REST = 1000; // milliseconds that a new page has for itself
const VALUES = [1, 2, 3].map((at) => ({ at: String(at), value: at, said: `${at}` }));
const SAMPLE = {
  data: { values: VALUES },
  width: 300,
  encoding: {
    x: { field: "at", type: "nominal", axis: { labelAngle: 0, title: null } },
    y: { field: "value", type: "quantitative" },
    color: { field: "at", type: "nominal" },
    tooltip: [{ field: "said", type: "nominal" }],
  },
  layer: ["bar", "line", { type: "point", filled: true }, "text"].map((mark) => ({ mark })),
};
let begun = false;

export default function ({ data }) {
  if (begun) return;
  begun = true;
  setTimeout(takeIn, REST, data.scripts, data.charts);
}

// One at a time and only while nothing else is to be done: typing goes before.
async function takeIn(scripts, charts) {
  try {
    for (const script of scripts) await atRest(() => import(beside(script)));
    const [load] = Object.values(await import(beside(charts)));
    await atRest(async () => draw(await load()));
  } catch { /* It was only meant to spare time. */ }
}

async function draw({ embed, expressionInterpreter }) {
  const options = { ast: true, expr: expressionInterpreter, renderer: "svg", actions: false };
  (await embed(document.createElement("div"), SAMPLE, options)).finalize();
}

function atRest(work) {
  return new Promise((done) => requestIdleCallback(done)).then(work);
}

function beside(script) {
  return new URL(script, document.querySelector("script[type=module][src]").src);
}
