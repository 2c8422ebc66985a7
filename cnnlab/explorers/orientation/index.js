// A filter and a pattern are turned against each other.
import { addNumber, addSelect, drawAxes, html, keepDrawing, makeFrame, makePanel, onKeys, pathOf, svg } from "../kit/frame.js";
import { clamp, fixed, plain } from "../kit/numbers.js";
import { makePicture, markPlace, paintGrey, readPhotograph } from "../kit/photo.js";
import { setPicture } from "../kit/steps.js";
import { ANGLES, edgeAt, gabor, pattern, responseOf, sobelGradient, strengthOf } from "./oriented.js";

const GABOR = "Gabor filter", GRADIENT = "gradient of an edge";
const EDGE_SIZE = 11;
const degrees = (angle) => `${plain(angle, 4)}°`;
const curveStyle = { fill: "none", stroke: "var(--three)", "stroke-width": 3 };
const acrossStyle = { fill: "none", stroke: "var(--one)", "stroke-width": 3, "stroke-dasharray": "9 5" };
const downStyle = { fill: "none", stroke: "var(--two)", "stroke-width": 3, "stroke-dasharray": "2 4" };

const title = (x, y, words) => svg("text", { class: "heading", x, y }, words);
const dot = (panel, x, y) => svg("circle", { class: "current", "data-value": y, cx: panel.X(x), cy: panel.Y(y), r: 7, fill: "var(--surface)", stroke: "var(--ink)", "stroke-width": 3 });
const upright = (x, y1, y2, dashes) => svg("line", { x1: x, x2: x, y1, y2, stroke: "var(--ink)", "stroke-width": 1.4, "stroke-dasharray": dashes });
const xAxis = (panel, words) => svg("text", { x: (panel.left + panel.right) / 2, y: panel.bottom + 44, "text-anchor": "middle" }, words);
// Axes with a mark at every 45 degrees or so: round numbers of degrees are not powers of ten.
function degreeAxes(panel) {
  const axes = drawAxes({ ...panel, x: [0, 0.5] }, { name: "", whole: true });
  const step = panel.right - panel.left < 560 && panel.x[1] > 180 ? 90 : 45;
  for (let x = 0; x <= panel.x[1]; x += step) {
    axes.append(svg("line", { class: "axis", x1: panel.X(x), x2: panel.X(x), y1: panel.bottom, y2: panel.bottom + 5 }),
      svg("text", { class: "tick", x: panel.X(x), y: panel.bottom + 20, "text-anchor": "middle" }, `${x}°`));
  }
  axes.querySelectorAll(".tick").forEach((tick) => { if (tick.textContent === "0" && tick.getAttribute("text-anchor") === "middle") tick.remove(); });
  return axes;
}

// --- Gabor: three pictures and the tuning curve. ---
function drawGabor(frame, view, parts) {
  const { width, angle, turn, stimulus, picture, weights, curve, value } = view;
  const response = responseOf(picture, weights), most = 2 * Math.max(...curve) || 1;
  paintGrey(parts.picture.canvas, picture);
  const peak = Math.max(...weights.values.map(Math.abs));
  paintGrey(parts.filter.canvas, weights, -peak, peak);
  paintGrey(parts.response.canvas, response, -most, most);
  parts.grids.style.setProperty("--picture", `${Math.floor(Math.min(290, (width - 50) / 3))}px`);
  parts.picture.title.textContent = stimulus === "photograph" ? "Photograph" : `${stimulus === "bar" ? "Bar" : "Grating"} at ${degrees(turn)}`;
  parts.filter.title.textContent = `Filter at ${degrees(angle)}`;
  parts.filter.note.textContent = `${weights.rows} × ${weights.rows} weights, enlarged; grey is 0.`;
  parts.response.note.textContent = `Grey is 0, white +${fixed(most, 2)}, black ${fixed(-most, 2)}.`;
  for (const part of [parts.picture, parts.filter, parts.response]) part.canvas.setAttribute("aria-label", part.title.textContent);

  const panel = makePanel({ left: 62, right: width - 30, top: 62, bottom: 218, x: [0, 180], y: [0, 1.12 * Math.max(...curve) || 1] });
  const across = turn % 180, turned = stimulus !== "photograph";
  const side = panel.X(across) > width - 180 ? "end" : "start";
  setPicture(frame, width, 272, `Tuning curve: strength of the response against the angle of the filter; now ${fixed(value, 3)} at ${degrees(angle)}.`, [], [
    title(4, 20, "Tuning curve: strength of the response"), degreeAxes(panel), xAxis(panel, "angle of the filter"),
    ...(turned ? [upright(panel.X(across), panel.top - 20, panel.bottom, "6 4"),
      svg("text", { x: panel.X(across) + (side === "start" ? 8 : -8), y: panel.top - 8, "text-anchor": side }, `the ${stimulus}'s angle`)] : []),
    svg("path", { ...curveStyle, d: pathOf(panel, [...curve, curve[0]].map((y, i) => [5 * i, y])) }), dot(panel, angle, value)]);
  tellGabor(frame, view);
}

