// Measured accuracies by examples a class: every seed at one number of examples, the whole curves, the training pictures.
import { LINES, chooseByClick, drawAxesAt, headAt, lineOf, markPlace } from "../kit/curves.js";
import { addControl, addNumber, html, keepDrawing, makeFrame, makePanel, onKeys, svg, ticks } from "../kit/frame.js";
import { clamp, fixed, plain } from "../kit/numbers.js";
import { readBytes } from "../kit/packed.js";
import { setPicture } from "../kit/steps.js";

const ROW = 54, TALL = 250, TOP = 46, SIDE = 24, IN_A_ROW = 5;
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const exactly = (value) => fixed(value, 1);

// --- The numbers. ---
export const rangeOf = (seeds) => (seeds.length ? { low: Math.min(...seeds), high: Math.max(...seeds), mean: mean(seeds) } : null);

// The pairs of arms whose ranges have a value in common; which is above the other, and in how many seeds.
export function overlapsOf(arms, place) {
  const measured = arms.filter(({ seeds }) => seeds[place].length);
  return measured.flatMap((one, i) => measured.slice(i + 1).flatMap((two) => {
    const [first, second] = [one, two].map(({ seeds }) => seeds[place]), [a, b] = [first, second].map(rangeOf);
    if (a.low > b.high || b.low > a.high) return [];
    const more = first.filter((value, seed) => value > second[seed]).length, less = first.filter((value, seed) => value < second[seed]).length;
    const [above, below] = more >= less ? [one, two] : [two, one];
    return [{ above: above.name, below: below.name, times: Math.max(more, less), equal: first.length - more - less }];
  }));
}

// --- What the reader sees. ---
const examplesWords = (count) => `${count} example${count === 1 ? "" : "s"}`;
const percent = (words) => `${words}\u00a0%`;
const upright = ({ X, top, bottom }, at) => svg("line", { class: "chance", x1: X(at), x2: X(at), y1: top - 6, y2: bottom, stroke: "var(--soft)", "stroke-width": 1.6, "stroke-dasharray": "4 4" });

// A row for each arm: its name, its range in words, and below them every seed.
function drawRows({ left, panel }, arms, place, chance) {
  const marks = ticks(...panel.x, (panel.right - panel.left) / 60).map((at) => [at, plain(at)]);
  const rows = arms.flatMap(({ name, seeds, style }, i) => {
    const y = panel.top + ROW * i, middle = y + 34, found = rangeOf(seeds[place]), paint = { stroke: LINES[style].stroke };
    const title = [headAt(left + 9, y + 8, style), svg("text", { class: "output", x: left + 24, y: y + 14 }, name)];
    const said = (words) => svg("text", { class: "output", x: panel.right, y: y + 14, "text-anchor": "end" }, words);
    if (!found) return [...title, said("not measured")];
    return [...title, said(`${exactly(found.low)} to ${percent(exactly(found.high))}`),
      svg("line", { class: "range", ...paint, x1: panel.X(found.low), x2: panel.X(found.high), y1: middle, y2: middle, "stroke-width": 4 }),
      ...seeds[place].map((value) => svg("circle", { class: "seed", "data-value": value, ...paint, cx: panel.X(value), cy: middle, r: 4.5, fill: "var(--surface)", "stroke-width": 2 })),
      headAt(panel.X(found.mean), middle, style, { class: "mean", "data-value": found.mean, fill: LINES[style].stroke })];
  });
  const lines = marks.map(([at]) => svg("line", { class: "grid", x1: panel.X(at), x2: panel.X(at), y1: panel.top - 6, y2: panel.bottom }));
  return [...lines, drawAxesAt(panel, { across: marks, upward: [], name: "test accuracy, %" }), upright(panel, chance), ...rows];
}

