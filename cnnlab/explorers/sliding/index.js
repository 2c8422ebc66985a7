// One function slides over another.
import { addCheckbox, addNumber, addPlay, addReveal, addSelect, addSequence, bigStars, drawAxes, fill, keepDrawing, makeFrame, makePanel, moveOnPlot, pathOf, svg } from "../kit/frame.js";
import { MINUS, clamp, fixed, plain } from "../kit/numbers.js";

// --- The functions. Each is smooth on its support and zero outside. ---
const box = () => ({ value: (x) => (Math.abs(x) <= 0.5 ? 1 : 0), support: [-0.5, 0.5], peak: 1, even: true });
const gaussian = (sigma) => ({
  value: (x) => Math.exp(-x * x / (2 * sigma * sigma)) / (sigma * Math.sqrt(2 * Math.PI)),
  support: [-8 * sigma, 8 * sigma], peak: 1 / (sigma * Math.sqrt(2 * Math.PI)), even: true,
});
const decay = () => ({ value: (x) => (x >= 0 ? Math.exp(-x) : 0), support: [0, 40], peak: 1, even: false });

const PAIRS = {
  "two boxes": () => [box(), box()],
  "two Gaussians": (sigma_f, sigma_g) => [gaussian(sigma_f), gaussian(sigma_g)],
  "box and Gaussian": (sigma_f, sigma_g) => [box(), gaussian(sigma_g)],
  "box and decay": () => [box(), decay()],
};
const SEQUENCES = "two sequences";
const WINDOW = [-4, 4];

// Where g(t - tau) (flipped) or g(tau - t) is not zero.
const movedSupport = ([low, high], t, flip) => (flip ? [t - high, t - low] : [t + low, t + high]);

// The area under f times the moved g: 400 strips, each with the product's height at its middle.
function overlap(f, g, t, flip) {
  const moved = movedSupport(g.support, t, flip);
  const low = Math.max(f.support[0], moved[0]), high = Math.min(f.support[1], moved[1]);
  if (high <= low) return 0;
  const strip = (high - low) / 400;
  let sum = 0;
  for (let i = 0; i < 400; i++) {
    const tau = low + (i + 0.5) * strip;
    sum += f.value(tau) * g.value(flip ? t - tau : tau - t);
  }
  return sum * strip;
}

export const areaOf = (pair, sigma_f, sigma_g, t, flip) => overlap(...PAIRS[pair](sigma_f, sigma_g), t, flip);

// Points of a curve over a window, with both sides of every jump.
function trace(value, window, jumps) {
  const xs = Array.from({ length: 321 }, (_, i) => window[0] + (window[1] - window[0]) * i / 320);
  const sides = jumps.flatMap((x) => [x - 1e-6, x + 1e-6]);
  return [...xs, ...sides].filter((x) => x >= window[0] && x <= window[1]).sort((a, b) => a - b).map((x) => [x, value(x)]);
}

function variance(points) {
  const total = points.reduce((sum, [, y]) => sum + y, 0);
  const mean = points.reduce((sum, [x, y]) => sum + x * y, 0) / total;
  return points.reduce((sum, [x, y]) => sum + (x - mean) ** 2 * y, 0) / total;
}

// --- The discrete pair. Result number t sums f[k] g[t - k] (flipped) or f[k] g[k - t]. ---
function terms(f, g, t, flip) {
  const pairs = f.map((value, k) => [k, flip ? t - k : k - t, value]);
  return pairs.filter(([, j]) => j >= 0 && j < g.length).map(([k, j, value]) => ({ k, j, f: value, g: g[j], product: value * g[j] }));
}
const total = (list) => Number(list.reduce((sum, term) => sum + term.product, 0).toPrecision(12));
export const sumAt = (f, g, t, flip) => total(terms(f, g, t, flip));
export const shiftsOf = (f, g, flip) => ({
  min: flip ? 0 : 1 - g.length, max: f.length - 1 + (flip ? g.length - 1 : 0), step: 1, wait: 900,
});

// --- What the reader sees in both kinds. ---
const operation = (flip) => (flip ? "Convolution" : "Cross-correlation");
const moves = (flip) => (flip ? "g is flipped, then shifted by t" : "g is shifted by t, not flipped");
const movedName = (flip, open = "(", close = ")") => (flip ? `g${open}t ${MINUS} τ${close}` : `g${open}τ ${MINUS} t${close}`);
const resultName = (flip, at = "(t)") => `(f ${flip ? "*" : "⋆"} g)${at}`;
// Before the end is reached, only what the reader has traced is shown.
const tracedWords = ({ visited: [first, last] }) => (first === last ? "Nothing traced yet" : `Traced: t from ${plain(first)} to ${plain(last)}`)
  + ". Move t to the end for the whole result.";