function tellGabor(frame, { credit, angle, turn, stimulus, wavelength, curve, value }) {
  const best = curve.indexOf(Math.max(...curve)), least = curve.indexOf(Math.min(...curve));
  const half = curve[best] / 2;
  // Between two angles the curve is taken for straight; pairs go round, as 180° is 0°.
  const wide = curve.reduce((sum, a, i) => {
    const b = curve[(i + 1) % curve.length];
    return sum + 5 * (a === b ? Number(a >= half) : clamp((Math.max(a, b) - half) / Math.abs(a - b), 0, 1));
  }, 0);
  frame.say([
    `The filter stands at ${degrees(angle)}, wavelength ${plain(wavelength)} pixels` + (stimulus === "photograph" ? "." : `; the ${stimulus} at ${degrees(turn)}.`),
    `Strength of the response: ${fixed(value, 3)}, ${fixed(100 * value / (curve[best] || 1), 0)} % of the largest, which is ${fixed(curve[best], 3)} at ${degrees(ANGLES[best])}; the least is ${fixed(curve[least], 3)} at ${degrees(ANGLES[least])}.`,
    `At least half of the largest response over ${fixed(wide, 0)}° of 180°.`,
    "Angles point across the stripes: 0° to the right, 90° down. Strength is the root mean square over the response.",
    ...(stimulus === "photograph" ? [credit] : []),
  ]);
}

// --- Gradient: an edge with an arrow, and its parts at every turn. ---
function drawPixels({ rows, values }, x, y, cell) {
  const level = (value) => { const byte = Math.round(255 * value); return `rgb(${byte} ${byte} ${byte})`; };
  return [...values].map((value, i) => svg("rect", { class: "pixel", x: x + (i % rows) * cell, y: y + Math.floor(i / rows) * cell, width: cell + 0.5, height: cell + 0.5, fill: level(value) }));
}

// A line with a head, light around dark, so that it shows on any grey.
function arrow(x, y, dx, dy, colour, dashes = "none") {
  const length = Math.hypot(dx, dy);
  if (length < 2) return [];
  const [ux, uy] = [dx / length, dy / length], head = Math.min(16, length), [bx, by] = [x + dx - ux * head, y + dy - uy * head];
  const points = [[x + dx, y + dy], [bx - uy * head / 2, by + ux * head / 2], [bx + uy * head / 2, by - ux * head / 2]].map((point) => point.join()).join(" ");
  return [["white", 8, 3], [colour, 4, 0]].flatMap(([stroke, wide, edge], i) => [
    svg("line", { x1: x, y1: y, x2: bx, y2: by, stroke, "stroke-width": wide, "stroke-dasharray": i ? dashes : "none" }),
    svg("polygon", { points, fill: stroke, stroke, "stroke-width": edge })]);
}

function drawGradient(frame, { width, turn, contrast }) {
  const edge = edgeAt(turn, contrast, EDGE_SIZE), [across, down] = sobelGradient(edge);
  const magnitude = Math.hypot(across, down), direction = (Math.atan2(down, across) * 180 / Math.PI + 360) % 360;
  const cell = 22, side = EDGE_SIZE * cell, middle = side / 2, top = 34, x = 4;
  const reach = side * 0.9, cx = x + middle, cy = top + middle;
  const words = (i, style, name) => [svg("line", { ...style, x1: x + side + 30, x2: x + side + 66, y1: top + 25 + 34 * i, y2: top + 25 + 34 * i }), svg("text", { x: x + side + 76, y: top + 31 + 34 * i }, name)];
  const turns = Array.from({ length: 73 }, (_, i) => 5 * i);
  const gradients = turns.map((angle) => sobelGradient(edgeAt(angle, contrast, EDGE_SIZE)));
  const panel = makePanel({ left: 62, right: width - 30, top: top + side + 60, bottom: top + side + 230, x: [0, 360], y: [-0.6, 0.6] });
  const curve = (style, value) => svg("path", { ...style, d: pathOf(panel, turns.map((angle, i) => [angle, value(gradients[i])])) });
  setPicture(frame, width, panel.bottom + 54, `An edge with its gradient as an arrow, magnitude ${fixed(magnitude, 3)}, direction ${fixed(direction, 1)} degrees; below, the gradient at every turn of the edge.`, [], [
    title(4, 20, `Edge turned by ${degrees(turn)}, and its gradient`), ...drawPixels(edge, x, top, cell),
    svg("rect", { x: cx - 1.5 * cell, y: cy - 1.5 * cell, width: 3 * cell, height: 3 * cell, fill: "none", stroke: "var(--two)", "stroke-width": 3 }),
    ...arrow(cx, cy, across * reach, 0, "#0072b2", "9 5"), ...arrow(cx, cy, 0, down * reach, "#d55e00", "2 4"),
    ...arrow(cx, cy, across * reach, down * reach, "#007a59"),
    ...words(0, acrossStyle, `x, to the right: ${fixed(across, 3)}`), ...words(1, downStyle, `y, downward: ${fixed(down, 3)}`),
    ...words(2, curveStyle, `magnitude: ${fixed(magnitude, 3)}`), svg("text", { x: x + side + 30, y: top + 140 }, `direction: ${fixed(direction, 1)}°`),
    svg("text", { x: x + side + 30, y: top + 190 }, "Frame: Sobel's 3 × 3 pixels."), svg("text", { x: x + side + 30, y: top + 216 }, "Arrow: dark to light."),
    title(4, panel.top - 20, "The same at every turn, in grey levels per pixel"), degreeAxes(panel), xAxis(panel, "turn of the edge"),
    upright(panel.X(turn), panel.top, panel.bottom, "6 4"), curve(acrossStyle, ([gx]) => gx), curve(downStyle, ([, gy]) => gy), curve(curveStyle, ([gx, gy]) => Math.hypot(gx, gy)),
    dot(panel, turn, magnitude)]);
  const off = ((direction - turn + 540) % 360) - 180;
  frame.say([
    `The edge grows light towards ${degrees(turn)}, contrast ${plain(contrast)}. Sobel's sums over 8: x ${fixed(across, 3)}, y ${fixed(down, 3)} grey levels per pixel.`,
    `Magnitude √(x² + y²) = ${fixed(magnitude, 3)}. Direction atan2(y, x) = ${fixed(direction, 1)}°, ${Math.abs(off) < 0.05 ? "the true one" : `${fixed(Math.abs(off), 1)}° from the true one`}.`,
    "Contrast changes the magnitude, not the direction. Angles: 0° to the right, 90° down.",
  ]);
}

