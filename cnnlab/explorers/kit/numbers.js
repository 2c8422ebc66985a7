// Numbers as all explorers write them.

export const MINUS = "\u2212";
export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

// 1.5 -> "1.5", -0.25 -> "−0.25", and never "−0".
export function plain(value, digits = 6) {
  return String(Number(Number(value).toPrecision(digits))).replace(/^-(?=0$)/, "").replace("-", MINUS);
}

export function fixed(value, digits) {
  return value.toFixed(digits).replace(/^-(?=0\.?0*$)/, "").replace("-", MINUS);
}
