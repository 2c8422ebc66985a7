// Patterns with a direction, and the filters that answer to it. Angles in degrees, 0 to the right, 90 down.
import { clamp } from "../kit/numbers.js";

const SIGMA = 0.56, STRIPES = 8, BAR = 4;
export const ANGLES = Array.from({ length: 36 }, (_, i) => 5 * i);

// For each pixel of a square what `value` makes of its distance from the middle, across the stripes and along them.
export function drawSquare(size, angle, value) {
  const middle = (size - 1) / 2, [cos, sin] = [Math.cos(angle * Math.PI / 180), Math.sin(angle * Math.PI / 180)];
  const values = new Float64Array(size * size);
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < size; c++) {
      const x = c - middle, y = r - middle;
      values[r * size + c] = value(Number((x * cos + y * sin).toFixed(12)), y * cos - x * sin);
    }
  }
  return { rows: size, columns: size, values };
}

export const PATTERNS = {
  grating: (across) => 0.5 + 0.5 * Math.cos(2 * Math.PI * across / STRIPES),
  bar: (across) => clamp(BAR / 2 + 0.5 - Math.abs(across), 0, 1),
};
export const edgeAt = (turn, contrast, size) => drawSquare(size, turn, (across) => 0.5 + contrast * (clamp(across + 0.5, 0, 1) - 0.5));

// A wave under a round Gaussian; the weights sum to 0, the positive ones to 1.
export function gabor(angle, wavelength) {
  const sigma = SIGMA * wavelength, size = 2 * Math.ceil(2.5 * sigma) + 1;
  const bell = (x, y) => Math.exp(-(x * x + y * y) / (2 * sigma * sigma));
  const envelope = drawSquare(size, angle, bell);
  const wave = drawSquare(size, angle, (x, y) => bell(x, y) * Math.cos(2 * Math.PI * x / wavelength));
  const total = (list) => list.reduce((sum, value) => sum + value, 0);
  const excess = total(wave.values) / total(envelope.values);
  const even = wave.values.map((value, i) => value - excess * envelope.values[i]);
  const positive = total(even.filter((value) => value > 0));
  return { rows: size, columns: size, values: even.map((value) => value / positive) };
}

// The filter's answer wherever it fits, at every `step`-th row and column.
export function responseOf(picture, weights, step = 1) {
  const rows = Math.floor((picture.rows - weights.rows) / step) + 1, columns = Math.floor((picture.columns - weights.columns) / step) + 1;
  const values = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      let sum = 0;
      for (let i = 0; i < weights.rows; i++) {
        const from = (r * step + i) * picture.columns + c * step, start = i * weights.columns;
        for (let j = 0; j < weights.columns; j++) sum += picture.values[from + j] * weights.values[start + j];
      }
      values[r * columns + c] = sum;
    }
  }
  return { rows, columns, values };
}

export function strengthOf(picture, weights) {
  const { values } = responseOf(picture, weights, 2);
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

// Change across and down in the middle, in grey levels per pixel.
export function sobelGradient({ rows: size, values }) {
  const middle = (size - 1) / 2, at = (r, c) => values[(middle + r) * size + middle + c];
  const part = (at) => [-1, 0, 1].reduce((sum, i) => sum + (i ? 1 : 2) * (at(i, 1) - at(i, -1)), 0) / 8;
  return [part(at), part((along, across) => at(across, along))].map((value) => Number(value.toFixed(9)));
}

// A test picture turned by an angle.
export const pattern = (stimulus, turn, size) => drawSquare(size, turn, PATTERNS[stimulus]);
