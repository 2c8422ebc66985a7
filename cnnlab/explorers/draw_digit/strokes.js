// Drawn strokes as a grid of grey levels. Strokes are lists of points [x, y].
import { clamp } from "../kit/numbers.js";

function distanceTo(x, y, [x0, y0], [x1, y1]) {
  const across = x1 - x0, down = y1 - y0, length = across * across + down * down;
  const share = length ? clamp(((x - x0) * across + (y - y0) * down) / length, 0, 1) : 0;
  return Math.hypot(x - x0 - share * across, y - y0 - share * down);
}

export function rasterised(strokes, { size, pen, edge }) {
  const ink = new Float64Array(size * size), reach = pen / 2 + edge;
  const range = (low, high) => [clamp(Math.floor(low - reach), 0, size), clamp(Math.ceil(high + reach), 0, size)];
  for (const stroke of strokes) {
    stroke.forEach((start, i) => {
      const end = stroke[i + 1] ?? start;
      const [top, bottom] = range(Math.min(start[1], end[1]), Math.max(start[1], end[1]));
      const [left, right] = range(Math.min(start[0], end[0]), Math.max(start[0], end[0]));
      for (let r = top; r < bottom; r++) {
        for (let c = left; c < right; c++) {
          const level = clamp(0.5 + (pen / 2 - distanceTo(c + 0.5, r + 0.5, start, end)) / edge, 0, 1);
          ink[r * size + c] = Math.max(ink[r * size + c], level);
        }
      }
    });
  }
  return ink;
}

// Scaled to the box and moved by the centre of mass, as the training pictures were.
export function placed(strokes, { size, pen, edge, box, centre }) {
  let points = strokes.map((stroke) => stroke.map(([x, y]) => [x * size, y * size]));
  const moved = (change) => points.map((stroke) => stroke.map(([x, y]) => change(x, y)));
  if (box && points.length) {
    const [xs, ys] = [0, 1].map((axis) => points.flat().map((point) => point[axis]));
    const ends = [xs, ys].map((list) => [Math.min(...list), Math.max(...list)]);
    const [x, y] = ends.map(([low, high]) => (low + high) / 2), extent = Math.max(...ends.map(([low, high]) => high - low));
    const scale = extent >= 1 ? (box - pen) / extent : 1;
    points = moved((px, py) => [(px - x) * scale + size / 2, (py - y) * scale + size / 2]);
  }
  const ink = rasterised(points, { size, pen, edge }), total = ink.reduce((sum, level) => sum + level, 0);
  if (!centre || !total) return points;
  let x = 0, y = 0;
  ink.forEach((level, i) => { x += level * (i % size + 0.5) / total; y += level * (Math.floor(i / size) + 0.5) / total; });
  return moved((px, py) => [px + size / 2 - x, py + size / 2 - y]);
}
