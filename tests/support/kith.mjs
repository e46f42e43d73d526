// The program under test, for every test that drives it from outside (flows, faults, browser): where it
// stands, folders and databases of a test's own, the fictional service, and running it. Whatever is made here
// is gone when the tests end, a signal included. Knows nothing of pages or of what is being tested.
import assert from "node:assert/strict";
import {execFileSync, spawn} from "node:child_process";
import {existsSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";

export const binary =
    process.env.KITH_BINARY ?? (existsSync("build/debug/kith") ? "build/debug/kith" : "build/release/kith");
// A program that was built beside it.
export const beside = (program) => join(dirname(binary), program);

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const made = [];  // what is still to be undone when the tests end

export function at_end(step) {
  made.push(step);
}
process.on("exit", () => {
  for (const step of made.reverse()) {
    try {
      step();
    } catch (problem) {
      console.error(`clean-up: ${problem.message}`);
    }
  }
});
for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => process.exit(130));

export function new_folder(word) {
  const folder = mkdtempSync(join(tmpdir(), `kith-${word}-`));
  at_end(() => rmSync(folder, {recursive: true, force: true, maxRetries: 5}));
  return folder;
}

// An empty database on the server that KITH_TEST_POSTGRES names, as what kith signs in with.
let databases = 0;
export function new_database(word) {
  const owner = process.env.KITH_TEST_POSTGRES, app = process.env.KITH_TEST_POSTGRES_APP;
  assert.ok(owner && app, "KITH_TEST_POSTGRES and KITH_TEST_POSTGRES_APP name the server");
  const name = `kith_${word}_${process.pid}_${++databases}`;
  const ask = (sql) => execFileSync("psql", [`${owner} dbname=postgres`, "-qc", sql]);
  ask(`create database ${name}`);
  at_end(() => ask(`drop database ${name} with (force)`));
  return {database: `${app} dbname=${name}`, owner_database: `${owner} dbname=${name}`};
}
export function write_settings(folder, settings) {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`);
  writeFileSync(join(folder, "kith.toml"), lines.join(""));
}

// Fills the database that the folder's settings name with the fictional service; gives the first
// organisation's id and a way in for each of its accounts.
export function fill(folder) {
  const text = execFileSync(beside("kith_faults_fill"), [folder], {encoding: "utf8"});
  const [first, ...others] = text.trim().split("\n").map((line) => line.split(" "));
  assert.equal(first[0], "organisation", text.slice(0, 200));
  const ways = others.map(([role, path, ...name]) => ({role, path, name: name.join(" ")}));
  return {organisation: first[1], ways};
}

// One process of kith. `prefix` is what runs instead of the bare binary, for limits set by a shell.
export class Process {
  constructor(words, options = {}) {
    const all = [...(options.prefix ?? []), binary, ...words];
    this.child = spawn(
        all[0], all.slice(1), {env: options.environment ?? process.env, stdio: ["ignore", "pipe", "pipe"]});
    this.printed = "";
    this.errors = "";  // the end of what it wrote there
    this.exit = null;
    this.child.stdout.on("data", (bytes) => {
      this.printed += bytes;
    });
    this.child.stderr.on("data", (bytes) => {
      this.errors = (this.errors + bytes).slice(-20000);
    });
    this.ended = new Promise((done) => this.child.on("exit", (code, signal) => {
      this.exit = {code, signal};
      done(this.exit);
    }));
    at_end(() => this.alive && this.child.kill("SIGKILL"));
  }
  // Resolves to the match of what it printed, as soon as there is one.
  async until(pattern, patience_ms = 30000) {
    const began = performance.now();
    for (;;) {
      const found = pattern.exec(this.printed);
      if (found) return found;
      if (this.exit) throw new Error(`kith did not start: ${JSON.stringify(this.exit)} ${this.errors}`);
      if (performance.now() - began > patience_ms)
        throw new Error(`kith did not print ${pattern}: ${this.printed.slice(-500)}${this.errors}`);
      await pause(5);
    }
  }
  async kill(signal = "SIGKILL") {
    this.child.kill(signal);
    return this.ended;
  }
  get alive() {
    return this.exit === null;
  }
}
export const origin_line = /http:\/\/127\.0\.0\.1:(\d+)(?= )/;
