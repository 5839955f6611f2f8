// The view of the network: who can send to whom, and what is under way.

import assert from "node:assert/strict";
import { axe, eventually, pageTest } from "./harness.mjs";
import { focused, region, tabTo } from "./user.mjs";

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

pageTest("a cell is chosen, and what it is like is changed below", async (page) => {
  await page.evaluate(() => window.flotilla.pause());
  const view = await network(page);
  const there = cell(view, "S1", "S2");
  await there.click();
  assert.equal(await there.getAttribute("aria-pressed"), "true");
  const form = view.getByRole("form", { name: "S1 to S2" });
  await form.getByText("It is as the network.").waitFor();
  await form.getByRole("spinbutton", { name: "Latency to" }).fill("50");
  await form.getByRole("spinbutton", { name: "Loss" }).fill("12.5");
  await form.getByRole("button", { name: "Set" }).click();
  const label = () => there.getAttribute("aria-label");
  await eventually(async () => assert.match(await label(), /, takes 10–50 ms, loses 12.5 %$/));
  // The form stays as it is, and the focus where it was.
  assert(await focused(form.getByRole("button", { name: "Set" })));
  assert.match(await there.innerText(), /10–50 ms\s+12.5 %/);
  assert.doesNotMatch(await cell(view, "S2", "S1").getAttribute("aria-label"), /takes/);
  // Healing leaves it as it is; it was an act, and can be undone.
  await page.getByRole("button", { name: "Heal", exact: true }).click();
  assert.match(await label(), /takes/);
  await form.getByRole("button", { name: "As the network" }).click();
  await eventually(async () => assert.doesNotMatch(await label(), /takes|loses/));
  await page.getByRole("button", { name: "Undo S1 → S2 as the network" }).click();
  await eventually(async () => assert.match(await label(), /takes/));
});

pageTest("a link is cut and healed by its form, and by a double click", async (page) => {
  await page.evaluate(() => window.flotilla.pause());
  const view = await network(page);
  const cut = async (from, to) => / cut/.test(await cell(view, from, to).getAttribute("aria-label"));
  await cell(view, "S1", "S2").dblclick();
  await eventually(async () => assert(await cut("S1", "S2")));
  assert(!(await cut("S2", "S1")));
  const form = view.getByRole("form", { name: "S1 to S2" });
  await form.getByRole("button", { name: "Heal" }).click();
  await eventually(async () => assert(!(await cut("S1", "S2"))));
  await form.getByRole("checkbox", { name: "Both directions" }).check();
  await form.getByRole("button", { name: "Cut" }).click();
  await eventually(async () => assert((await cut("S1", "S2")) && (await cut("S2", "S1"))));
}, { onlyChromium: "what an installed Firefox is sent as a double click it takes for two clicks" });

pageTest("the arrows lead from cell to cell, and the keys to what is below", async (page) => {
  await page.evaluate(() => window.flotilla.pause());
  const view = await network(page);
  await cell(view, "S1", "S2").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowLeft");
  // There is no way from a node to itself: the arrow went over it.
  await page.keyboard.press("Space");
  const form = view.getByRole("form", { name: "S3 to S1" });
  await form.waitFor();
  assert.equal(await view.locator(".matrix [tabindex='0']").count(), 1);
  await tabTo(page, form.getByRole("spinbutton", { name: "Loss" }));
  await page.keyboard.type("100");
  await page.keyboard.press("Enter");
  await eventually(async () =>
    assert.match(await cell(view, "S3", "S1").getAttribute("aria-label"), /loses 100 %$/),
  );
});

pageTest("a message under way is lost, doubled, delayed or delivered now", async (page) => {
  await page.evaluate(() => {
    window.flotilla.pause();
    window.flotilla.load('title = "T"\nseed = 1\n[network]\nlatency = "200ms"');
    window.flotilla.run_until(400_000);
  });
  const view = await network(page);
  const rows = view.locator(".under-way").getByRole("listitem");
  const count = await rows.count();
  assert(count > 1, `${count} messages`);
  await rows.first().getByRole("button", { name: "Drop" }).press("Enter");
  await eventually(async () => assert.equal(await rows.count(), count - 1));
  // The same key loses the next one.
  assert(await focused(rows.first().getByRole("button", { name: "Drop" })));
  const first = rows.first();
  const arrives = await first.innerText();
  await first.getByRole("button", { name: "Duplicate" }).click();
  await eventually(async () => assert.equal(await rows.count(), count));
  await view.getByRole("spinbutton", { name: "Delay by" }).fill("500");
  await rows.first().getByRole("button", { name: "Delay" }).click();
  // It is the last one to arrive now.
  await eventually(async () => assert.notEqual(await rows.first().innerText(), arrives));
  assert.equal(await rows.count(), count);
  const delivered = await rows.first().innerText();
  await rows.first().getByRole("button", { name: "Deliver now" }).click();
  // It arrives now, without waiting for its time.
  await page.evaluate(() => window.flotilla.run_until(400_000));
  await eventually(async () => assert.notEqual(await rows.first().innerText(), delivered));
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
    const form = view.getByRole("form", { name: "S1 to S2" });
    await form.getByRole("button", { name: "Cut" }).tap();
    await eventually(async () => assert.match(await there.getAttribute("aria-label"), / cut$/));
    await axe(page);
  },
  { ...PHONE, colorScheme: "dark" },
);
