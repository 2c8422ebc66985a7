// What a reader types is held to the limits that Python sends, in Python's words.
import { MINUS, plain } from "./numbers.js";

// Words with values in place of what stands in their braces.
export const filled = (words, values) =>
  words.replace(/\{(\w+)\}/g, (_, key) => (typeof values[key] === "number" ? plain(values[key]) : values[key]));

export function refuse(words, values) {
  throw new Error(`${filled(words, values)}.`);
}

// `limit` is {min, max, step}; a step of 1 asks for a whole number.
export function readNumber(typed, name, limit, words) {
  const got = typed.trim(), value = got === "" ? NaN : Number(got.replace(MINUS, "-"));
  const values = { name, ...limit, got: value }, whole = limit.step === 1;
  if (Number.isNaN(value)) refuse(whole ? words.integer : words.number, { name, got: got || "nothing" });
  if (whole && !Number.isInteger(value)) refuse(words.integer, values);
  if (!(value >= limit.min && value <= limit.max)) refuse(whole ? words.whole : words.between, values);
  return value;
}

// `limit` is {min, max, least, most}; commas or spaces stand between the numbers.
export function readNumbers(typed, name, limit, words) {
  const parts = typed.split(/[\s,;]+/).filter(Boolean), each = `each number of ${name}`;
  for (const part of parts) readNumber(part, each, { min: -Infinity, max: Infinity }, words);
  if (parts.length < limit.least || parts.length > limit.most) refuse(words.count, { name, ...limit, got: parts.length });
  return parts.map((part) => readNumber(part, each, limit, words));
}
