// A mistake in the program must not leave a dead page: a notice says what happened and offers a way on.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { eventually, pageTest, state } from "./harness.mjs";
import { button, choose, dropFile } from "./user.mjs";

/** A run of which the page remembers that S1 has crashed, with a link to it in the address. */
async function someRun(page) {
  await page.getByRole("textbox", { name: "Seed" }).fill("7");
  await button(page, "New run").click();
  await choose(page, "S1", "Crash");
  await button(page, "Run").click();
  await page.getByRole("menuitem", { name: "Copy link", exact: true }).click();
  await eventually(() => assert.match(page.url(), /#1\./));
}

async function panic(page) {
  // The panic also ends the call itself, which is of no interest here.
  await page.evaluate(() => window.flotilla.panic()).catch(() => {});
  const notice = page.getByRole("alert").filter({ hasText: "fire drill" });
  await notice.waitFor();
  return notice;
}

async function isFresh(page) {
  await page.getByRole("button", { name: /^S1, (follower|candidate|leader), term \d+$/ }).waitFor();
  assert.equal(await page.getByRole("alert").filter({ hasText: "fire drill" }).count(), 0);
  assert.equal(new URL(page.url()).hash, "");
  const { seed, nodes } = await state(page);
  assert.equal(seed, 1);
  assert.deepEqual(nodes.filter(({ role }) => role === "down"), []);
  await button(page, "Pause").waitFor();
}

const PANICS = [undefined, true];

pageTest(
  "a panic shows a notice that says what happened and offers a new run, which is a fresh one",
  async (page) => {
    await someRun(page);
    const notice = await panic(page);
    await Promise.all([
      page.waitForEvent("load"),
      notice.getByRole("button", { name: "new run" }).click(),
    ]);
    await isFresh(page);
    // Nor does the run that panicked come back in another tab.
    const other = await page.context().newPage();
    await other.goto(page.url());
    await isFresh(other);
  },
  ...PANICS,
);

pageTest(
  "a page that is loaded anew after a panic has the run that was left",
  async (page) => {
    await someRun(page);
    await panic(page);
    await page.reload();
    await page.getByRole("button", { name: /^S1, down/ }).waitFor();
    assert.equal((await state(page)).seed, 7);
  },
  ...PANICS,
);

pageTest(
  "a link that is gone to after a panic is opened",
  async (page) => {
    await someRun(page);
    const link = page.url();
    await panic(page);
    await page.goto("about:blank");
    await page.goto(link);
    await page.getByRole("button", { name: /^S1, down/ }).waitFor();
    assert.equal((await state(page)).seed, 7);
  },
  ...PANICS,
);

pageTest(
  "a panic of a run that nobody has acted on does not take the run before from the browser",
  async (page) => {
    await someRun(page);
    await page.reload();
    await page.getByRole("button", { name: /^S1, down/ }).waitFor();
    const remembered = () => page.evaluate(() => sessionStorage.getItem("flotilla-run"));
    const before = await remembered();
    await page.getByRole("textbox", { name: "Seed" }).fill("1");
    await button(page, "New run").click();
    await eventually(async () => assert.notEqual(await remembered(), before));
    const notice = await panic(page);
    await Promise.all([
      page.waitForEvent("load"),
      notice.getByRole("button", { name: "new run" }).click(),
    ]);
    await isFresh(page);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByRole("button", { name: /^S1, down/ }).waitFor();
    assert.equal((await state(other)).seed, 7);
  },
  ...PANICS,
);

pageTest(
  "a panic while a trace is shown leaves the browser the user's own run",
  async (page) => {
    await someRun(page);
    const name = "two_leaders.ndjson";
    const trace = await readFile(new URL(`../traces/${name}`, import.meta.url), "utf8");
    // As long as that the page has written its run down.
    await page.waitForTimeout(2_500);
    await dropFile(page, name, trace);
    await page.getByText(/^Opened: /).waitFor();
    await page.waitForTimeout(2_500);
    const notice = await panic(page);
    await Promise.all([
      page.waitForEvent("load"),
      notice.getByRole("button", { name: "new run" }).click(),
    ]);
    await isFresh(page);
    const other = await page.context().newPage();
    await other.goto(new URL("?", page.url()).href.replace("?", ""));
    await eventually(async () => assert.equal((await state(other)).seed, 7));
  },
  ...PANICS,
);
