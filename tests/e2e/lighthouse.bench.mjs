// What Lighthouse says of the built page, served compressed as static hosts do. No test: it is fetched when
// it is run, since it is as large as all else together. `node lighthouse.bench.mjs` fails below 95.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { serveSite } from "./site.mjs";

const LIGHTHOUSE = "lighthouse@12.8.2";
const SCORE_MIN = 95;
const CATEGORIES = ["performance", "accessibility", "best-practices"];

/** As a phone on a slow network sees it, and as a desk does. */
const FORMS = { phone: [], desk: ["--preset=desktop"] };

async function lighthouse(url, report, more) {
  const run = spawn(
    "npx",
    [
      "--yes",
      LIGHTHOUSE,
      url,
      "--quiet",
      "--output=json",
      `--output-path=${report}`,
      `--only-categories=${CATEGORIES}`,
      "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic",
      ...more,
    ],
    {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, CHROME_PATH: process.env.CHROMIUM ?? "/usr/bin/chromium" },
    },
  );
  const status = await new Promise((ended) => run.once("close", ended));
  assert.equal(status, 0, `${LIGHTHOUSE} failed`);
  return JSON.parse(await readFile(report, "utf8"));
}

/** Each audit that costs points. */
function lost({ categories, audits }) {
  return CATEGORIES.flatMap((category) => categories[category].auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 0.95)
    .map(({ id }) => `  ${id}: ${audits[id].displayValue ?? audits[id].title}`);
}

const directory = await mkdtemp(path.join(tmpdir(), "lighthouse-"));
const site = await serveSite({ compressed: true });
let least = 100;
try {
  for (const [form, more] of Object.entries(FORMS)) {
    const told = await lighthouse(site.url, path.join(directory, `${form}.json`), more);
    for (const category of CATEGORIES) {
      const score = Math.round(told.categories[category].score * 100);
      least = Math.min(least, score);
      console.log(`${form}: ${category} ${score}`);
    }
    for (const line of lost(told)) console.log(line);
  }
} finally {
  site.close();
  await rm(directory, { recursive: true, force: true });
}
assert(least >= SCORE_MIN, `${least} is less than ${SCORE_MIN}`);
