// The page and the headless program are the same simulator: a scenario file is the same run in both.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { pageTest, state } from "./harness.mjs";
import { ROOT } from "./site.mjs";

const FLOTILLA = process.env.FLOTILLA ?? path.join(ROOT, "target/release/flotilla");
const SCENARIOS = path.join(ROOT, "tests/scenarios");

const files = readdirSync(SCENARIOS).filter((name) => name.endsWith(".toml"));

test("there are scenarios to compare", () => assert(files.length > 0));

/** What the headless program prints of a run; whether its expectations held is not asked here. */
function runNatively(file) {
  const { stdout, stderr } = spawnSync(FLOTILLA, ["run", "--json", file], { encoding: "utf8" });
  assert(stdout, `flotilla printed no run: ${stderr}`);
  return JSON.parse(stdout);
}

for (const name of files) {
  pageTest(`${name} is the same run in the page`, async (page) => {
    const file = path.join(SCENARIOS, name);
    const native = runNatively(file);
    await page.evaluate(
      async ([text, end]) => {
        window.flotilla.pause();
        await window.flotilla.load(text);
        window.flotilla.pause();
        await window.flotilla.run_until(end);
      },
      [readFileSync(file, "utf8"), native.simulated_us],
    );
    const { digest, events } = await state(page);
    assert.deepEqual({ digest, events }, { digest: native.digest, events: native.events });
  });
}

pageTest("a file that is no scenario is refused with a message", async (page) => {
  const load = page.evaluate(() => window.flotilla.load("title = 7"));
  await assert.rejects(load, /title/);
});
