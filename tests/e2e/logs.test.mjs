// The logs, at 10,000 entries and more.

import assert from "node:assert/strict";
import { axe, eventually, pageTest } from "./harness.mjs";
import { button, focused, region, tabTo } from "./user.mjs";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const MOST_CELLS = 200;

/** Three logs of 10,000 entries; the last two of S3 are of another term. */
async function long(page, steps = "") {
  await page.evaluate((steps) => {
    const ones = "1, ".repeat(9_998);
    const node = (id, rest) => `[[node]]\nid = "${id}"\nlog = [${ones}${rest}]\ncommit = 5000\n`;
    window.flotilla.pause();
    window.flotilla.load(
      `title = "Long"\nuntil = "20s"\n${node("S1", "2, 2")}${node("S2", "2, 2")}${node("S3", "3, 3")}${steps}`,
    );
  }, steps);
  return region(page, "Logs");
}

const entry = (logs, index) => logs.getByRole("button", { name: new RegExp(`^index ${index}, `) });
const go = (logs) => logs.getByRole("spinbutton", { name: "Go to index" });
const left = (locator) => locator.evaluate((it) => it.getBoundingClientRect().left);

pageTest("the head is followed, left for an index, and come back to", async (page) => {
  const logs = await long(page);
  await entry(logs, 10_000).first().waitFor();
  assert((await logs.getByRole("button").count()) < MOST_CELLS);
  await go(logs).fill("4321");
  await page.keyboard.press("Enter");
  await entry(logs, 4_321).first().waitFor();
  assert.equal(await entry(logs, 10_000).count(), 0);
  assert((await logs.getByRole("button").count()) < MOST_CELLS);
  // What is wanted is in the middle, not behind the names.
  const box = await logs.getByRole("group").boundingBox();
  const x = (await left(entry(logs, 4_321).first())) - box.x;
  assert(x > box.width / 4 && x < (3 * box.width) / 4, `${x} of ${box.width}`);
  await button(page, "Jump to head").click();
  await entry(logs, 10_000).first().waitFor();
  assert.equal(await button(page, "Jump to head").count(), 0);
});

pageTest("what is in conflict, committed and believed is marked and said", async (page) => {
  const logs = await long(page);
  const last = entry(logs, 10_000);
  await last.first().waitFor();
  const names = await last.evaluateAll((all) => all.map((it) => it.title));
  assert.deepEqual(names.map((name) => /differs$/.test(name)), [false, false, true]);
  await go(logs).fill("5000");
  await page.keyboard.press("Enter");
  await eventually(async () =>
    assert.equal(await logs.getByRole("img", { name: "commit", exact: true }).count(), 3),
  );
  // Once somebody leads, it is its log that counts, and it believes something of the others.
  await page.evaluate(() => window.flotilla.run_until(3_000_000));
  await button(page, "Jump to head").click();
  await logs.getByRole("img", { name: "next", exact: true }).first().waitFor();
  await axe(page);
});

pageTest("a snapshot's base is one mark", async (page) => {
  const logs = await long(page, '[[step]]\nat = "3s"\nsnapshot = "leader"\n');
  await page.evaluate(() => window.flotilla.run_until(4_000_000));
  await go(logs).fill("1");
  await page.keyboard.press("Enter");
  await logs.getByText(/^1–100\d\d$/).waitFor();
});

pageTest("an entry is selected by mouse and by keyboard", async (page) => {
  const logs = await long(page);
  const pressed = (locator) => locator.getAttribute("aria-pressed");
  const at = (row, index) => entry(logs, index).nth(row);
  await at(1, 9_999).click();
  await eventually(async () => assert.equal(await pressed(at(1, 9_999)), "true"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowLeft");
  assert(await focused(at(2, 9_998)));
  await page.keyboard.press("Enter");
  await eventually(async () => assert.equal(await pressed(at(2, 9_998)), "true"));
  assert.equal(await pressed(at(1, 9_999)), "false");
  // The tab key leads to one entry, and the arrows further than is in view.
  assert.equal(await logs.locator(".entry[tabindex='0']").count(), 1);
  for (let index = 9_997; index >= 9_968; index -= 1) {
    await at(2, index).waitFor();
    await page.keyboard.press("ArrowLeft");
    assert(await focused(at(2, index)), `${index}`);
  }
  await go(logs).focus();
  await page.keyboard.type("77");
  await page.keyboard.press("Enter");
  await entry(logs, 77).first().waitFor();
  await tabTo(page, logs.locator(".entry[tabindex='0']"));
});

pageTest(
  "on a phone an entry is tapped",
  async (page) => {
    const logs = await long(page);
    const last = entry(logs, 10_000).first();
    await last.tap();
    await eventually(async () => assert.equal(await last.getAttribute("aria-pressed"), "true"));
    await axe(page);
  },
  { ...PHONE, colorScheme: "dark" },
);