// All curves, dim; at the chosen place the ranges stand out, beside each other.
function drawCurves(panel, arms, counts, place, chance) {
  const upward = ticks(...panel.y, (panel.bottom - panel.top) / 34).map((at) => [at, plain(at)]), across = counts.map((count) => [Math.log10(count), String(count)]);
  const drawn = arms.flatMap(({ seeds, style }, i) => {
    const aside = 7 * (i - (arms.length - 1) / 2), found = seeds.map(rangeOf), paint = { stroke: LINES[style].stroke };
    const points = found.flatMap((range, at) => (range ? [[across[at][0], range.mean]] : []));
    const bars = found.flatMap((range, at) => (!range ? [] : [svg("line", { ...paint, x1: panel.X(across[at][0]) + aside, x2: panel.X(across[at][0]) + aside,
      y1: panel.Y(range.low), y2: panel.Y(range.high), "stroke-width": at === place ? 4 : 2, ...(at === place ? {} : { opacity: 0.45 }) })]));
    const now = found[place] ? [headAt(panel.X(across[place][0]) + aside, panel.Y(found[place].mean), style, { fill: LINES[style].stroke })] : [];
    return [...(points.length > 1 ? [svg("g", { opacity: 0.45 }, lineOf(panel, points, style, 2.5))] : []), ...bars, ...now];
  });
  const guess = [svg("line", { class: "chance", x1: panel.left, x2: panel.right, y1: panel.Y(chance), y2: panel.Y(chance), stroke: "var(--soft)", "stroke-width": 1.6, "stroke-dasharray": "4 4" }),
    svg("text", { class: "tick output", x: panel.left + 4, y: panel.Y(chance) - 6 }, "chance")];
  return [drawAxesAt(panel, { across, upward, name: "training examples a class" }), ...guess, ...markPlace(panel, across[place][0]), ...drawn];
}

// The first pictures of each class, five in a row, cut out of the sheet. Returns the nodes and the height used.
function drawPictures(sheet, top, width, classes, { examples, stored }) {
  const count = Math.min(examples, stored), lines = Math.ceil(Math.min(10, stored) / IN_A_ROW);
  const columns = clamp(Math.floor(width / 120), 1, classes.length), wide = width / columns, side = clamp(Math.floor((wide - 16) / IN_A_ROW), 12, 32);
  const high = 24 + side * lines + 12;
  const nodes = classes.flatMap((name, row) => {
    const x = wide * (row % columns) + 2, y = top + high * Math.floor(row / columns);
    const strips = Array.from({ length: Math.ceil(count / IN_A_ROW) }, (_, line) => {
      const some = Math.min(IN_A_ROW, count - IN_A_ROW * line);
      return svg("svg", { class: "strip", "data-value": some, x, y: y + 24 + side * line, width: side * some, height: side, viewBox: `${SIDE * IN_A_ROW * line} ${SIDE * row} ${SIDE * some} ${SIDE}` },
        svg("image", { href: sheet, width: SIDE * stored, height: SIDE * classes.length }));
    });
    return [svg("text", { x, y: y + 16 }, name), ...strips];
  });
  return { nodes, height: high * Math.ceil(classes.length / columns) };
}

function rangeWords(seeds) {
  const found = rangeOf(seeds);
  return found ? `${exactly(found.low)} to ${percent(exactly(found.high))} (${percent(exactly(found.mean))})` : "not measured";
}

function overlapWords(arms, place) {
  const measured = arms.filter(({ seeds }) => seeds[place].length), found = overlapsOf(measured, place), pairs = measured.length * (measured.length - 1) / 2;
  if (!pairs) return [];
  if (!found.length) return ["No two ranges overlap."];
  const told = found.map(({ above, below, times, equal }) =>
    `${above} above ${below} in ${times} of ${measured[0].seeds[place].length} seeds${equal ? `, equal in ${equal}` : ""}`).join("; ");
  return [found.length === pairs ? `All ranges overlap: ${told}.` : `Ranges that overlap: ${told}. All other pairs lie apart.`];
}

