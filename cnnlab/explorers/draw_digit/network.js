// A trained chain of layers, run in the browser. Layers come as plain settings, their numbers as 16-bit floats.

// Sign, five bits of exponent, ten bits of fraction.
function fromHalf(bits) {
  const sign = bits & 0x8000 ? -1 : 1, exponent = bits >> 10 & 31, fraction = bits & 1023;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -24 * fraction);
}
export const readHalves = (bytes) => Float64Array.from({ length: bytes.length / 2 }, (_, i) => fromHalf(bytes[2 * i] | bytes[2 * i + 1] << 8));

const placesOf = (length, kernel, stride, padding, dilation = 1) => Math.floor((length + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;

function convolve({ out, kernel, stride, padding, dilation, groups, at, bias }, numbers, { channels, rows, columns, values }) {
  const down = placesOf(rows, kernel[0], stride[0], padding[0], dilation[0]), across = placesOf(columns, kernel[1], stride[1], padding[1], dilation[1]);
  const within = channels / groups, weights = out * within * kernel[0] * kernel[1], result = new Float64Array(out * down * across);
  for (let o = 0; o < out; o++) {
    const first = Math.floor(o * groups / out) * within;
    for (let r = 0; r < down; r++) for (let c = 0; c < across; c++) {
      let sum = bias ? numbers[at + weights + o] : 0;
      for (let i = 0; i < within; i++) for (let y = 0; y < kernel[0]; y++) {
        const row = r * stride[0] - padding[0] + y * dilation[0];
        if (row < 0 || row >= rows) continue;
        for (let x = 0; x < kernel[1]; x++) {
          const column = c * stride[1] - padding[1] + x * dilation[1];
          if (column < 0 || column >= columns) continue;
          sum += numbers[at + ((o * within + i) * kernel[0] + y) * kernel[1] + x] * values[((first + i) * rows + row) * columns + column];
        }
      }
      result[(o * down + r) * across + c] = sum;
    }
  }
  return { channels: out, rows: down, columns: across, values: result };
}

function pool({ kind, kernel, stride, padding, padded }, { channels, rows, columns, values }) {
  const [kr, kc] = kernel ?? [rows, columns], [sr, sc] = stride ?? [1, 1];
  const down = placesOf(rows, kr, sr, padding[0]), across = placesOf(columns, kc, sc, padding[1]);
  const result = new Float64Array(channels * down * across);
  for (let i = 0; i < channels; i++) for (let r = 0; r < down; r++) for (let c = 0; c < across; c++) {
    let sum = 0, most = -Infinity, count = 0;
    for (let y = 0; y < kr; y++) for (let x = 0; x < kc; x++) {
      const row = r * sr - padding[0] + y, column = c * sc - padding[1] + x;
      if (row < 0 || column < 0 || row >= rows || column >= columns) continue;
      const value = values[(i * rows + row) * columns + column];
      sum += value; most = Math.max(most, value); count += 1;
    }
    result[(i * down + r) * across + c] = kind === "max" ? most : sum / (padded ? kr * kc : count);
  }
  return { channels, rows: down, columns: across, values: result };
}

function join({ out, at, bias }, numbers, { values }) {
  const size = values.length, result = new Float64Array(out);
  for (let o = 0; o < out; o++) {
    let sum = bias ? numbers[at + out * size + o] : 0;
    for (let i = 0; i < size; i++) sum += numbers[at + o * size + i] * values[i];
    result[o] = sum;
  }
  return { channels: out, rows: 1, columns: 1, values: result };
}

const ACTIVATIONS = { relu: (value) => Math.max(0, value), tanh: Math.tanh, sigmoid: (value) => 1 / (1 + Math.exp(-value)) };

export function run(layers, numbers, picture) {
  return layers.reduce((maps, layer) => {
    if (layer.kind === "conv") return convolve(layer, numbers, maps);
    if (layer.kind === "linear") return join(layer, numbers, maps);
    if (layer.kind in ACTIVATIONS) return { ...maps, values: maps.values.map(ACTIVATIONS[layer.kind]) };
    return pool(layer, maps);
  }, picture);
}

export function softmax(logits) {
  const top = Math.max(...logits), powers = Array.from(logits, (logit) => Math.exp(logit - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
