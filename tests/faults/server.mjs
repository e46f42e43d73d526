// The program under test as the fault tests use it: a database server that may be broken, a filled data
// folder, a server that is ready, signing in, requests, and what really stands in the database. Nothing here
// knows what is being broken.
import {execFileSync} from "node:child_process";
import http from "node:http";

import {
  at_end,
  beside,
  fill,
  new_folder,
  origin_line,
  pause,
  Process,
  write_settings
} from "../support/kith.mjs";

export {at_end, binary, new_folder, pause} from "../support/kith.mjs";
const postgres_script = "tests/faults/postgres.sh";

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
    write_settings(folder, {
      database: `${base} user=kith_app dbname=${name}`,
      owner_database: `${base} user=kith_owner dbname=${name}`,
    });
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
    const {organisation, ways} = fill(folder);
    this.organisation = organisation;
    this.ways = Object.fromEntries(ways.map(({role, path}) => [role, path]));
  }
  rows(sql) {
    return rows_of(this.folder, this.organisation, sql);
  }
  number(sql) {
    return Number(this.rows(sql)[0][0]);
  }
}

// kith, started as often as a test likes. `prefix` is what runs instead of the bare binary.
export class Server {
  constructor(place, options = {}) {
    this.place = place;
    this.prefix = options.prefix ?? [];
    this.process = null;
    this.port = 0;
  }

  // Resolves to the milliseconds until /readyz said yes.
  async start(patience_ms = 20000) {
    const began = performance.now();
    const words = ["serve", "--data", this.place.folder, "--port", "0"];
    this.process = new Process(words, {prefix: this.prefix});
    this.port = Number((await this.process.until(origin_line, patience_ms))[1]);
    for (;;) {
      if (this.exit) throw new Error(`kith did not start: ${JSON.stringify(this.exit)} ${this.errors}`);
      if (performance.now() - began > patience_ms) throw new Error(`kith was not ready: ${this.errors}`);
      if ((await ask(this, {path: "/readyz"})).status === 200) return performance.now() - began;
      await pause(5);
    }
  }
  kill(signal) {
    return this.process.kill(signal);
  }
  get alive() {
    return this.process?.alive ?? false;
  }
  get exit() {
    return this.process.exit;
  }
  get errors() {
    return this.process.errors;
  }
  get ended() {
    return this.process.ended;
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
