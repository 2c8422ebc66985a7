// A drawing, what a network sees of it, and what it takes it for.
import { addButton, fill, html, keepDrawing, makeFrame, onKeys, svg } from "../kit/frame.js";
import { clamp, fixed, plain } from "../kit/numbers.js";
import { readBytes } from "../kit/packed.js";
import { makePicture, paintGrey } from "../kit/photo.js";
import { readHalves, run, softmax } from "./network.js";
import { placed, rasterised } from "./strokes.js";

const APART = 0.01, STEP = 1 / 28, ROW = 30;
const percent = (share) => `${fixed(100 * share, 1)}\u00a0%`;
const rounded = (point) => point.map((value) => Number(clamp(value, 0, 1).toFixed(3)));

// --- The drawing. ---
function drawStrokes(canvas, side, strokes, { pen, size }, cursor, down) {
  Object.assign(canvas, { width: side, height: side });
  const brush = canvas.getContext("2d");
  brush.fillStyle = "#000";
  brush.fillRect(0, 0, side, side);
  Object.assign(brush, { strokeStyle: "#fff", lineWidth: pen / size * side, lineCap: "round", lineJoin: "round" });
  for (const stroke of strokes) {
    brush.beginPath();
    brush.moveTo(stroke[0][0] * side, stroke[0][1] * side);
    for (const [x, y] of stroke.length > 1 ? stroke.slice(1) : stroke) brush.lineTo(x * side, y * side);
    brush.stroke();
  }
  // The keys' pen: a ring, filled while it is down.
  brush.beginPath();
  brush.arc(cursor[0] * side, cursor[1] * side, 8, 0, 2 * Math.PI);
  Object.assign(brush, { strokeStyle: "#f0883e", lineWidth: 3, fillStyle: "#f0883e" });
  if (down) brush.fill();
  brush.stroke();
}

// A new stroke, and a point more, unless the drawing is full or the stroke is there already.
const full = (strokes, most) => strokes.flat().length >= most;
const started = (strokes, point, most) => (full(strokes, most) ? strokes : [...strokes, [point]]);
function extended(strokes, point, most) {
  if (!strokes.length) return started(strokes, point, most); // cleared meanwhile
  const last = strokes.at(-1), [x, y] = last.at(-1);
  return full(strokes, most) || Math.hypot(point[0] - x, point[1] - y) < APART ? strokes : [...strokes.slice(0, -1), [...last, point]];
}