const bracketed = (value) => (value < 0 ? `(${plain(value)})` : plain(value));

function render({ model, el }) {
  const discrete = () => model.get("pair") === SEQUENCES;
  const range = (pair = model.get("pair")) =>
    (pair === SEQUENCES ? shiftsOf(model.get("f"), model.get("g"), model.get("flip")) : { ...frame.limits.t, wait: 50 });
  const inRange = (t, { min, max, step }) => clamp(step === 1 ? Math.round(t) : t, min, max);
  const shift = () => inRange(model.get("t"), range());
  const complete = () => model.get("visited")[1] >= range().max - 1e-9;
  const startAt = (t) => ({ t, visited: [t, t] });
  const has = (...pairs) => () => pairs.includes(model.get("pair"));

  const frame = makeFrame({
    model, el, name: "Sliding explorer",
    plotLabel: "Picture. The left and right arrow keys move the shift t.",
    hint: "Move g with the slider, the arrow keys, or by dragging the picture.",
  });
  frame.follow = ({ t, ...rest }) => {
    if (t === undefined) return rest;
    const [first, last] = rest.visited ?? model.get("visited");
    return { visited: [Math.min(first, t), Math.max(last, t)], t, ...rest };
  };
  addSelect(frame, { trait: "pair", label: "Pair",
    change: (pair) => ({ pair, ...startAt(range(pair).min) }) });
  addNumber(frame, { trait: "t", label: "Shift t", range, get: shift });
  addPlay(frame, { trait: "t", range, get: shift });
  addReveal(frame, { complete, show: () => ({ visited: [range().min, range().max] }), restart: () => startAt(range().min) });
  addCheckbox(frame, { trait: "flip", label: "Flip g",
    change: (flip) => ({ flip, ...startAt(discrete() ? shiftsOf(model.get("f"), model.get("g"), flip).min : shift()) }) });
  addNumber(frame, { trait: "sigma_f", label: "σ of f", shown: has("two Gaussians") });
  addNumber(frame, { trait: "sigma_g", label: "σ of g", shown: has("two Gaussians", "box and Gaussian") });
  for (const trait of ["f", "g"]) {
    addSequence(frame, { trait, label: trait, shown: discrete, change: (values) => {
      const both = { f: model.get("f"), g: model.get("g"), [trait]: values };
      return { [trait]: values, ...startAt(shiftsOf(both.f, both.g, model.get("flip")).min) };
    } });
  }

  let panelInUse = null;
  moveOnPlot(frame, { trait: "t", range, get: shift, at: (pixel) => panelInUse.at(pixel) });
  const hatch = `hatch-${Math.random().toString(36).slice(2)}`;
  return keepDrawing(frame, (width) => {
    const view = { frame, width, hatch, t: shift(), flip: model.get("flip"), left: 58, right: width - 30,
      visited: model.get("visited"), complete: complete() };
    panelInUse = discrete() ? drawSequences(view, model.get("f"), model.get("g"), range())
      : drawFunctions(view, ...PAIRS[model.get("pair")](model.get("sigma_f"), model.get("sigma_g")), model.get("pair"));
  });
}

function paint({ frame, width, hatch }, height, label, ...nodes) {
  const stripes = svg("pattern", { id: hatch, width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { width: 8, height: 8, fill: "var(--three)", "fill-opacity": 0.25 }),
    svg("line", { x1: 0, x2: 0, y1: 0, y2: 8, stroke: "var(--three)", "stroke-width": 4 }));
  fill(frame.picture, { viewBox: `0 0 ${width} ${height}`, height, "aria-label": label }, []);
  frame.picture.replaceChildren(svg("defs", {}, stripes), ...nodes);
}

const heading = (view, y, words) => svg("text", { class: "heading", x: 4, y }, ...bigStars(words, (star) => svg("tspan", { class: "star" }, star)));
const fStyle = { fill: "none", stroke: "var(--one)", "stroke-width": 3 };
const gStyle = { fill: "none", stroke: "var(--two)", "stroke-width": 3, "stroke-dasharray": "9 5" };
const doneStyle = { fill: "none", stroke: "var(--three)", "stroke-width": 3.5 };
const aheadStyle = { fill: "none", stroke: "var(--soft)", "stroke-width": 1.5, "stroke-dasharray": "2 4" };

// A name beside a sample of its line, centred at x but kept inside the picture.
function nameTag(view, x, y, words, style) {
  const half = (words.length * 9 + 40) / 2;
  const centre = clamp(x, view.left + half, view.right - half);
  return svg("g", {}, svg("line", { ...style, x1: centre - half, x2: centre - half + 32, y1: y - 5, y2: y - 5 }),
    svg("text", { x: centre - half + 40, y }, words));
}

const guide = (x, y1, y2) => svg("line", { x1: x, x2: x, y1, y2, stroke: "var(--ink)", "stroke-width": 1.2, "stroke-dasharray": "1 4" });

