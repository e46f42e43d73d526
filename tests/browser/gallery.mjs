// Looks at every page of the gallery: node tests/browser/gallery.mjs FOLDER [SHOTS]. Serves FOLDER (written
// by the target `gallery`) on a free local port under the strict policy, and reports findings at 1280, 390
// and 320 px, light, dark, forced colours, on paper, right to left and 200 % text. With SHOTS, pictures are
// written there. Exit code 1 on findings.
import {mkdirSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";

import {axe, launch, layout, small_targets, validate} from "./probe.mjs";
import {serve} from "./serve.mjs";

const [folder, shots] = process.argv.slice(2);
const only = process.env.ONLY;
const {origin, close} = await serve(folder);
const pages =
    readdirSync(folder).filter((name) => name.endsWith(".html") && (!only || name.includes(only))).sort();
const modes = [
  {name: "1280-light", width: 1280, scheme: "light"},
  {name: "1280-dark", width: 1280, scheme: "dark"},
  {name: "390-light", width: 390, scheme: "light"},
  {name: "390-dark", width: 390, scheme: "dark"},
  {name: "320-light", width: 320, scheme: "light"},
  {name: "320-forced", width: 320, scheme: "light", forced: "active"},
  {name: "390-rtl", width: 390, scheme: "light", rtl: true},
  {name: "1280-rtl", width: 1280, scheme: "light", rtl: true},
  {name: "800-print", width: 800, scheme: "dark", media: "print"},
  {name: "390-large", width: 390, scheme: "light", large: true},
];
if (shots) mkdirSync(shots, {recursive: true});
const browser = await launch();
let findings = 0;
for (const name of pages)
  for (const line of await validate(readFileSync(join(folder, name), "utf8"))) {
    console.log(`${name} ${line}`);
    ++findings;
  }
for (const mode of modes) {
  const context = await browser.newContext({
    viewport: {width: mode.width, height: mode.width > 800 ? 900 : 800},
    colorScheme: mode.scheme,
    forcedColors: mode.forced ?? "none",
    reducedMotion: "reduce",
    deviceScaleFactor: 1
  });
  const page = await context.newPage();
  if (mode.media) await page.emulateMedia({media: mode.media});
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin)) complaints.push(`foreign request: ${request.url()}`);
  });
  for (const name of pages) {
    complaints.length = 0;
    await page.setViewportSize({width: mode.width, height: mode.width > 800 ? 900 : 800});
    await page.goto(`${origin}/${name}`);
    if (mode.rtl) await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
    if (mode.large)
      await page.evaluate(() => {
        document.documentElement.style.fontSize = "200%";
      });
    await page.evaluate(() => document.activeElement?.blur());
    const found = [
      ...complaints, ...await layout(page), ...await axe(page),
      ...await small_targets(page, mode.width < 800 ? 40 : 24)
    ];
    for (const line of found) console.log(`${name} ${mode.name} ${line}`);
    findings += found.length;
    if (shots) {  // as tall as the page, so that what sticks to the window stands where it ends
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({width: mode.width, height: Math.min(height, 6000)});
    }
    if (shots)
      await page.screenshot({path: join(shots, `${name.slice(0, -5)}-${mode.name}.png`), fullPage: true});
  }
  await context.close();
}
await browser.close();
close();
console.log(`${pages.length} pages, ${modes.length} modes, ${findings} findings`);
process.exit(findings ? 1 : 0);
