// Turns css/, ts/ and images/ into content-hashed files with .br and .gz copies, and manifest.txt
// ("logical-name hashed-name", one a line, sorted). Deterministic: no times, no paths, no random names.
import * as esbuild from "esbuild";
import {execFileSync} from "node:child_process";
import {createHash} from "node:crypto";
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {brotliCompressSync, constants, gzipSync} from "node:zlib";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
if (!out) throw new Error("usage: node build.mjs OUTDIR");

// govuk-frontend writes left and right; one sheet must serve both directions, so each becomes start or end.
const logical = [
  [/\b(margin|padding)-left\b/g, "$1-inline-start"],
  [/\b(margin|padding)-right\b/g, "$1-inline-end"],
  [/\bborder-left\b/g, "border-inline-start"],
  [/\bborder-right\b/g, "border-inline-end"],
  [/(?<=[{;])left:/g, "inset-inline-start:"],
  [/(?<=[{;])right:/g, "inset-inline-end:"],
  [/\btext-align:left\b/g, "text-align:start"],
  [/\btext-align:right\b/g, "text-align:end"],
  [/\bfloat:left\b/g, "float:inline-start"],
  [/\bfloat:right\b/g, "float:inline-end"],
  [/border-inline-(start|end)-(width|color|style)/g, "border-inline-$1-$2"],
];

function style(name) {
  const {css} = sass.compile(join(here, "css", `${name}.scss`), {
    loadPaths: [join(here, "node_modules")],
    style: "compressed",
    charset: false,
    quietDeps: true,
    silenceDeprecations: ["mixed-decls"],
  });
  let text = css;
  for (const [from, to] of logical) text = text.replace(from, to);
  // The tokens always exist, so the fallback colours of another identity are never needed.
  text = text.replace(/var\((--govuk-[a-z-]+),\s*[^()]*\)/g, "var($1)");
  const min = esbuild.transformSync(text, {
    loader: "css",
    minify: true,
    target: ["chrome105", "safari15.4", "firefox121"],
    legalComments: "none"
  });
  return Buffer.from(min.code);
}

function script(name) {
  const built = esbuild.buildSync({
    entryPoints: [join(here, "ts", `${name}.ts`)],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2020",
    write: false,
    legalComments: "none",
    absWorkingDir: here,
  });
  return Buffer.from(built.outputFiles[0].contents);
}

execFileSync(
    process.execPath, [join(here, "node_modules/typescript/bin/tsc"), "--noEmit", "-p", here],
    {stdio: "inherit"});

const files = new Map();
for (const name of ["person", "work"]) files.set(`${name}.css`, style(name));
for (const name of ["person", "work"]) files.set(`${name}.js`, script(name));
for (const name of readdirSync(join(here, "images")).sort())
  files.set(name, readFileSync(join(here, "images", name)));

rmSync(out, {recursive: true, force: true});
mkdirSync(out, {recursive: true});
const manifest = [];
for (const [name, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const dot = name.lastIndexOf(".");
  const hashed = `${name.slice(0, dot)}-${hash}${name.slice(dot)}`;
  const brotli = brotliCompressSync(
      bytes,
      {params: {[constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length}});
  writeFileSync(join(out, hashed), bytes);
  writeFileSync(join(out, `${hashed}.br`), brotli);
  writeFileSync(join(out, `${hashed}.gz`), gzipSync(bytes, {level: 9}));
  manifest.push(`${name} ${hashed}`);
  console.log(`${hashed}: ${bytes.length} bytes, gzip ${gzipSync(bytes, {level: 9}).length}, brotli ${
      brotli.length}`);
}
writeFileSync(join(out, "manifest.txt"), manifest.join("\n") + "\n");
