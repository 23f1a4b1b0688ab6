// Builds ../report.js and ../report.css. Their last line tells which sources they were built from.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const own = ["package.json", "package-lock.json", "tsconfig.json", "build.mjs"];
const sources = [...own, ...readdirSync("src", { recursive: true }).map((name) => `src/${name}`)]
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => /\.(tsx?|css|json|mjs)$/.test(name))
  .sort();
const digest = createHash("sha256");
for (const name of sources) {
  const text = readFileSync(name);
  digest.update(`${name}\0${text.length}\0`).update(text);
}
const stamp = digest.digest("hex");

const result = await build({
  entryPoints: { report: "src/main.tsx" },
  bundle: true,
  minify: true,
  charset: "ascii",
  format: "iife",
  target: ["chrome111", "firefox113", "safari16.4"],
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  supported: { "inline-script": false },
  outdir: "out",
  write: false,
  metafile: true,
});

// Whose work is in it: every package of the bundle, with its licence.
const packages = new Set();
for (const input of Object.keys(result.metafile.inputs)) {
  const found = input.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (found) packages.add(found[0]);
}
const licences = [...packages].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}package.json`, "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? readFileSync(folder + file, "utf8").trim() : license;
  return `${name} ${version} (${license})\n\n${text}\n`;
});
writeFileSync("../LICENSES.txt", licences.join(`\n${"-".repeat(72)}\n\n`));
const names = [...packages].map((folder) => folder.replace(/.*node_modules\//, "").replace(/\/$/, ""));

for (const file of result.outputFiles) {
  const kind = file.path.endsWith(".css") ? "css" : "js";
  const text = file.text.trim();
  if (/<\/(script|style)|<!--|<script/i.test(text)) throw new Error(`${kind}: would end its element`);
  writeFileSync(
    `../report.${kind}`,
    `/* Bilint's report, built from web/. With ${names.sort().join(", ")}; see LICENSES.txt. */\n` +
      `${text}\n/* sources ${stamp} */\n`,
  );
  console.log(kind, text.length);
}