function drawByPointer(frame, ground) {
  const { model } = frame, { most } = frame.limits.strokes;
  const at = (event) => {
    const box = ground.getBoundingClientRect();
    return rounded([(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
  };
  ground.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    frame.plot.focus();
    ground.setPointerCapture(event.pointerId);
    frame.playing = true;
    frame.readout.setAttribute("aria-live", "off");
    frame.change({ strokes: started(model.get("strokes"), at(event), most), cursor: at(event), down: false });
  });
  ground.addEventListener("pointermove", (event) => {
    if (!ground.hasPointerCapture(event.pointerId)) return;
    frame.change({ strokes: extended(model.get("strokes"), at(event), most), cursor: at(event) });
  });
  const stop = () => {
    if (!frame.playing) return;
    frame.playing = false;
    frame.readout.setAttribute("aria-live", "polite");
    model.save_changes();
  };
  ground.addEventListener("pointerup", stop);
  ground.addEventListener("pointercancel", stop);
}

function drawByKeys(frame) {
  const { model } = frame, { most } = frame.limits.strokes;
  onKeys(frame, (key) => {
    const cursor = model.get("cursor"), down = model.get("down"), strokes = model.get("strokes");
    if (key === " ") return down ? { down: false } : { down: true, strokes: started(strokes, cursor, most) };
    if (key === "Delete") return { strokes: [], down: false };
    const [across, below] = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[key] ?? [];
    if (across === undefined) return undefined;
    const next = rounded([cursor[0] + across, cursor[1] + below]);
    return { cursor: next, ...(down ? { strokes: extended(strokes, next, most) } : {}) };
  });
}

// --- The answer. ---
function drawBars(bars, names, probabilities, width) {
  const left = 12 + 10 * Math.max(...names.map((name) => name.length)), right = width - 80, best = Math.max(...(probabilities ?? [0]));
  const words = names.map((name, i) => `${name} ${probabilities ? percent(probabilities[i]) : "not known"}`);
  fill(bars, { viewBox: `0 0 ${width} ${ROW * names.length + 26}`, height: ROW * names.length + 26, style: `width: ${width}px`, "aria-label": `Probabilities: ${words.join(", ")}` }, []);
  bars.replaceChildren(svg("text", { class: "heading", x: 2, y: 18 }, "Probability of each class"), ...names.flatMap((name, i) => {
    const share = probabilities?.[i] ?? 0, y = 26 + ROW * i, first = probabilities && share === best;
    return [svg("text", { x: left - 8, y: y + 21, "text-anchor": "end", ...(first ? { class: "heading" } : {}) }, name),
      svg("rect", { class: "bar", "data-value": probabilities ? share : "", x: left, y: y + 4, width: Math.max(0.5, share * (right - left)), height: ROW - 8, fill: first ? "var(--two)" : "var(--one)" }),
      svg("text", { x: left + share * (right - left) + 6, y: y + 21 }, probabilities ? percent(share) : "–")];
  }));
}

function tell(frame, { strokes, cursor, down, classes }, probabilities) {
  const pen = `The pen is ${down ? "down" : "up"}, ${percent(cursor[0])} across and ${percent(cursor[1])} down.`;
  if (!probabilities) return frame.say(["Nothing is drawn yet: draw a digit in the black square.", pen]);
  const order = classes.map((_, i) => i).sort((a, b) => probabilities[b] - probabilities[a]);
  return frame.say([`The network sees ${classes[order[0]]} with a probability of ${percent(probabilities[order[0]])}, then ${classes[order[1]]} with ${percent(probabilities[order[1]])}.`,
    `${strokes.length} stroke${strokes.length === 1 ? "" : "s"}. ${pen}`,
    ...(full(strokes, frame.limits.strokes.most) ? [`The drawing is full, with ${frame.limits.strokes.most} points: clear it, or undo a stroke.`] : [])]);
}

function render({ model, el }) {
  const look = model.get("look"), layers = model.get("network"), numbers = readHalves(readBytes(model)), { size, mean, std } = look;
  const frame = makeFrame({
    model, el, name: "DrawDigit explorer", picture: html("div", { class: "cnnlab-grids" }),
    plotLabel: "Drawing. The arrow keys move the pen, Space lets it down and lifts it, Delete clears.",
    hint: `Draw with the mouse or a finger; or with keys, once the drawing has the focus: the arrow keys move the pen, Space lets it down and lifts it, Delete clears. The network runs in this page.`,
  });
  frame.plot.classList.add("still");
  const clear = { strokes: [], down: false };
  addButton(frame, { label: () => "Clear", press: () => clear, disabled: () => !model.get("strokes").length });
  addButton(frame, { label: () => "Undo", press: () => ({ strokes: model.get("strokes").slice(0, -1), down: false }), disabled: () => !model.get("strokes").length });
  const drawing = makePicture("Drawing"), seen = makePicture("What the network sees"), bars = svg("svg", { role: "img" });
  drawing.title.textContent = "Draw here";
  seen.title.textContent = "It sees";
  const moved = [look.box ? `scaled to ${plain(look.box)} pixels` : "", look.centre ? "its centre of mass in the middle" : ""].filter(Boolean);
  seen.note.textContent = `${size} × ${size} pixels` + (moved.length ? `; the drawing ${look.box ? "" : "with "}${moved.join(", ")}.` : ".");
  drawing.ground.classList.add("cnnlab-paper");
  for (const { mark } of [drawing, seen]) mark.remove();
  frame.picture.append(drawing.part, seen.part, html("div", { class: "cnnlab-part" }, bars));
  drawByPointer(frame, drawing.ground);
  drawByKeys(frame);

  return keepDrawing(frame, (width) => {
    const now = Object.fromEntries(["strokes", "cursor", "down", "classes"].map((name) => [name, model.get(name)]));
    const side = Math.min(300, width - 4), small = 170;
    seen.part.style.maxWidth = `${small + 2}px`;
    drawing.ground.style.setProperty("--picture", `${side}px`);
    seen.ground.style.setProperty("--picture", `${small}px`);
    drawStrokes(drawing.canvas, side, now.strokes, look, now.cursor, now.down);
    const values = rasterised(placed(now.strokes, look), look);
    paintGrey(seen.canvas, { rows: size, columns: size, values });
    const picture = { channels: 1, rows: size, columns: size, values: values.map((value) => (value - mean) / std) };
    const probabilities = now.strokes.length ? softmax(run(layers, numbers, picture).values) : null;
    const rest = width - side - small - 70;
    drawBars(bars, now.classes, probabilities, rest >= 240 ? Math.min(rest, 420) : Math.min(width - 4, 420));
    tell(frame, now, probabilities);
  });
}

export default { render };
