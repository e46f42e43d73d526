// The program as an administrator uses it: commands that end, and the server.
import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {readdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";

import {binary, new_database, new_folder, origin_line, Process} from "../support/kith.mjs";

export class Kith {
  constructor(engine) {
    this.folder = new_folder("flow");
    this.environment = {...process.env};
    if (engine !== "postgres") return;
    const {database, owner_database} = new_database("flow");
    this.environment.KITH_DATABASE = database;
    this.environment.KITH_OWNER_DATABASE = owner_database;
  }

  // Gives what was printed; `expect` is the exit code.
  run(words, expect = 0) {
    const ended =
        spawnSync(binary, [...words, "--data", this.folder], {encoding: "utf8", env: this.environment});
    assert.equal(ended.status, expect, `kith ${words.join(" ")}: ${ended.stdout}${ended.stderr}`);
    return ended.stdout + ended.stderr;
  }
  write(name, text) {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }
  // Gives the origin.
  async serve() {
    const words = ["serve", "--port", "0", "--data", this.folder];
    this.process = new Process(words, {environment: this.environment});
    return (await this.process.until(origin_line))[0];
  }
  // A message to this address that says this, once it was sent; undefined before.
  message_to(address, words = "") {
    const folder = join(this.folder, "outbox");
    const texts = readdirSync(folder).filter((name) => name.endsWith(".eml")).map((name) => {
      return readFileSync(join(folder, name), "utf8");
    });
    return texts.find((text) => text.includes(`To: ${address}`) && text.includes(words));
  }
  async stop() {
    if (!this.process) return;
    const {code} = await this.process.kill("SIGTERM");
    this.process = undefined;
    assert.equal(code, 0, "SIGTERM drains and ends with 0");
  }
}
