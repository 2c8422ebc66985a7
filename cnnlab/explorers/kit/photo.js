// Shared by the explorers that show pictures.
// A picture is {rows, columns, values}, its grey levels in reading order, 0 black and 1 white.
import { html } from "./frame.js";
import { clamp } from "./numbers.js";

// A photograph is a model of its own, to which explorers refer; its bytes arrive as a DataView.
export async function readPhotograph(model) {
  const photo = await model.widget_manager.get_model(model.get("photo").replace("IPY_MODEL_", ""));
  const view = photo.get("pixels"), size = photo.get("size");
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return { rows: size, columns: size, values: Float64Array.from(bytes, (byte) => byte / 255), credit: photo.get("credit") };
}

export function paintGrey(canvas, { rows, columns, values }, low = 0, high = 1) {
  const brush = canvas.getContext("2d");
  Object.assign(canvas, { width: columns, height: rows });
  const image = brush.createImageData(columns, rows);
  values.forEach((value, i) => {
    const level = Math.round(255 * clamp((value - low) / (high - low || 1), 0, 1));
    image.data.set([level, level, level, 255], 4 * i);
  });
  brush.putImageData(image, 0, 0);
}

// A picture under its title, with a frame that can mark a place on it, and a line below.
export function makePicture(name) {
  const title = html("p", { class: "heading" }), note = html("p", { class: "cnnlab-note" });
  const canvas = html("canvas", { role: "img", "aria-label": name }), mark = html("span", { class: "cnnlab-mark" });
  const ground = html("div", { class: "cnnlab-photo" }, canvas, mark);
  return { part: html("div", { class: "cnnlab-part", role: "group", "aria-label": name }, title, ground, note), title, note, canvas, ground, mark };
}

// The frame around `reach` pixels on each side of a place, as shares of the picture. No frame without a place.
export function markPlace({ mark }, { rows, columns }, place) {
  mark.hidden = !place;
  if (!place) return;
  const share = (pixels, all) => `${100 * pixels / all}%`;
  const { row, column, reach } = place;
  Object.assign(mark.style, { top: share(row - reach, rows), left: share(column - reach, columns),
    height: share(2 * reach + 1, rows), width: share(2 * reach + 1, columns) });
}
