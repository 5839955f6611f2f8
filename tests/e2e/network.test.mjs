// The view of the network: who can send to whom, and what is under way.

import assert from "node:assert/strict";
import { axe, eventually, pageTest, state } from "./harness.mjs";
import { region } from "./user.mjs";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** The view, on its tab. */
async function network(page) {
  await page.getByRole("tab", { name: "Network" }).click();
  const view = region(page, "Network");
  await view.getByRole("table", { name: "Who can send to whom" }).waitFor();
  return view;
}

const cell = (view, from, to) =>
  view.getByRole("button", { name: new RegExp(`^${from} to ${to}: `) });

pageTest("a cell cuts one direction, and heals it", async (page) => {
  await page.evaluate(() => window.flotilla.pause());
  const view = await network(page);
  const there = cell(view, "S1", "S2");
  await there.click();
  assert.equal(await there.getAttribute("aria-pressed"), "true");
  assert.match(await there.getAttribute("aria-label"), /cut$/);
  assert.equal(await cell(view, "S2", "S1").getAttribute("aria-pressed"), "false");
  await there.click();
  assert.equal(await there.getAttribute("aria-pressed"), "false");
  // Each was an act, which can be undone.
  await page.getByRole("button", { name: /^Undo heal/ }).click();
  await eventually(async () => assert.equal(await there.getAttribute("aria-pressed"), "true"));
});

pageTest("the arrows lead from cell to cell, and the space bar cuts", async (page) => {
  await page.evaluate(() => window.flotilla.pause());
  const view = await network(page);
  await cell(view, "S1", "S2").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowLeft");
  // There is no way from a node to itself: the arrow went over it.
  await page.keyboard.press("Space");
  await eventually(async () =>
    assert.equal(await cell(view, "S3", "S1").getAttribute("aria-pressed"), "true"),
  );
  assert.equal(await view.locator(".matrix [tabindex='0']").count(), 1);
});

pageTest("a message under way is delivered now, or lost", async (page) => {
  await page.evaluate(() => {
    window.flotilla.pause();
    window.flotilla.load('title = "T"\nseed = 1\n[network]\nlatency = "200ms"');
    window.flotilla.run_until(400_000);
  });
  const view = await network(page);
  const rows = view.locator(".under-way").getByRole("listitem");
  const count = await rows.count();
  assert(count > 1, `${count} messages`);
  const { events } = await state(page);
  await rows.first().getByRole("button", { name: "Drop" }).click();
  await eventually(async () => assert.equal(await rows.count(), count - 1));
  await rows.first().getByRole("button", { name: "Deliver now" }).click();
  await eventually(async () => assert((await state(page)).events > events));
  await axe(page);
});

pageTest(
  "on a phone the network is a tab of the sheet",
  async (page) => {
    await page.evaluate(() => window.flotilla.pause());
    const view = await network(page);
    const there = cell(view, "S1", "S2");
    const { width, height } = await there.boundingBox();
    assert(width >= 44 && height >= 44, `${width} by ${height}`);
    await there.tap();
    await eventually(async () => assert.equal(await there.getAttribute("aria-pressed"), "true"));
    await axe(page);
  },
  PHONE,
);
