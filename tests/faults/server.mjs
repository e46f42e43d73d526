// The program under test as the fault tests use it: a data folder, the process, signing in, requests, and
// what really stands in the database. Nothing here knows what is being broken.
import {execFileSync, spawn} from "node:child_process";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import http from "node:http";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";

export const binary = process.env.KITH_BINARY ?? "build/debug/kith";
const beside = (program) => join(dirname(binary), program);
const postgres_script = "tests/faults/postgres.sh";

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const made = [];  // what is still to be removed when the tests end

export function new_folder(word) {
  const folder = mkdtempSync(join(tmpdir(), `kith-faults-${word}-`));
  made.push(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}
export function at_end(step) {
  made.push(step);
}
export function clean_up() {
  for (const step of made.reverse()) {
    try {
      step();
    } catch (problem) {
      console.error(`clean-up: ${problem.message}`);
    }
  }
  made.length = 0;
}

// A PostgreSQL of our own, which may be stopped and broken as a test likes.
export class Postgres {
  constructor() {
    this.folder = new_folder("postgres");
    at_end(() => this.run("down"));
    this.run("up");
    this.databases = 0;
  }
  run(command, ...more) {
    const options = {encoding: "utf8", stdio: ["ignore", "pipe", "pipe"]};
    return execFileSync(postgres_script, [command, this.folder, ...more], options).trim();
  }
  answers() {
    try {
      this.run("backend");
      return true;
    } catch {
      return false;
    }
  }
  configure(folder) {
    const name = `kith_${++this.databases}`;
    const base = this.run("base");
    this.run("create", name);
    writeFileSync(
        join(folder, "kith.toml"),
        `database = "${base} user=kith_app dbname=${name}"\n` +
            `owner_database = "${base} user=kith_owner dbname=${name}"\n`);
    return name;
  }
}

// On SQLite of every organisation, on PostgreSQL of this one.
export function rows_of(folder, organisation, sql) {
  const text = execFileSync(
      beside("kith_faults_rows"), [folder, organisation, sql], {encoding: "utf8", maxBuffer: 1 << 28});
  return text.split("\n").slice(0, -1).map((line) => line.split("\t"));
}

// A filled data folder: who may come in, and the rows behind kith's back.
export class Place {
  constructor(folder) {
    this.folder = folder;
    const text = execFileSync(beside("kith_faults_fill"), [folder], {encoding: "utf8"});
    const words = Object.fromEntries(text.trim().split("\n").map((line) => line.split(" ")));
    this.organisation = words.organisation;
    this.ways = words;
  }
  rows(sql) {
    return rows_of(this.folder, this.organisation, sql);
  }
  number(sql) {
    return Number(this.rows(sql)[0][0]);
  }
}

// One process of kith. `command` is what runs instead of the bare binary, for limits set by a shell.
export class Server {
  constructor(place, options = {}) {
    this.place = place;
    this.prefix = options.prefix ?? [];
    this.child = null;
    this.port = 0;
    this.ended = null;
  }

  // Resolves to the milliseconds until /readyz said yes.
  async start(patience_ms = 20000) {
    const began = performance.now();
    const words = [...this.prefix, binary, "serve", "--data", this.place.folder, "--port", "0"];
    this.child = spawn(words[0], words.slice(1), {stdio: ["ignore", "pipe", "pipe"]});
    this.errors = "";
    this.exit = null;
    this.child.stderr.on("data", (bytes) => {
      this.errors = (this.errors + bytes).slice(-20000);
    });
    this.ended = new Promise((done) => this.child.on("exit", (code, signal) => {
      this.exit = {code, signal};
      done(this.exit);
    }));
    let text = "";
    this.port = 0;
    this.child.stdout.on("data", (bytes) => {
      text += bytes;
      this.port ||= Number(/http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1] ?? 0);
    });
    for (;;) {
      if (this.exit) throw new Error(`kith did not start: ${JSON.stringify(this.exit)} ${this.errors}`);
      if (performance.now() - began > patience_ms) throw new Error(`kith was not ready: ${this.errors}`);
      if (this.port && (await ask(this, {path: "/readyz"})).status === 200) return performance.now() - began;
      await pause(5);
    }
  }
  async kill(signal = "SIGKILL") {
    this.child.kill(signal);
    return this.ended;
  }
  get alive() {
    return this.child !== null && this.exit === null;
  }
}

// One request; a broken connection is status 0.
export function ask(server, request) {
  return new Promise((done) => {
    const headers = {...request.headers};
    if (request.body !== undefined) {
      headers["Content-Type"] = "application/x-www-form-urlencoded";
      headers["Content-Length"] = Buffer.byteLength(request.body);
      headers.Origin = `http://127.0.0.1:${server.port}`;
    }
    const sent = http.request({
      host: "127.0.0.1",
      port: server.port,
      path: request.path,
      method: request.body === undefined ? "GET" : "POST",
      headers,
      agent: request.agent ?? false,
      timeout: 20000,
    });
    const broken = () => done({status: 0, headers: {}, body: ""});
    sent.on("response", (answer) => {
      let body = "";
      answer.setEncoding("utf8");
      answer.on("data", (part) => {
        body += part;
      });
      answer.on("error", broken);
      answer.on("aborted", broken);
      answer.on("end", () => done({status: answer.statusCode, headers: answer.headers, body}));
    });
    sent.on("timeout", () => sent.destroy());
    sent.on("error", broken);
    sent.end(request.body);
  });
}

// A signed-in person of the service. Sessions and form tokens outlive a restart.
export class Visitor {
  static async enter(server, way) {
    const visitor = new Visitor();
    visitor.agent = new http.Agent({keepAlive: true, maxSockets: 1});
    const page = await ask(server, {path: way});
    const body = new URLSearchParams({csrf: token_of(page.body)}).toString();
    const entered = await ask(server, {path: way, body});
    if (entered.status !== 303) throw new Error(`signing in: ${entered.status}`);
    visitor.cookie = entered.headers["set-cookie"][0].split(";")[0];
    const own = await visitor.get(server, "/refer");
    visitor.csrf = token_of(own.body);
    return visitor;
  }
  get(server, path) {
    return ask(server, {path, headers: {Cookie: this.cookie}});
  }
  post(server, path, key, fields) {
    const form = new URLSearchParams([["csrf", this.csrf], ...fields]);
    return ask(server, {
      path,
      headers: {Cookie: this.cookie, "Idempotency-Key": key},
      body: form.toString(),
      agent: this.agent,
    });
  }
}

function token_of(page) {
  const found = /name="csrf"[^>]*value="([^"]+)"/.exec(page) ?? /value="([^"]+)"[^>]*name="csrf"/.exec(page);
  if (!found) throw new Error("no form token on the page: " + page.slice(0, 400));
  return found[1];
}
