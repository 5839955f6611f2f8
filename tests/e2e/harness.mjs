// What every end-to-end test stands on: a fresh page of the built site, which must not complain, nor
// ask anyone else for anything.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { BROWSER, start } from "./site.mjs";

const TEST_TIMEOUT_MS = 180_000;
const PATIENCE_MS = 30_000;

let shared;
before(async () => {
  shared = await start();
});
after(() => shared.close());

/** A test of a fresh page: `body` is given the page, opened and started. Only where it `panics` may the
 * page complain. The options are those of Playwright's contexts, and `onlyChromium`: why a test is not for
 * Firefox. */
export function pageTest(name, body, { onlyChromium, ...options } = {}, panics = false) {
  const skip = BROWSER !== "chromium" && onlyChromium;
  test(name, { timeout: TEST_TIMEOUT_MS, skip }, async () => {
    try {
      await attempt(body, options, panics);
    } catch (error) {
      if (!(error instanceof BrowserCrashed)) throw error;
      // That is the browser's own fault, if it does not happen again.
      console.log(`once more, since the browser crashed: ${error.cause.message}`);
      await attempt(body, options, panics);
    }
  });
}

class BrowserCrashed extends Error {}

async function attempt(body, options, panics) {
  const { page, problems, crashed, close } = await shared.open(options);
  try {
    await page.getByRole("region", { name: "Cluster" }).waitFor();
    await body(page);
  } catch (error) {
    if (await crashed()) throw new BrowserCrashed("the browser crashed", { cause: error });
    if (problems.length === 0) throw error;
    throw new Error(`${error.message}\n${problems.join("\n")}`, { cause: error });
  } finally {
    await close();
  }
  if (!panics) assert.deepEqual(problems, [], "the page complained");
}

/** Tries `check` until it no longer throws, and gives what it returns. */
export async function eventually(check) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}

/** What the headless runner would print of this moment. */
export function state(page) {
  return page.evaluate(() => window.flotilla.state());
}

/** Fails on anything that axe-core finds inaccessible. */
export async function axe(page) {
  const source = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  await page.addScriptTag({ path: source });
  const { violations } = await page.evaluate(() => window.axe.run());
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map((node) => node.target.join(" ")),
  }));
  assert.deepEqual(found, [], "axe-core found violations");
}
