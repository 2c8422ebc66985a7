// The loss by step at one learning rate, and the last loss at every rate.
import { LINES, drawLogAxes, endedAt, headAt, lineOf, nameLines, told } from "../kit/curves.js";
import { addNumber, keepDrawing, makeFrame, makePanel, onKeys, svg, ticks } from "../kit/frame.js";
import { clamp, plain } from "../kit/numbers.js";
import { setPicture, uniqueName } from "../kit/steps.js";

const BESIDE = 640, TALL = 260;

// --- The numbers. ---
export const lastOf = ({ losses }, steps) => losses.map((curve) => (curve.length === steps ? curve.at(-1) : null));
export function bestOf(arm, steps) {
  const ends = lastOf(arm, steps), known = ends.filter((loss) => loss !== null);
  return known.length ? ends.indexOf(Math.min(...known)) : null;
}

// --- What the reader sees. ---
const title = (x, y, words) => svg("text", { class: "heading", x, y }, words);
// Curves that ended above the picture have their marks one below the other at its upper edge.
const endedAbove = (panel, x, arm) => endedAt(panel.X(x), panel.top + 8 + 22 * arm, arm);

function drawSteps(panel, arms, place, { steps, clip, height }) {
  const across = ticks(...panel.x, (panel.right - panel.left) / 60).filter(Number.isInteger).map((step) => [step, plain(step)]);
  const drawn = arms.flatMap(({ losses }, arm) => {
    const curve = losses[place].map((loss, step) => [step + 1, height(loss)]), [x, y] = curve.at(-1) ?? [1, Infinity];
    const end = [panel.X(x), panel.Y(Math.min(y, panel.y[1]))];
    const mark = curve.length === steps ? headAt(...end, arm, { class: "last", "data-value": losses[place].at(-1) })
      : y > panel.y[1] ? endedAbove(panel, x, arm) : endedAt(...end, arm);
    return [svg("g", { "clip-path": `url(#${clip})` }, ...(curve.length > 1 ? [lineOf(panel, curve, arm)] : [])), mark];
  });
  return [drawLogAxes(panel, { across, name: "step" }), ...drawn];
}

function drawRates(panel, arms, place, { steps, rates, clip, height }) {
  const across = rates.map((rate) => [Math.log10(rate), plain(rate, 4)]), X = panel.X(across[place][0]);
  const chosen = [svg("line", { x1: X, x2: X, y1: panel.top - 6, y2: panel.bottom, stroke: "var(--ink)", "stroke-width": 1.6, "stroke-dasharray": "5 4" }),
    svg("path", { class: "chosen", d: `M${X} ${panel.top - 4}l-7 -10h14Z`, stroke: "var(--ink)", fill: "var(--ink)" })];
  const drawn = arms.flatMap((entry, arm) => {
    const ends = lastOf(entry, steps).map((loss, i) => [across[i][0], loss === null ? null : height(loss)]);
    // Only neighbouring rates whose curves both reached the end are joined.
    const joined = ends.slice(1).flatMap((point, i) => (point[1] === null || ends[i][1] === null ? [] : [lineOf(panel, [ends[i], point], arm, 2)]));
    const marks = ends.map(([x, y], i) => (y === null ? endedAbove(panel, x, arm)
      : headAt(panel.X(x), panel.Y(Math.min(y, panel.y[1])), arm, { ...(i === place ? { fill: LINES[arm].stroke } : {}) })));
    return [svg("g", { "clip-path": `url(#${clip})` }, ...joined), ...marks];
  });
  return [drawLogAxes(panel, { across, name: "learning rate η" }), ...chosen, ...drawn];
}

function armSentence(arm, place, rates, steps) {
  const curve = arm.losses[place], least = bestOf(arm, steps);
  const now = !curve.length ? "no finite loss at any step" : curve.length < steps ? `no finite loss after step ${curve.length} of ${steps}`
    : `the loss goes from ${told(curve[0])} to ${told(curve.at(-1))} in ${steps} steps`;
  const whole = least === null ? "every rate's curve ended early" : `its least last loss, ${told(arm.losses[least].at(-1))}, is at rate ${plain(rates[least], 4)}`;
  return `${arm.name[0].toUpperCase()}${arm.name.slice(1)}: ${now}; ${whole}.`;
}

