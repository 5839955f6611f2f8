// Load and chaos, begun and stopped on the stage's toolbar.

import assert from "node:assert/strict";
import { axe, eventually, pageTest, state } from "./harness.mjs";
import { button, focused, hurry, tabTo } from "./user.mjs";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** How many operations there have been. */
async function operations(page) {
  const { ops } = await state(page);
  return Object.values(ops).reduce((all, some) => all + some, 0);
}

const faults = (page) => page.getByRole("group", { name: "Faults" });

pageTest("a load runs until it is stopped, and both are acts", async (page) => {
  await page.evaluate(() => {
    window.flotilla.pause();
    window.flotilla.run_until(1_000_000);
  });
  await button(page, "Load").click();
  const form = page.getByRole("dialog", { name: "Load" });
  await form.getByRole("spinbutton", { name: "Clients" }).fill("2");
  await form.getByRole("spinbutton", { name: "Operations a second" }).fill("100");
  await form.getByRole("spinbutton", { name: "Share of writes" }).fill("100");
  await form.getByRole("checkbox", { name: "Until it is stopped" }).check();
  assert.equal(await form.getByRole("spinbutton", { name: "For" }).count(), 0);
  await axe(page);
  await form.getByRole("button", { name: "Begin" }).click();
  await form.waitFor({ state: "detached" });
  await faults(page).getByRole("button", { name: "Stop the load" }).waitFor();
  await page.evaluate(() => window.flotilla.run_until(3_000_000));
  const asked = await operations(page);
  assert(asked > 100, `${asked} operations`);
  await faults(page).getByRole("button", { name: "Stop the load" }).click();
  await button(page, "Load").waitFor();
  await page.evaluate(() => window.flotilla.run_until(6_000_000));
  assert.equal(await operations(page), asked);
  assert.equal((await state(page)).ops.pending, 0);
  await page.getByRole("button", { name: /^Undo stop the load/ }).click();
  await faults(page).getByRole("button", { name: "Stop the load" }).waitFor();
  await page.getByRole("button", { name: /^Undo load/ }).click();
  await button(page, "Load").waitFor();
  assert.equal(await operations(page), 0);
});

pageTest("chaos is begun and stopped by keyboard, with a seed", async (page) => {
  await page.evaluate(() => window.flotilla.pause());
  await tabTo(page, button(page, "Chaos"));
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog", { name: "Chaos" });
  const lasts = form.getByRole("spinbutton", { name: "For" });
  await eventually(async () => assert(await focused(lasts)));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await lasts.waitFor({ state: "detached" });
  await page.keyboard.press("Tab");
  await page.keyboard.type("seven");
  await page.keyboard.press("Enter");
  await form.getByText("A seed is a whole number").waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("7");
  await page.keyboard.press("Enter");
  // The focus is where it was, and the same key stops it.
  const stop = faults(page).getByRole("button", { name: "Stop the chaos" });
  await eventually(async () => assert(await focused(stop)));
  await page.evaluate(() => window.flotilla.run_until(5_000_000));
  await page.keyboard.press("Enter");
  await button(page, "Chaos").waitFor();
  const { nodes } = await state(page);
  assert(nodes.every(({ role }) => role !== "down" && role !== "paused"));
  // Escape leaves all as it was.
  await page.keyboard.press("Enter");
  await form.waitFor();
  await page.keyboard.press("Escape");
  await form.waitFor({ state: "detached" });
  assert(await focused(button(page, "Chaos")));
});

pageTest("a load that has an end comes to it", async (page) => {
  await button(page, "Load").click();
  const form = page.getByRole("dialog", { name: "Load" });
  await form.getByRole("spinbutton", { name: "For" }).fill("1");
  await form.getByRole("button", { name: "Begin" }).click();
  await faults(page).getByRole("button", { name: "Stop the load" }).waitFor();
  await hurry(page);
  await button(page, "Load").waitFor();
  assert((await operations(page)) > 0);
});

pageTest(
  "on a phone they have room for a finger",
  async (page) => {
    await page.evaluate(() => window.flotilla.pause());
    await button(page, "Chaos").tap();
    const form = page.getByRole("dialog", { name: "Chaos" });
    const begin = form.getByRole("button", { name: "Begin" });
    assert((await begin.boundingBox()).height >= 44);
    await axe(page);
    await begin.tap();
    await faults(page).getByRole("button", { name: "Stop the chaos" }).tap();
    await button(page, "Chaos").waitFor();
  },
  { ...PHONE, colorScheme: "dark" },
);