function drawFunctions(view, f, g, pair) {
  const { t, flip, left, right } = view;
  const value = overlap(f, g, t, flip);
  const moved = (tau) => g.value(flip ? t - tau : tau - t);
  const gSupport = movedSupport(g.support, t, flip);
  const result = trace((shift) => overlap(f, g, shift, flip), WINDOW, []);
  const highest = result.reduce((best, point) => (point[1] > best[1] ? point : best));
  const upper = makePanel({ left, right, top: 84, bottom: 232, x: WINDOW, y: [0, 1.05 * Math.max(f.peak, g.peak)] });
  const lower = makePanel({ left, right, top: 310, bottom: 436, x: WINDOW, y: [0, 1.12 * highest[1]] });
  const common = [Math.max(f.support[0], gSupport[0], WINDOW[0]), Math.min(f.support[1], gSupport[1], WINDOW[1])];
  const inside = trace((tau) => f.value(tau) * moved(tau), common, []);
  const shaded = common[1] > common[0] ? [[common[0], 0], ...inside, [common[1], 0]] : [];
  const [first, last] = view.complete ? WINDOW : view.visited;
  const traced = [...result, [first, overlap(f, g, first, flip)], [last, overlap(f, g, last, flip)]]
    .filter(([x]) => x >= first && x <= last).sort((a, b) => a[0] - b[0]);
  const done = [...traced.filter(([x]) => x < t), [t, value]];
  const X = upper.X(t), numberOnLeft = X > right - 90;

  paint(view, 464,
    `Upper picture: f stays, ${movedName(flip)} stands at t = ${fixed(t, 2)}, their product has area ${fixed(value, 3)}. ` +
    `Lower picture: ${resultName(flip)}` + (view.complete ? `; its highest value is ${fixed(highest[1], 3)} at t = ${fixed(highest[0], 2)}.`
      : `, traced from t = ${fixed(first, 2)} to ${fixed(last, 2)}.`),
    heading(view, 18, `f stays, ${movedName(flip)} slides; shaded: their product`), drawAxes(upper, { name: "τ" }),
    ...(shaded.length ? [svg("path", { d: pathOf(upper, shaded) + "Z", fill: `url(#${view.hatch})`, stroke: "var(--three)" })] : []),
    svg("path", { ...fStyle, d: pathOf(upper, trace(f.value, WINDOW, f.support)) }),
    svg("path", { ...gStyle, d: pathOf(upper, trace(moved, WINDOW, gSupport)) }),
    nameTag(view, upper.X((f.support[0] + f.support[1]) / 2), 48, "f(τ)", fStyle), nameTag(view, X, 74, movedName(flip), gStyle),
    heading(view, 292, `${operation(flip)} ${resultName(flip)}: the shaded area`), drawAxes(lower, { name: "t" }),
    guide(X, 84, 232), guide(X, 304, 436), svg("path", { ...aheadStyle, d: pathOf(lower, traced) }), svg("path", { ...doneStyle, d: pathOf(lower, done) }),
    svg("circle", { class: "current", "data-value": value, cx: X, cy: lower.Y(value), r: 7, fill: "var(--surface)", stroke: "var(--ink)", "stroke-width": 3 }),
    svg("text", { x: X + (numberOnLeft ? -14 : 14), y: lower.Y(value) - 8, "text-anchor": numberOnLeft ? "end" : "start", style: "font-weight: 600" }, fixed(value, 3)));

  const at = `(${fixed(t, 2)})`;
  view.frame.say([
    `${operation(flip)}, t = ${fixed(t, 2)}: ${moves(flip)}. ` +
      (value === 0 ? "f and g do not meet. " : value < 5e-4 ? "f and g hardly meet. " : "") + `The shaded product has area ${fixed(value, 3)} = ${resultName(flip, at)}.`,
    ...(view.complete ? [] : [tracedWords(view)]),
    ...(pair === "two Gaussians" && view.complete ? [gaussianSentence(f, g, flip)] : []),
    g.even ? "This g is its own mirror image, so flipping it changes nothing." : "This g is not its own mirror image: switch the flip and compare.",
  ]);
  return upper;
}

function gaussianSentence(f, g, flip) {
  const reach = [-12, 12];
  const [a, b, sum] = [f.value, g.value, (t) => overlap(f, g, t, flip)].map((value) => fixed(variance(trace(value, reach, [])), 3));
  return `Variances, measured from the curves: f ${a}, g ${b}, result ${sum}. They add up.`;
}

const stem = (panel, x, y, style) => svg("line", { ...style, x1: x, x2: x, y1: panel.Y(0), y2: panel.Y(y) });
// A range around values and 0, with a share of it left free at both ends for the numbers.
const around = (values, share) => {
  const low = Math.min(0, ...values), high = Math.max(0, ...values), room = (high - low || 1) * share;
  return [low - room, high + room];
};

