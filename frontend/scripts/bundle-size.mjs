import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const limits_kb = { "index.html": 400, "rep.html": 150 };

function staticFiles(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const imported of manifest[key].imports ?? []) staticFiles(imported, seen);
  return seen;
}

let isTooLarge = false;
for (const [entry, limit_kb] of Object.entries(limits_kb)) {
  const files = [...staticFiles(entry)].map((key) => manifest[key].file);
  const bytes = files
    .filter((file) => file.endsWith(".js"))
    .reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, dist))).length, 0);
  const size_kb = bytes / 1024;
  isTooLarge ||= size_kb > limit_kb;
  console.log(`${entry}: ${size_kb.toFixed(1)} KB of JavaScript gzip (limit ${limit_kb} KB)`);
}
process.exitCode = isTooLarge ? 1 : 0;
