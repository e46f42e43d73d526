// The program as an administrator uses it: commands that end, and the server.
import assert from "node:assert/strict";
import {execFileSync, spawn, spawnSync} from "node:child_process";
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";

const binary =
    process.env.KITH_BINARY ?? (existsSync("build/debug/kith") ? "build/debug/kith" : "build/release/kith");

export class Kith {
  constructor(engine) {
    this.folder = mkdtempSync(join(tmpdir(), "kith-flow-"));
    this.engine = engine;
    this.settings = {...process.env};
    if (engine !== "postgres") return;
    const owner = process.env.KITH_TEST_POSTGRES, app = process.env.KITH_TEST_POSTGRES_APP;
    assert.ok(owner && app, "KITH_TEST_POSTGRES and KITH_TEST_POSTGRES_APP name the server");
    this.database = `kith_flow_${process.pid}`;
    this.owner = owner;
    execFileSync("psql", [`${owner} dbname=postgres`, "-qc", `create database ${this.database}`]);
    this.settings.KITH_DATABASE = `${app} dbname=${this.database}`;
    this.settings.KITH_OWNER_DATABASE = `${owner} dbname=${this.database}`;
  }

  // Gives what was printed; `expect` is the exit code.
  run(words, expect = 0) {
    const ended =
        spawnSync(binary, [...words, "--data", this.folder], {encoding: "utf8", env: this.settings});
    assert.equal(ended.status, expect, `kith ${words.join(" ")}: ${ended.stdout}${ended.stderr}`);
    return ended.stdout + ended.stderr;
  }
  write(name, text) {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }
  async serve() {
    this.child = spawn(binary, ["serve", "--port", "0", "--data", this.folder], {env: this.settings});
    this.log = "";
    this.child.stderr.on("data", (bytes) => {
      this.log += bytes;
    });
    this.gone = new Promise((done) => this.child.on("exit", (code) => done(code)));
    return new Promise((ready, failed) => {
      const late = setTimeout(() => failed(new Error("kith serve did not start: " + this.log)), 30000);
      let text = "";
      this.child.stdout.on("data", (bytes) => {
        text += bytes;
        const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
        if (!origin) return;
        clearTimeout(late);
        ready(origin[0]);
      });
    });
  }
  // The newest message to this address, once it was sent; undefined before.
  message_to(address) {
    const folder = join(this.folder, "outbox");
    const texts = readdirSync(folder).filter((name) => name.endsWith(".eml")).map((name) => {
      return readFileSync(join(folder, name), "utf8");
    });
    return texts.find((text) => text.includes(`To: ${address}`));
  }
  async stop() {
    if (this.child) {
      this.child.kill("SIGTERM");
      assert.equal(await this.gone, 0, "SIGTERM drains and ends with 0");
      this.child = undefined;
    }
  }
  async remove() {
    if (this.child) this.child.kill("SIGKILL");
    await this.gone;
    rmSync(this.folder, {recursive: true, force: true});
    if (this.database)
      execFileSync(
          "psql", [`${this.owner} dbname=postgres`, "-qc", `drop database ${this.database} with (force)`]);
  }
}
