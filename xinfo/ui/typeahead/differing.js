// Which part of a proposal is not typed yet: its words, or Chinese characters, that what is typed does not hold.

const PARTS = /[\p{L}\p{N}]+|./gsu;
const HAN = /\p{Script=Han}/u;

function parts(text) {
  return (text.match(PARTS) ?? []).flatMap((part) => (HAN.test(part) ? [...part] : [part]));
}

// [text, whether it is new] in order; nothing is new where nothing is shared, as with pinyin.
function differing(option, typed) {
  const [said, held] = [parts(option), parts(typed.trimEnd()).filter((part) => part.trim())];
  const matched = common(said, held);
  const pieces = [];
  const add = (text, isNew) => {
    const last = pieces.at(-1);
    if (last && last[1] === isNew) last[0] += text;
    else if (text) pieces.push([text, isNew]);
  };
  said.forEach((part, at) => {
    const shared = matched.get(at) ?? 0;
    add(part.slice(0, shared), false);
    add(part.slice(shared), part.trim() ? true : pieces.at(-1)?.[1] ?? false);
  });
  return matched.size ? pieces : [[option, false]];
}

// For each part of `said` how many of its letters are typed, by the longest common row of parts.
function common(said, held) {
  const long = Array.from({ length: said.length + 1 }, () => new Array(held.length + 1).fill(0));
  const same = (a, b) => {
    const [one, other] = [said[a].toLowerCase(), held[b].toLowerCase()];
    return one === other || (b === held.length - 1 && one.startsWith(other));
  };
  for (let a = said.length - 1; a >= 0; a--) {
    for (let b = held.length - 1; b >= 0; b--) {
      long[a][b] = same(a, b) ? long[a + 1][b + 1] + 1 : Math.max(long[a + 1][b], long[a][b + 1]);
    }
  }
  const matched = new Map();
  for (let a = 0, b = 0; a < said.length && b < held.length;) {
    if (same(a, b) && long[a][b] === long[a + 1][b + 1] + 1) matched.set(a++, held[b++].length);
    else if (long[a + 1][b] >= long[a][b + 1]) a++;
    else b++;
  }
  return matched;
}
