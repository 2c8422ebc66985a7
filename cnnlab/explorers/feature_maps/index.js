// A picture, and what a layer of a network makes of it.
import { addControl, addNumber, fill, html, keepDrawing, makeFrame, onKeys, onTyped, show, svg } from "../kit/frame.js";
import { clamp, plain } from "../kit/numbers.js";
import { readBytes } from "../kit/packed.js";
import { makePicture } from "../kit/photo.js";

const GAP = 4, LARGEST = 180, TALL = 400;

// --- The numbers. ---
const sizeOf = ({ rows, columns }) => rows * columns;
export const mapBytes = (bytes, layer, picture, index) =>
  bytes.subarray(layer.at + (picture * layer.shown + index) * sizeOf(layer)).subarray(0, sizeOf(layer));
const valueOf = ({ low, high }, level) => low + level / 255 * (high - low);
export function statisticsOf(layer, levels) {
  const sum = levels.reduce((total, level) => total + level, 0);
  return { largest: valueOf(layer, Math.max(...levels)), mean: valueOf(layer, sum / levels.length) };
}
const zeroOf = ({ low, high }) => (high > low ? -low / (high - low) : 0);

// The largest cells with which all maps of a layer stand within the width and not too tall, and how many stand in a row.
function arrange({ shown, rows, columns }, width) {
  let wide = Math.min(LARGEST, width - 2 * GAP);
  const across = () => Math.min(shown, Math.max(1, Math.floor((width - GAP) / (wide + GAP))));
  const tall = () => Math.max(4, Math.round(wide * rows / columns));
  while (wide > 14 && Math.ceil(shown / across()) * (tall() + GAP) > TALL) wide -= 1;
  // As many in every row as in the first, as nearly as can be.
  return { wide, tall: tall(), across: Math.ceil(shown / Math.ceil(shown / across())) };
}

// --- The pictures. ---
function paintLevels(canvas, { rows, columns, channels = 1 }, levels) {
  Object.assign(canvas, { width: columns, height: rows });
  const brush = canvas.getContext("2d"), image = brush.createImageData(columns, rows), size = rows * columns;
  for (let i = 0; i < size; i++) {
    for (let part = 0; part < 3; part++) image.data[4 * i + part] = levels[i + (channels === 3 ? part * size : 0)];
    image.data[4 * i + 3] = 255;
  }
  brush.putImageData(image, 0, 0);
}

function paintMaps(canvas, bytes, layer, picture, { wide, tall, across }) {
  Object.assign(canvas, { width: across * (wide + GAP) + GAP, height: Math.ceil(layer.shown / across) * (tall + GAP) + GAP });
  const brush = canvas.getContext("2d"), scratch = html("canvas");
  brush.imageSmoothingEnabled = false;
  for (let i = 0; i < layer.shown; i++) {
    paintLevels(scratch, layer, mapBytes(bytes, layer, picture, i));
    brush.drawImage(scratch, GAP + i % across * (wide + GAP), GAP + Math.floor(i / across) * (tall + GAP), wide, tall);
  }
}

// A strip from black to white with the layer's least and largest value, and a tick where zero is.
function drawScale(strip, layer, fades) {
  const zero = zeroOf(layer), x = 10 + 200 * zero, apart = zero > 0.16 && zero < 0.84;
  const words = (at, anchor, text) => svg("text", { x: at, y: 46, "text-anchor": anchor }, text);
  fill(strip, { viewBox: "0 0 300 54", height: 54, style: "width: 300px", "aria-label": `From black, ${plain(layer.low, 3)}, to white, ${plain(layer.high, 3)}` }, []);
  strip.replaceChildren(svg("defs", {}, svg("linearGradient", { id: fades }, svg("stop", { offset: 0, "stop-color": "#000" }), svg("stop", { offset: 1, "stop-color": "#fff" }))),
    svg("rect", { x: 10, y: 4, width: 200, height: 18, fill: `url(#${fades})`, stroke: "var(--line)" }),
    svg("path", { d: `M${x} 2V28`, stroke: "var(--two)", "stroke-width": 3 }),
    words(2, "start", plain(layer.low, 3)), ...(apart ? [words(x, "middle", "0")] : []), words(218, "end", plain(layer.high, 3)));
}

function addLayers(frame, layers) {
  const field = html("select", {}, ...layers.map(({ name }, i) => html("option", { value: i }, name)));
  onTyped(frame, field, () => ({ layer: Number(field.value) }));
  addControl(frame, {}, () => show(field, frame.model.get("layer")), html("label", {}, "Layer", field));
}

