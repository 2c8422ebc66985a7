// From a shape without texture over the conflict of both cues to a texture alone: what networks say at each step.
import { LINES, drawAxesAt, headAt, lineOf, markPlace } from "../kit/curves.js";
import { addControl, addNumber, addPlay, fill, html, keepDrawing, makeFrame, makePanel, onKeys, onTyped, show, svg } from "../kit/frame.js";
import { clamp, fixed } from "../kit/numbers.js";
import { readBytes } from "../kit/packed.js";
import { makePicture } from "../kit/photo.js";
import { stripes, uniqueName } from "../kit/steps.js";

const HALF = 10, LAST = 2 * HALF;
// The lines of the shape's class, the texture's and all others.
const ARMS = [0, 1, 3], SHORT = ["shape", "texture", "other"];
const ROW = 46, TALL = 150, BAND = 28, LEAST = 280;
const capital = (words) => words[0].toUpperCase() + words.slice(1);
const percent = (share) => `${fixed(100 * Math.max(0, share), 1)}\u00a0%`;

// --- The numbers. ---
// Three pictures lie behind each other; whole numbers, rounded as the library rounds them.
export function blended(bytes, step) {
  const first = Math.min(Math.floor(step / HALF), 1), part = step - first * HALF, count = bytes.length / 3;
  return Uint8Array.from({ length: count }, (_, i) =>
    Math.floor((bytes[first * count + i] * (HALF - part) + bytes[(first + 1) * count + i] * part + HALF / 2) / HALF));
}

// Stretches of equal answers: answer, first step, last step.
export function runs(answers) {
  const found = [];
  answers.forEach((answer, step) => {
    if (found.at(-1)?.[0] === answer) found.at(-1)[2] = step;
    else found.push([answer, step, step]);
  });
  return found;
}

const sharesOf = ([shape, texture]) => [shape, texture, 1 - shape - texture];

// --- What the reader sees. ---
function paint(canvas, planes, size) {
  Object.assign(canvas, { width: size, height: size });
  const brush = canvas.getContext("2d"), image = brush.createImageData(size, size), count = size * size;
  for (let i = 0; i < count; i++) image.data.set([planes[i], planes[count + i], planes[2 * count + i], 255], 4 * i);
  brush.putImageData(image, 0, 0);
}

const names = ([shape, , other], classes) => [`shape says ${shape}`, `texture says ${other}`, `${classes - 2} other class${classes > 3 ? "es" : ""}`];

function drawBars(left, right, top, belief, words) {
  return sharesOf(belief).flatMap((share, i) => {
    const y = top + ROW * i, said = belief[2] === i ? { style: "font-weight: 700" } : {};
    return [headAt(left + 9, y + 12, ARMS[i]), svg("text", { x: left + 24, y: y + 18, ...said }, words[i]),
      svg("text", { x: right, y: y + 18, "text-anchor": "end", ...said }, percent(share)),
      svg("rect", { x: left, y: y + 24, width: right - left, height: 12, fill: "var(--grid)" }),
      svg("rect", { class: "bar", "data-value": share, x: left, y: y + 24, width: Math.max(0, share) * (right - left), height: 12, fill: LINES[ARMS[i]].stroke })];
  });
}

// The axis of the slider: below the curves a band of the answers, below it the words.
function drawAcross({ left, right, bottom, X }, stretches, fills) {
  const edge = (step) => clamp(X(step), left, right);
  const band = stretches.flatMap(([answer, first, last]) => {
    const from = edge(first - 0.5), to = edge(last + 0.5), wide = to - from > 9.6 * SHORT[answer].length;
    return [svg("rect", { class: "answer", "data-value": answer, x: from, y: bottom + 6, width: to - from, height: BAND, fill: `url(#${fills[answer]})`, stroke: LINES[ARMS[answer]].stroke, "stroke-width": 1.5 }),
      ...(wide ? [svg("text", { class: "output", x: (from + to) / 2, y: bottom + 12 + BAND / 2, "text-anchor": "middle" }, SHORT[answer])] : [])];
  });
  const only = right - left > 330 ? " only" : "", words = [[`shape${only}`, 0, "start"], ["conflict", HALF, "middle"], [`texture${only}`, LAST, "end"]];
  return [...band, ...words.map(([said, step, anchor]) => svg("text", { class: "tick", x: X(step), y: bottom + BAND + 26, "text-anchor": anchor }, said))];
}

function drawNetwork({ name, beliefs }, left, right, top, { pair, step, words, fills }) {
  const found = beliefs[pair], curves = top + 62 + 3 * ROW;
  const panel = makePanel({ left: left + 66, right: right - 8, top: curves, bottom: curves + TALL, x: [0, LAST], y: [0, 1] });
  const upward = [0, 0.5, 1].map((share) => [share, `${100 * share}\u00a0%`]);
  const lines = ARMS.map((arm, i) => lineOf(panel, found.map((belief, at) => [at, sharesOf(belief)[i]]), arm));
  const heads = ARMS.map((arm, i) => headAt(panel.X(step), panel.Y(sharesOf(found[step])[i]), arm, { fill: LINES[arm].stroke }));
  return { panel, nodes: [svg("text", { class: "heading", x: left, y: top + 18 }, name), ...drawBars(left, right, top + 28, found[step], words),
    drawAxesAt(panel, { across: [], upward, name: "" }), ...markPlace(panel, step), ...lines, ...heads,
    ...drawAcross(panel, runs(found.map(([, , answer]) => answer)), fills)] };
}