async function render({ model, el }) {
  const photograph = await readPhotograph(model);
  const charts = svg("svg", { role: "img" }), parts = { picture: makePicture("Picture"), filter: makePicture("Filter"), response: makePicture("Response") };
  parts.grids = html("div", { class: "cnnlab-pair" }, parts.picture.part, parts.filter.part, parts.response.part);
  const frame = makeFrame({
    model, el, name: "Orientation explorer", picture: html("div", { class: "cnnlab-stack" }, parts.grids, charts),
    plotLabel: "Picture. The left and right arrow keys turn the filter, or the edge.",
    hint: `Turn with the sliders, or with the left and right arrow keys on the picture.`,
  });
  frame.plot.classList.add("still");
  // What setPicture fills is the drawing below the pictures.
  const drawing = { picture: charts, say: frame.say };
  parts.response.title.textContent = "Response";
  for (const name of ["picture", "filter", "response"]) markPlace(parts[name], {}, null);
  const now = (...names) => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  const withGabor = () => model.get("mode") === GABOR, withEdge = () => !withGabor();
  const turns = () => withEdge() || model.get("stimulus") !== "photograph";
  const range = (trait) => () => ({ ...frame.limits[trait], wait: 250 });
  const turning = () => (withGabor() ? "angle" : "turn");

  addSelect(frame, { trait: "mode", label: "Show" });
  addSelect(frame, { trait: "stimulus", label: "Picture", shown: withGabor });
  addNumber(frame, { trait: "angle", label: "Filter's angle", range: range("angle"), shown: withGabor, say: degrees });
  addNumber(frame, { trait: "turn", label: "Pattern's angle", range: range("turn"), shown: turns, say: degrees });
  addNumber(frame, { trait: "wavelength", label: "Wavelength", shown: withGabor });
  addNumber(frame, { trait: "contrast", label: "Contrast", shown: withEdge });
  onKeys(frame, (key) => {
    const trait = turning(), { max } = range(trait)(), by = { ArrowLeft: -5, ArrowRight: 5 }[key];
    return by === undefined ? undefined : { [trait]: (model.get(trait) + by + max + 5) % (max + 5) };
  });

  let known = "", curve = [];
  return keepDrawing(frame, (width) => {
    parts.grids.hidden = withEdge();
    if (withEdge()) return drawGradient(drawing, { width, ...now("turn", "contrast") });
    const state = { ...now("angle", "turn", "stimulus", "wavelength"), credit: photograph.credit };
    const picture = state.stimulus === "photograph" ? photograph : pattern(state.stimulus, state.turn, photograph.rows);
    const asked = [state.stimulus, state.turn, state.wavelength].join();
    if (asked !== known) curve = ANGLES.map((angle) => strengthOf(picture, gabor(angle, state.wavelength)));
    known = asked;
    const weights = gabor(state.angle, state.wavelength);
    drawGabor(drawing, { ...state, width, picture, weights, curve, value: strengthOf(picture, weights) }, parts);
  });
}

export default { render };