function tell(frame, layers, { picture, layer, index }, titles, count, { largest, mean }) {
  const now = layers[layer], all = now.shown === now.channels;
  const many = all ? `${now.channels} map${now.channels > 1 ? "s" : ""}` : `the first ${now.shown} of ${now.channels} maps`;
  frame.say([
    `Picture ${picture + 1} of ${count}${titles.length ? ` (${titles[picture]})` : ""}. Layer ${now.name}, ${layer + 1} of ${layers.length}: ${many} of ${now.rows} × ${now.columns}.`,
    `Over all pictures its values lie between ${plain(now.low, 3)} (black) and ${plain(now.high, 3)} (white); zero is ${Math.round(100 * zeroOf(now))}\u00a0% of the way from black to white.`,
    `Map ${index}: largest value ${plain(largest, 3)}, mean ${plain(mean, 3)}.`,
  ]);
}

function render({ model, el }) {
  const bytes = readBytes(model), layers = model.get("layers"), titles = model.get("titles");
  const [count, channels, rows, columns] = model.get("shape");
  const frame = makeFrame({
    model, el, name: "FeatureMaps explorer", picture: html("div", { class: "cnnlab-grids" }),
    plotLabel: "Maps. The arrow keys move the frame, Page Up and Page Down change the layer.",
    hint: "Choose a picture and a layer. The arrow keys on the maps, or a click, move the frame; Page Up and Page Down go to the layer before and after. The values are rounded to 256 levels.",
  });
  frame.plot.classList.add("still");
  frame.follow = ({ layer = model.get("layer"), index = model.get("index"), ...rest }) => {
    const next = clamp(layer, 0, layers.length - 1);
    return { layer: next, index: clamp(index, 0, layers[next].shown - 1), ...rest };
  };
  addNumber(frame, { trait: "picture", label: "Picture", range: () => ({ min: 0, max: count - 1, step: 1 }), typed: false, shown: () => count > 1, say: (value) => String(value + 1) });
  addLayers(frame, layers);

  const original = makePicture("Picture"), large = makePicture("Framed map"), all = makePicture("Feature maps");
  const strip = svg("svg", { role: "img" }), fades = `fade-${Math.random().toString(36).slice(2)}`;
  all.part.append(strip);
  frame.picture.append(html("div", { class: "cnnlab-stack" }, original.part, large.part), all.part);
  let spots = { wide: 1, tall: 1, across: 1 };
  onKeys(frame, (key) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -spots.across, ArrowDown: spots.across }[key];
    const index = model.get("index") + by, { shown } = layers[model.get("layer")];
    if (by !== undefined) return { index: index >= 0 && index < shown ? index : model.get("index") };
    return { PageUp: { layer: model.get("layer") - 1 }, PageDown: { layer: model.get("layer") + 1 }, Home: { index: 0 }, End: { index: shown - 1 } }[key];
  });
  all.ground.addEventListener("click", (event) => {
    const box = all.canvas.getBoundingClientRect(), ratio = all.canvas.width / box.width;
    const across = Math.floor((event.clientX - box.left) * ratio / (spots.wide + GAP)), down = Math.floor((event.clientY - box.top) * ratio / (spots.tall + GAP));
    const index = down * spots.across + across;
    if (across < spots.across && index < layers[model.get("layer")].shown) frame.change({ index });
  });

  return keepDrawing(frame, (width) => {
    const [picture, layer] = ["picture", "layer"].map((name) => model.get(name)), now = layers[layer];
    const index = Math.min(model.get("index"), now.shown - 1); // half of a change from Python
    const side = width > 650 ? 190 : Math.min(190, width), levels = mapBytes(bytes, now, picture, index), size = channels * rows * columns;
    spots = arrange(now, width > 650 ? width - side - 40 : width - 8);
    paintLevels(original.canvas, { rows, columns, channels }, bytes.subarray(picture * size, (picture + 1) * size));
    paintLevels(large.canvas, now, levels);
    paintMaps(all.canvas, bytes, now, picture, spots);
    for (const { ground } of [original, large]) ground.style.setProperty("--picture", `${side}px`);
    all.ground.style.setProperty("--picture", `${all.canvas.width + 2}px`);
    Object.assign(all.mark.style, { left: `${GAP + index % spots.across * (spots.wide + GAP)}px`, top: `${GAP + Math.floor(index / spots.across) * (spots.tall + GAP)}px`, width: `${spots.wide}px`, height: `${spots.tall}px` });
    for (const { mark } of [original, large]) mark.hidden = true;
    original.title.textContent = titles.length ? `Picture: ${titles[picture]}` : "Picture";
    large.title.textContent = `Map ${index}, enlarged`;
    all.title.textContent = now.name;
    all.canvas.setAttribute("aria-label", `The maps of layer ${now.name}`);
    drawScale(strip, now, fades);
    tell(frame, layers, { picture, layer, index }, titles, count, statisticsOf(now, levels));
  });
}

export default { render };