function stretchWords([answer, first, last], { answers, places }) {
  if (first === 0 && last === LAST) return `${answers[answer]} at every step`;
  return `${answers[answer]} ${first < last ? `from ${places[first]} to ${places[last]}` : `at ${places[first]}`}`;
}

function networkWords({ name, beliefs }, { pair, step, pairs, ...rest }) {
  const [shape, , other] = pairs[pair], shares = sharesOf(beliefs[pair][step]).map(percent);
  const told = runs(beliefs[pair].map(([, , answer]) => answer)).map((stretch) => stretchWords(stretch, rest));
  return `${capital(name)}: ${shares[0]} ${shape} (shape), ${shares[1]} ${other} (texture), ${shares[2]} another class. It answers ${told.join("; ")}.`;
}

function addPairs(frame, titles) {
  const field = html("select", {}, ...titles.map((title, i) => html("option", { value: i }, title)));
  onTyped(frame, field, () => ({ pair: Number(field.value) }));
  addControl(frame, { shown: () => titles.length > 1 }, () => show(field, frame.model.get("pair")), html("label", {}, "Picture", field));
}

// A press on a panel, or a drag from there, moves the slider.
function moveByPointer(frame, chart, panels) {
  const move = (event) => {
    const corner = chart.getBoundingClientRect(), [x, y] = [event.clientX - corner.left, event.clientY - corner.top];
    const panel = panels().find(({ left, right, top, bottom }) => x > left - 12 && x < right + 12 && y > top - 20 && y < bottom + BAND + 12);
    if (panel) frame.change({ step: clamp(Math.round(panel.at(x)), 0, LAST) });
  };
  chart.addEventListener("pointerdown", (event) => { if (event.button === 0) move(event); });
  chart.addEventListener("pointermove", (event) => { if (event.buttons === 1) move(event); });
}

function render({ model, el }) {
  const [networks, pairs, places, answers, size, classes] = ["networks", "pairs", "places", "answers", "size", "classes"].map((name) => model.get(name));
  const bytes = readBytes(model), each = bytes.length / pairs.length, titles = pairs.map(([shape, texture]) => `${shape} with ${texture}`);
  const step = () => model.get("step"), range = () => ({ ...frame.limits.step, wait: 500 });
  const frame = makeFrame({
    model, el, name: "CueMixer explorer", picture: html("div", { class: "cnnlab-grids" }),
    plotLabel: "Pictures. The left and right arrow keys lead from shape to texture, up and down to the other pictures.",
    hint: "Move the slider, use the arrow keys on the pictures, or drag on the curves. Left of the conflict the texture loses its contrast, right of it the background takes on the texture. The band under the curves: which class the network answers, that of the shape, of the texture, or another.",
  });
  frame.plot.classList.add("still");
  addNumber(frame, { trait: "step", label: "From shape to texture", range, typed: false, say: (at) => places[at] });
  addPlay(frame, { trait: "step", range, get: step });
  addPairs(frame, titles);
  onKeys(frame, (key) => {
    const next = { ArrowLeft: step() - 1, ArrowRight: step() + 1, Home: 0, End: LAST }[key];
    if (next !== undefined) return { step: clamp(next, 0, LAST) };
    const other = { ArrowUp: -1, ArrowDown: 1 }[key];
    return other && { pair: clamp(model.get("pair") + other, 0, pairs.length - 1) };
  });

  const shown = makePicture("Picture"), chart = svg("svg", { role: "img" });
  shown.mark.remove();
  shown.ground.style.cursor = "auto";
  shown.note.classList.add("short");
  frame.picture.append(shown.part, html("div", { class: "cnnlab-part" }, chart));
  let panels = [];
  moveByPointer(frame, chart, () => panels);
  const fills = ARMS.map(uniqueName), hatches = ARMS.map((arm, i) => stripes(fills[i], LINES[arm].stroke, [0, 45, 135][i]));

  return keepDrawing(frame, (width) => {
    const now = { pair: model.get("pair"), step: step(), pairs, places, answers }, pair = pairs[now.pair];
    const beside = width >= 780, side = beside ? 220 : 180, area = beside ? width - side - 34 : width;
    const columns = clamp(Math.floor(area / LEAST), 1, networks.length), wide = (area - 34 * (columns - 1)) / columns, high = 3 * ROW + TALL + BAND + 110;
    const drawn = networks.map((network, i) => {
      const left = (i % columns) * (wide + 34) + 2, top = Math.floor(i / columns) * high;
      return drawNetwork(network, left, left + wide - 4, top, { ...now, words: names(pair, classes), fills });
    });
    panels = drawn.map(({ panel }) => panel);
    const height = high * Math.ceil(networks.length / columns);
    fill(chart, { viewBox: `0 0 ${area} ${height}`, height, style: `width: ${area}px`, "aria-label": `Probabilities of each network for ${titles[now.pair]}, ${places[now.step]}.` }, []);
    chart.replaceChildren(svg("defs", {}, ...hatches), ...drawn.flatMap(({ nodes }) => nodes));
    paint(shown.canvas, blended(bytes.subarray(each * now.pair, each * (now.pair + 1)), now.step), size);
    shown.ground.style.setProperty("--picture", `${side}px`);
    shown.title.textContent = titles[now.pair];
    shown.note.textContent = `Now: ${places[now.step]}. The texture goes with ${pair[2]}.`;
    frame.say([`${capital(titles[now.pair])}, ${places[now.step]}: the texture goes with ${pair[2]}.`, ...networks.map((network) => networkWords(network, now))]);
  });
}

export default { render };
