// Replays cases of the library against an explorer's JavaScript, without a browser. CNNLAB_CASES names the file of cases,
// CNNLAB_FOLDER the explorer's folder.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";

const cases = JSON.parse(readFileSync(process.env.CNNLAB_CASES, "utf8"));
const isList = (value) => Array.isArray(value) || ArrayBuffer.isView(value);
const revived = (value) => (value?.bytes ? Uint8Array.from(value.bytes) : value);

function compare(found, wanted, tolerance, place) {
  if (typeof wanted === "number") {
    const apart = Math.abs(found - wanted);
    return assert.ok(apart <= tolerance * Math.max(1, Math.abs(wanted)), `${place} must be ${wanted}, got ${found}`);
  }
  if (isList(wanted)) {
    assert.ok(isList(found) && found.length === wanted.length, `${place} must have ${wanted.length} entries, got ${found?.length}`);
    return wanted.forEach((entry, i) => compare(found[i], entry, tolerance, `${place}[${i}]`));
  }
  if (wanted !== null && typeof wanted === "object") {
    for (const [key, entry] of Object.entries(wanted)) compare(found[key], entry, tolerance, `${place}.${key}`);
    return undefined;
  }
  return assert.equal(found, wanted, `${place} must be ${wanted}, got ${found}`);
}

const index = join(process.env.CNNLAB_FOLDER, "index.js");
if (existsSync(index)) {
  test("what index.js imports is there, and it can render", async () => {
    const { default: explorer } = await import(pathToFileURL(index));
    assert.equal(typeof explorer.render, "function");
  });
}

for (const [i, { file, call, args, answer, error, tolerance }] of cases.entries()) {
  test(`case ${i}: ${call}(${JSON.stringify(args).slice(1, 200)}`, async () => {
    const { [call]: compute } = await import(pathToFileURL(join(process.env.CNNLAB_FOLDER, file)));
    if (error) return assert.throws(() => compute(...args.map(revived)), { message: error });
    return compare(compute(...args.map(revived)), answer, tolerance, call);
  });
}
