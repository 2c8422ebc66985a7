// Measured curves on a logarithmic axis. A panel's values are decades there: 2 stands for 100.
import { makePanel, pathOf, svg } from "./frame.js";
import { plain } from "./numbers.js";

export const LINES = [
  { stroke: "var(--one)", "stroke-dasharray": "none" },
  { stroke: "var(--two)", "stroke-dasharray": "10 5" },
  { stroke: "var(--three)", "stroke-dasharray": "2 4" },
  { stroke: "var(--ink)", "stroke-dasharray": "10 4 2 4" },
  { stroke: "light-dark(#a8447f, #e59ac4)", "stroke-dasharray": "16 5" },
  { stroke: "var(--soft)", "stroke-dasharray": "5 5" },
];
const HEADS = ["M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z", "M-5.5 -5.5h11v11h-11Z", "M0 -7.5L7 5.5H-7Z", "M0 -8L7 0L0 8L-7 0Z",
  "M0 7.5L7 -5.5H-7Z", "M-2.5 -7h5v4.5h4.5v5h-4.5v4.5h-5v-4.5h-4.5v-5h4.5Z"];

export const lineOf = (panel, points, arm, width = 3) => svg("path", { ...LINES[arm], d: pathOf(panel, points), fill: "none", "stroke-width": width });
// The mark of an arm, told apart by its shape too.
export const headAt = (x, y, arm, attributes = {}) => svg("path", { d: HEADS[arm], transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
  stroke: LINES[arm].stroke, fill: "var(--surface)", "stroke-width": 2.5, ...attributes });

// The same with a cross in it: here the curve ended early.
export const endedAt = (x, y, arm) => svg("g", { class: "ended" }, headAt(x, y, arm),
  svg("path", { d: `M${x - 9} ${y - 9}l18 18m0 -18l-18 18`, stroke: "var(--ink)", "stroke-width": 2, fill: "none" }));

const raised = (exponent) => `10${[...String(exponent)].map((sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign])).join("")}`;
const powerOfTen = (exponent) => (Math.abs(exponent) <= 3 ? plain(10 ** exponent) : raised(exponent));

// Three digits, with a power of ten where the number is far from 1.
export function told(value) {
  if (value === 0 || (value >= 1e-4 && value < 1e5)) return plain(value, 3);
  const [digits, exponent] = value.toExponential(2).split("e");
  return `${Number(digits)} · ${raised(Number(exponent))}`;
}

// Pairs of a place in decades and its words: whole powers of ten, and where there are too few 2 and 5 between them.
export function decades(low, high, most) {
  const every = Math.max(1, Math.ceil((high - low) / most)), whole = [];
  for (let at = Math.ceil(low / every - 1e-9) * every; at <= high + 1e-9; at += every) whole.push(at);
  if (whole.length > 2) return whole.map((at) => [at, powerOfTen(at)]);
  const fine = [];
  for (let at = Math.floor(low); at <= high; at++) for (const digit of [1, 2, 5]) fine.push(at + Math.log10(digit));
  return fine.filter((at) => at >= low - 1e-9 && at <= high + 1e-9).map((at) => [at, plain(10 ** at, 2)]);
}

// `across` holds pairs of a place and its words; a word that would touch the one before is left out.
export const drawLogAxes = (panel, { across, name }) => drawAxesAt(panel, { across, name, upward: decades(...panel.y, (panel.bottom - panel.top) / 30) });

// The same with words at the given heights.
export function drawAxesAt({ left, right, bottom, X, Y }, { across, upward, name }) {
  const group = svg("g");
  for (const [at, words] of upward) {
    group.append(svg("line", { class: "grid", x1: left, x2: right, y1: Y(at), y2: Y(at) }),
      svg("text", { class: "tick", x: left - 8, y: Y(at) + 5, "text-anchor": "end" }, words));
  }
  let free = -Infinity;
  for (const [at, words] of across) {
    const half = 5.2 * words.length;
    group.append(svg("line", { class: "axis", x1: X(at), x2: X(at), y1: bottom, y2: bottom + 5 }));
    if (X(at) - half < free) continue;
    free = X(at) + half + 8;
    group.append(svg("text", { class: "tick", x: X(at), y: bottom + 22, "text-anchor": "middle" }, words));
  }
  group.append(svg("line", { class: "axis", x1: left, x2: right, y1: bottom, y2: bottom }),
    svg("text", { x: (left + right) / 2, y: bottom + 48, "text-anchor": "middle" }, name));
  return group;
}

// A sample of each arm's line with its name, in columns. Returns the nodes and the height used.
export function nameLines(names, width, chosen = -1) {
  // Wide enough for bold letters.
  const wide = 72 + 10.2 * Math.max(...names.map((name) => name.length)), most = Math.max(1, Math.floor(width / wide));
  const rows = Math.ceil(names.length / most), columns = Math.ceil(names.length / rows);
  const nodes = names.flatMap((name, arm) => {
    const left = 4 + wide * (arm % columns), y = 16 + 28 * Math.floor(arm / columns);
    return [svg("line", { ...LINES[arm], x1: left, x2: left + 44, y1: y, y2: y, "stroke-width": arm === chosen ? 5 : 3 }), headAt(left + 22, y, arm),
      svg("text", { x: left + 52, y: y + 6, ...(arm === chosen ? { style: "font-weight: 700" } : {}) }, name)];
  });
  return { nodes, height: 28 * rows + 6 };
}

// A dashed line through the chosen place, with an arrowhead above it.
export const markPlace = ({ X, top, bottom }, at) => [
  svg("line", { x1: X(at), x2: X(at), y1: top - 6, y2: bottom, stroke: "var(--ink)", "stroke-width": 1.6, "stroke-dasharray": "5 4" }),
  svg("path", { class: "chosen", d: `M${X(at)} ${top - 4}l-7 -10h14Z`, stroke: "var(--ink)", fill: "var(--ink)" })];

// A click near a panel asks for the `index` of the nearest of some places along it.
export function chooseByClick(frame, panel, places) {
  frame.plot.addEventListener("pointerdown", (event) => {
    const corner = frame.plot.getBoundingClientRect(), [x, y] = [event.clientX - corner.left, event.clientY - corner.top];
    const { left, top, bottom, X } = panel();
    if (event.button !== 0 || x < left - 20 || y < top - 20 || y > bottom + 30) return;
    const apart = places.map((place) => Math.abs(X(place) - x));
    frame.change({ index: apart.indexOf(Math.min(...apart)) });
  });
}

// Two panels beside each other, or one below the other where they would be too narrow.
export function twoPanels(width, top, tall, { x, y }) {
  const beside = width >= 640, middle = beside ? Math.round(width * 0.54) : width, below = beside ? 0 : tall + 116;
  const first = makePanel({ left: 62, right: middle - (beside ? 34 : 16), top, bottom: top + tall, x: x[0], y: y[0] });
  const second = makePanel({ left: beside ? middle + 56 : 62, right: width - 22, top: top + below, bottom: top + below + tall, x: x[1], y: y[1] });
  const title = (panel, words) => svg("text", { class: "heading", x: panel === second && beside ? middle + 8 : 4, y: panel.top - 24 }, words);
  return { first, second, title };
}

// What leaves a panel is cut off by this pattern, to which "clip-path" refers.
export const clipTo = (id, { left, right, top, bottom }) => svg("clipPath", { id },
  svg("rect", { x: left - 8, y: top - 8, width: right - left + 16, height: bottom - top + 16 }));