function tell(frame, arms, place, count, classes) {
  const start = `${examplesWords(count)} a class, ${count * classes} in all.`;
  if (!arms.length) return frame.say([`${start} No arm is switched on.`]);
  const told = arms.map(({ name, seeds }) => `${name} ${rangeWords(seeds[place])}`).join("; ");
  return frame.say([`${start} Least to largest seed, and mean: ${told}.`, ...overlapWords(arms, place)]);
}

function addArm(frame, name, arms, isOn) {
  const field = html("input", { type: "checkbox" });
  field.addEventListener("change", () => frame.change({ shown: arms.map((arm) => arm.name).filter((other) => (other === name ? field.checked : isOn(other))) }));
  addControl(frame, {}, () => { field.checked = isOn(name); }, html("label", {}, field, name));
}

function render({ model, el }) {
  const [arms, counts, classes, stored, span] = ["arms", "counts", "classes", "stored", "span"].map((name) => model.get(name));
  const index = () => Math.max(0, counts.indexOf(model.get("examples"))), chance = 100 / classes.length;
  // An exported page lets no pictures in but those that stand in their address.
  const sheet = `data:image/png;base64,${btoa(Array.from(readBytes(model), (byte) => String.fromCharCode(byte)).join(""))}`;
  const frame = makeFrame({
    model, el, name: "ExamplesCurve explorer",
    plotLabel: "Pictures. The left and right arrow keys choose a number of examples a class.",
    hint: "Choose a measured number of examples with the slider, the arrow keys on the pictures, or by clicking the curves; switch arms on and off. Circles: seeds; filled: their mean; dashed: chance. Seeds are paired: where ranges overlap, count in how many one arm is above the other.",
  });
  frame.plot.classList.add("still");
  frame.follow = ({ index: asked, ...rest }) => (asked === undefined ? rest : { examples: counts[clamp(asked, 0, counts.length - 1)] });
  addNumber(frame, { trait: "index", label: "Examples a class", range: () => ({ min: 0, max: counts.length - 1, step: 1 }), get: index, typed: false, say: (place) => String(counts[place]) });
  const isOn = (name) => model.get("shown").includes(name);
  for (const { name } of arms) addArm(frame, name, arms, isOn);
  onKeys(frame, (key) => {
    const next = { ArrowLeft: index() - 1, ArrowRight: index() + 1, Home: 0, End: counts.length - 1 }[key];
    return next === undefined ? undefined : { index: next };
  });
  const places = counts.map(Math.log10);
  let curves = null;
  chooseByClick(frame, () => curves, places);

  return keepDrawing(frame, (width) => {
    const place = index(), now = arms.map((arm, style) => ({ ...arm, style })).filter(({ name }) => isOn(name));
    const beside = width >= 640, middle = beside ? Math.round(width * 0.54) : width, tall = Math.max(TALL, ROW * now.length + 10);
    const rows = makePanel({ left: 16, right: middle - (beside ? 30 : 16), top: TOP, bottom: TOP + tall, x: span, y: [0, 1] });
    const top = TOP + (beside ? 0 : tall + 110), room = (places.at(-1) - places[0]) / 16;
    curves = makePanel({ left: beside ? middle + 48 : 48, right: width - 16, top, bottom: top + tall, x: [places[0] - room, places.at(-1) + room], y: span });
    const title = (x, y, words) => svg("text", { class: "heading", x, y }, words), below = curves.bottom + 92;
    const shown = drawPictures(sheet, below, width, classes, { examples: counts[place], stored });
    const more = counts[place] > stored ? `, the first ${stored}` : "";
    setPicture(frame, width, below + shown.height, `Test accuracy at ${examplesWords(counts[place])} a class, the curves, and training pictures.`, [], [
      title(2, 20, `Every seed at ${counts[place]} a class`), ...drawRows({ left: 2, panel: rows }, now, place, chance),
      title(curves.left - 44, top - 26, "Test accuracy, %"), ...drawCurves(curves, now, counts, place, chance),
      title(2, below - 12, `The training pictures of one seed: ${counts[place]} a class${more}`), ...shown.nodes]);
    tell(frame, now, place, counts[place], classes.length);
  });
}

export default { render };
