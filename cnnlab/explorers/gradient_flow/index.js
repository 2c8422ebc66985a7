// Measured gradients by layer, with and without shortcuts and batch normalization.
import { LINES, chooseByClick, clipTo, drawLogAxes, headAt, lineOf, markPlace, nameLines, told, twoPanels } from "../kit/curves.js";
import { addCheckbox, addNumber, keepDrawing, makeFrame, onKeys, svg, ticks } from "../kit/frame.js";
import { clamp, plain } from "../kit/numbers.js";
import { setPicture, uniqueName } from "../kit/steps.js";

const TALL = 300;
// Residual with and without, plain with and without batch norm: plain is blue and residual orange, as on paper.
const STYLES = [1, 2, 0, 3];

// --- The numbers. ---
export const ratioOf = (norms) => (norms.at(-1) ? norms[0] / norms.at(-1) : null);

// --- What the reader sees. ---
const nameOf = ({ kind, batch_norm }) => `${kind} with${batch_norm ? "" : "out"} batch norm`;
const ratioWords = ({ norms }) => (ratioOf(norms) === null ? "not a number, for the last is 0" : told(ratioOf(norms)));

// The chosen arm is drawn last and thick, so that nothing covers it.
const inOrder = (count, chosen) => [...Array(count).keys()].sort((a, b) => (a === chosen) - (b === chosen));

function drawNorms(panel, arms, chosen, { clip, height }) {
  const across = ticks(1, panel.x[1], (panel.right - panel.left) / 60).filter(Number.isInteger).map((layer) => [layer, plain(layer)]);
  const drawn = inOrder(arms.length, chosen).flatMap((arm) => {
    const points = arms[arm].norms.map((norm, i) => [i + 1, height(norm)]), ends = [points[0], points.at(-1)];
    return [svg("g", { "clip-path": `url(#${clip})` }, lineOf(panel, points, STYLES[arm], arm === chosen ? 5 : 2)),
      ...ends.map(([x, y], i) => headAt(panel.X(x), panel.Y(y), STYLES[arm], arm === chosen ? { class: "end", "data-value": arms[arm].norms.at(i ? -1 : 0), fill: LINES[STYLES[arm]].stroke } : {}))];
  });
  return [drawLogAxes(panel, { across, name: "convolution, counted from the picture" }), ...drawn];
}

function drawRatios(panel, records, chosen, { depths, depth, clip }) {
  const across = depths.map((at) => [at, String(at)]), low = panel.y[0];
  const drawn = inOrder(4, chosen).flatMap((arm) => {
    const points = records.filter((_, i) => i % 4 === arm).map((record) => [record.depth, ratioOf(record.norms)]).filter(([, ratio]) => ratio !== null)
      .map(([x, ratio]) => [x, Math.max(low, Math.log10(ratio))]);
    return [svg("g", { "clip-path": `url(#${clip})` }, ...(points.length > 1 ? [lineOf(panel, points, STYLES[arm], arm === chosen ? 5 : 2)] : [])),
      ...points.map(([x, y]) => headAt(panel.X(x), panel.Y(y), STYLES[arm], x === depth && arm === chosen ? { fill: LINES[STYLES[arm]].stroke } : {}))];
  });
  const equal = low < 0 && panel.y[1] > 0 ? [svg("line", { x1: panel.left, x2: panel.right, y1: panel.Y(0), y2: panel.Y(0), stroke: "var(--ink)", "stroke-width": 1.6 })] : [];
  return [drawLogAxes(panel, { across, name: "depth" }), ...equal, ...markPlace(panel, depth), ...drawn];
}

function tell(frame, arms, chosen) {
  const arm = arms[chosen], others = arms.filter((_, i) => i !== chosen);
  frame.say([
    `Depth ${arm.depth}, ${nameOf(arm)}: the gradient's norm is ${told(arm.norms[0])} at the first convolution and ${told(arm.norms.at(-1))} at the last; first over last is ${ratioWords(arm)}.`,
    `First over last of the others: ${others.map((other) => `${nameOf(other)} ${ratioWords(other)}`).join(", ")}.`,
  ]);
}

function render({ model, el }) {
  const [records, depths] = ["records", "depths"].map((name) => model.get(name));
  const index = () => Math.max(0, depths.indexOf(model.get("depth")));
  const frame = makeFrame({
    model, el, name: "GradientFlow explorer",
    plotLabel: "Pictures. Left and right choose a depth, s switches shortcuts, b batch norm.",
    hint: "Choose a measured network: on the pictures, the arrow keys change the depth, s switches the shortcuts and b batch norm; a click on the right picture chooses a depth. The chosen network is drawn thick. First over last: 1 means that both ends get gradients of one size.",
  });
  frame.plot.classList.add("still");
  frame.follow = ({ index: asked, ...rest }) => (asked === undefined ? rest : { depth: depths[clamp(asked, 0, depths.length - 1)] });
  addNumber(frame, { trait: "index", label: "Depth", range: () => ({ min: 0, max: depths.length - 1, step: 1 }), get: index, typed: false, say: (place) => String(depths[place]) });
  addCheckbox(frame, { trait: "shortcut", label: "Shortcuts" });
  addCheckbox(frame, { trait: "batch_norm", label: "Batch norm" });
  onKeys(frame, (key) => {
    const next = { ArrowLeft: index() - 1, ArrowRight: index() + 1, Home: 0, End: depths.length - 1 }[key];
    if (next !== undefined) return { index: next };
    return { s: { shortcut: !model.get("shortcut") }, b: { batch_norm: !model.get("batch_norm") } }[key];
  });
  let right = null;
  chooseByClick(frame, () => right, depths);

  const [clip, other] = [uniqueName(), uniqueName()], spans = ["span", "ratio_span"].map((name) => model.get(name).map(Math.log10));
  // A norm of 0 lies on the lower edge, for it has no logarithm.
  const height = (norm) => Math.max(Math.log10(norm), spans[0][0]);
  return keepDrawing(frame, (width) => {
    const depth = depths[index()], arms = records.filter((record) => record.depth === depth);
    const chosen = 2 * !model.get("shortcut") + !model.get("batch_norm"), named = STYLES.map((_, style) => nameOf(arms[STYLES.indexOf(style)])), names = nameLines(named, width, STYLES[chosen]);
    const most = Math.max(...arms.map(({ norms }) => norms.length)), room = (depths.at(-1) - depths[0]) / 20 || 1;
    const { first, second, title } = twoPanels(width, names.height + 50, TALL, { x: [[1 - most / 50, most * 1.02], [depths[0] - room, depths.at(-1) + room]], y: spans });
    right = second;
    setPicture(frame, width, second.bottom + 60, `The norm of the gradient by convolution at depth ${depth}, and first over last at ${depths.length} depths.`, [clipTo(clip, first), clipTo(other, second)], [
      ...names.nodes, title(first, `Gradient's norm, depth ${depth}`), ...drawNorms(first, arms, chosen, { clip, height }),
      title(second, "First over last by depth"), ...drawRatios(second, records, chosen, { depths, depth, clip: other })]);
    tell(frame, arms, chosen);
  });
}

export default { render };