function render({ model, el }) {
  const [arms, rates, steps] = ["arms", "rates", "steps"].map((name) => model.get(name));
  const index = () => Math.max(0, rates.indexOf(model.get("rate"))), range = () => ({ min: 0, max: rates.length - 1, step: 1 });
  const frame = makeFrame({
    model, el, name: "LearningRate explorer",
    plotLabel: "Pictures. The left and right arrow keys choose a learning rate.",
    hint: "Choose a measured learning rate with the slider, the arrow keys on the pictures, or by clicking the right picture. A cross: the curve ended early, for its loss was no longer finite, or its run was stopped.",
  });
  frame.plot.classList.add("still");
  frame.follow = ({ index: asked }) => ({ rate: rates[clamp(asked, 0, rates.length - 1)] });
  addNumber(frame, { trait: "index", label: "Learning rate", range, get: index, typed: false, say: (place) => plain(rates[place], 4) });
  onKeys(frame, (key) => {
    const next = { ArrowLeft: index() - 1, ArrowRight: index() + 1, Home: 0, End: rates.length - 1 }[key];
    return next === undefined ? undefined : { index: next };
  });
  let right = null;
  frame.plot.addEventListener("pointerdown", (event) => {
    const corner = frame.plot.getBoundingClientRect(), [x, y] = [event.clientX - corner.left, event.clientY - corner.top];
    if (event.button !== 0 || x < right.left - 20 || y < right.top - 20 || y > right.bottom + 30) return;
    const apart = rates.map((rate) => Math.abs(right.X(Math.log10(rate)) - x));
    frame.change({ index: apart.indexOf(Math.min(...apart)) });
  });

  const [clip, other] = [uniqueName(), uniqueName()];
  const [low, high] = model.get("span").map(Math.log10), room = 0.06 * (high - low), y = [low - room, high + room];
  // A loss of 0 lies on the lower edge, for it has no logarithm.
  const height = (loss) => Math.max(Math.log10(loss), y[0]);
  return keepDrawing(frame, (width) => {
    const place = index(), beside = width >= BESIDE, names = nameLines(arms.map(({ name }) => name), width, 0);
    const middle = beside ? Math.round(width * 0.54) : width, top = names.height + 44;
    const left = makePanel({ left: 62, right: middle - (beside ? 34 : 16), top, bottom: top + TALL, x: [0, steps + 1], y });
    const below = beside ? 0 : TALL + 116;
    right = makePanel({ left: beside ? middle + 56 : 62, right: width - 22, top: top + below, bottom: top + below + TALL, x: [rates[0], rates.at(-1)].map(Math.log10), y });
    const clips = [[clip, left], [other, right]].map(([id, panel]) => svg("clipPath", { id },
      svg("rect", { x: panel.left - 8, y: panel.top - 8, width: panel.right - panel.left + 16, height: panel.bottom - panel.top + 16 })));
    setPicture(frame, width, right.bottom + 60, `Left: the loss by step at learning rate ${plain(rates[place], 4)}. Right: the last loss at each of ${rates.length} learning rates.`, clips, [
      ...names.nodes, title(4, left.top - 18, `Loss by step, η = ${plain(rates[place], 4)}`), ...drawSteps(left, arms, place, { steps, clip, height }),
      title(beside ? middle + 8 : 4, right.top - 18, "Last loss by η"), ...drawRates(right, arms, place, { steps, rates, clip: other, height })]);
    frame.say([`Learning rate ${plain(rates[place], 4)}, number ${place + 1} of ${rates.length}.`, ...arms.map((arm) => armSentence(arm, place, rates, steps))]);
  });
}

export default { render };
