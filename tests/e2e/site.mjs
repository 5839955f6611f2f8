// The built site, served from a sub-path as a static host might, and a browser that opens it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { chromium } from "playwright-core";
import { Firefox } from "./firefox.mjs";

/** Which browser the tests are for: "chromium" or "firefox". */
export const BROWSER = process.env.E2E_BROWSER ?? "chromium";
assert(["chromium", "firefox"].includes(BROWSER), `there is no browser ${BROWSER}`);

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const DIST = process.env.DIST ?? path.join(ROOT, "dist");
const SUB_PATH = "/some/where/";

/** Within which a browser that has crashed is known to have. */
const CRASH_TOLD_MS = 500;

const MIME_TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".txt": "text/plain",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

const CHROMIUM_FLAGS = [
  // Letters and colours are drawn alike on every machine.
  "--font-render-hinting=none",
  "--enable-font-subpixel-positioning",
  "--disable-lcd-text",
  "--force-color-profile=srgb",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Serves dist/ below SUB_PATH, if asked for compressed, as hosts do; resolves to the address and a way to
 * stop. */
export async function serveSite({ compressed = false } = {}) {
  const sent = new Map();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const name = pathname === SUB_PATH ? "index.html" : pathname.slice(SUB_PATH.length);
    const file = path.join(DIST, name);
    const type = MIME_TYPES[path.extname(file)];
    try {
      assert(pathname.startsWith(SUB_PATH) && file.startsWith(DIST) && type);
      if (!sent.has(file)) {
        const body = await readFile(file);
        sent.set(file, compressed ? brotliCompressSync(body) : body);
      }
      const encoding = compressed ? { "content-encoding": "br" } : {};
      response.writeHead(200, { "content-type": type, ...encoding }).end(sent.get(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${server.address().port}${SUB_PATH}`;
  return { url, close: () => server.close() };
}

/** The site and a browser: `open(options, init)` gives a new page of it, in which `init` is called first
 * if it is given, with what went wrong there. */
export async function start() {
  const site = await serveSite();
  const browser = await launch();

  const open = async (options = {}, init = undefined) => {
    const defaults = { viewport: { width: 1280, height: 800 }, locale: "en-US" };
    const context = await browser.newContext({ ...defaults, ...options });
    if (init) await context.addInitScript(init);
    const page = await context.newPage();
    const problems = watch(page, site.url);
    let hasCrashed = false;
    page.on("crash", () => (hasCrashed = true));
    const crashed = async () => {
      // It is told a moment after what was asked of it has failed.
      await sleep(CRASH_TOLD_MS);
      return hasCrashed || page.isClosed() || !context.browser()?.isConnected();
    };
    await page.goto(site.url);
    return { page, problems, crashed, close: () => context.close().catch(() => {}) };
  };
  const close = async () => {
    await browser.close();
    site.close();
  };
  return { open, close };
}

async function launch() {
  if (BROWSER === "firefox") return new Firefox(process.env.FIREFOX ?? "/usr/bin/firefox-esr");
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
}

/** Collects whatever a page must never do. */
function watch(page, url) {
  const problems = [];
  page.on("console", (message) => {
    // A part that was not asked for in time is there all the same, after a moment in which all stood still.
    const late = message.text().includes("was not asked for in time");
    if (late || message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    const local = [url, "data:", "blob:"].some((prefix) => request.url().startsWith(prefix));
    if (!local) problems.push(`asked for ${request.url()}`);
  });
  return problems;
}