function drawSequences(view, f, g, { min, max }) {
  const { t, flip, left, right } = view;
  const list = terms(f, g, t, flip);
  const value = total(list);
  const shifts = Array.from({ length: max - min + 1 }, (_, i) => min + i);
  const result = shifts.map((shift) => sumAt(f, g, shift, flip));
  const x = [-g.length + 0.4, f.length + g.length - 1.4];
  const upper = makePanel({ left, right, top: 84, bottom: 204, x, y: around([...f, ...g], 0.16) });
  const middle = makePanel({ left, right, top: 268, bottom: 358, x, y: around(list.map((term) => term.product), 0.4) });
  const lower = makePanel({ left, right, top: 424, bottom: 540, x, y: around(result, 0.4) });
  const gap = upper.X(1) - upper.X(0), aside = Math.min(9, gap / 5);
  const square = (cx, cy) => svg("rect", { x: cx - 6, y: cy - 6, width: 12, height: 12, fill: "var(--surface)", stroke: "var(--two)", "stroke-width": 3 });
  const number = (panel, place, height, away = 6, style = "") => svg("text",
    { x: panel.X(place), y: panel.Y(height) + (height < 0 ? away + 13 : -away), "text-anchor": "middle", style }, plain(height, 3));

  const fixedStems = f.flatMap((height, k) => [stem(upper, upper.X(k) - aside, height, fStyle),
    svg("circle", { cx: upper.X(k) - aside, cy: upper.Y(height), r: 7, fill: "var(--one)" })]);
  const movedStems = g.flatMap((height, j) => {
    const spot = upper.X(flip ? t - j : t + j) + aside;
    return [stem(upper, spot, height, gStyle), square(spot, upper.Y(height))];
  });
  const bars = list.flatMap(({ k, product }) => [svg("rect", { x: middle.X(k) - gap * 0.3, width: gap * 0.6, y: middle.Y(Math.max(product, 0)),
    height: Math.abs(middle.Y(product) - middle.Y(0)), fill: `url(#${view.hatch})`, stroke: "var(--three)" }), number(middle, k, product)]);
  const results = shifts.flatMap((shift, i) => {
    if (!view.complete && (shift < view.visited[0] || shift > view.visited[1])) return [];
    const done = shift <= t, spot = lower.X(shift), height = lower.Y(result[i]);
    const head = shift === t ? { class: "current", "data-value": value, r: 9, fill: "var(--three)", stroke: "var(--ink)", "stroke-width": 3 }
      : { r: done ? 7 : 5, fill: done ? "var(--three)" : "var(--surface)", stroke: done ? "var(--three)" : "var(--soft)", "stroke-width": 1.5 };
    return [stem(lower, spot, result[i], done ? doneStyle : aheadStyle), svg("circle", { cx: spot, cy: height, ...head }),
      ...(shift === t || (done && gap > 44) ? [number(lower, shift, result[i], 13, shift === t ? "font-weight: 600" : "")] : [])];
  });

  const name = resultName(flip, "[t]"), whole = result.map((entry) => plain(entry)).join(", ");
  paint(view, 568,
    `Upper picture: stems of f, and of ${movedName(flip, "[", "]")} at t = ${plain(t)}. Middle: their products. ` +
    `Lower picture: ${name}, now ${plain(value)}.`,
    heading(view, 18, `f stays, ${movedName(flip, "[", "]")} slides`), drawAxes(upper, { name: "τ", whole: true }), guide(upper.X(t), 84, 204), guide(upper.X(t), 424, 540),
    ...fixedStems, ...movedStems,
    nameTag(view, upper.X((f.length - 1) / 2), 48, "f[τ], discs", fStyle), nameTag(view, upper.X(t), 74, `${movedName(flip, "[", "]")}, squares`, gStyle),
    heading(view, 256, "Products where both are there"), drawAxes(middle, { name: "τ", whole: true }), ...bars,
    heading(view, 412, `${operation(flip)} ${name}: the sum of the products`), drawAxes(lower, { name: "t", whole: true }), ...results);

  view.frame.say([
    `${operation(flip)}, t = ${plain(t)}: ${moves(flip)}.`,
    [...new Set([resultName(flip, `[${plain(t)}]`), list.map(({ k, j }) => `f[${k}]·g[${j}]`).join(" + "),
      list.map((term) => `${bracketed(term.f)}·${bracketed(term.g)}`).join(" + "),
      list.map((term) => bracketed(term.product)).join(" + "), plain(value)])].join(" = "),
    view.complete ? `Whole result, t from ${plain(min)} to ${plain(max)}: ${whole}` : tracedWords(view),
  ]);
  return upper;
}

export default { render };
