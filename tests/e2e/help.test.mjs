// Help where it is needed: the tour, the sheet with its legend and glossary, hints, the projector.

import assert from "node:assert/strict";
import { axe, eventually, pageTest } from "./harness.mjs";
import { button, newLeader, node, tabTo } from "./user.mjs";

const tour = (page) => page.locator("section").filter({ hasText: /^Step \d of 6/ });

pageTest("the tour goes with a student from the first leader to asking why", async (page) => {
  await button(page, "Take the tour").click();
  const card = tour(page);
  await card.getByText("Step 1 of 6").waitFor();
  const next = button(page, "Next");
  const leader = await newLeader(page);
  await card.getByText(`${leader} leads.`).waitFor();
  await next.click();
  await button(page, "Write").click();
  await card.getByText("The client has its answer.").waitFor();
  await next.click();
  await node(page, await newLeader(page)).click();
  await card.getByText("It is down.").waitFor();
  await next.click();
  const second = await newLeader(page, [leader]);
  await card.getByText(`${second} leads now.`).waitFor();
  await next.click();
  await page.keyboard.press("Control+z");
  await card.getByText("This is the past.").waitFor();
  await next.click();
  await button(page, "Finish").click();
  await card.waitFor({ state: "detached" });
  // It is offered once; who wants it again finds it under help.
  await page.reload();
  await page.getByRole("region", { name: "Cluster" }).waitFor();
  assert.equal(await button(page, "Take the tour").count(), 0);
});

pageTest("the tour is left with Escape, and nothing is barred while it lasts", async (page) => {
  await button(page, "Take the tour").press("Enter");
  await eventually(async () => assert(await tour(page).evaluate((card) => card === document.activeElement)));
  await axe(page);
  await page.keyboard.press("Escape");
  await tour(page).waitFor({ state: "detached" });
  await page.keyboard.press("?");
  await button(page, "Take the tour").press("Enter");
  await tour(page).getByText("Step 1 of 6").waitFor();
});

pageTest("who does not want the tour is not asked again", async (page) => {
  // Another tab of the same visitor, with nothing to go on with.
  const another = async () => {
    const tab = await page.context().newPage();
    await tab.goto(page.url());
    await tab.getByRole("button", { name: "Pause" }).waitFor();
    const offers = await button(tab, "Take the tour").count();
    await tab.close();
    return offers;
  };
  assert.equal(await another(), 1, "it is offered to who has said nothing yet");
  await button(page, "No, thanks").click();
  assert.equal(await another(), 0);
});

for (const colorScheme of ["light", "dark"]) {
  pageTest(
    `keys, legend and glossary are reached with the keyboard (${colorScheme})`,
    async (page) => {
      await page.keyboard.press("?");
      const help = page.getByRole("dialog", { name: "Help" });
      await help.getByText("Play or pause").waitFor();
      await axe(page);
      await help.getByRole("tab", { name: "Keys" }).press("ArrowRight");
      await help.getByText("vote granted").waitFor();
      await axe(page);
      await help.getByRole("tab", { name: "Legend" }).press("ArrowRight");
      await help.getByText(/^More than half of the voters/).waitFor();
      await axe(page);
      await page.keyboard.press("Escape");
      await help.waitFor({ state: "hidden" });
    },
    { colorScheme },
  );
}

pageTest("a pointer that rests on a term is told what it means", async (page) => {
  await page.getByText("linearizable", { exact: true }).hover();
  const hint = page.getByRole("tooltip");
  await hint.getByText(/seems to take effect at one moment/).waitFor();
  // It may be pointed at itself, and goes with Escape.
  await hint.hover();
  await page.keyboard.press("Escape");
  await hint.waitFor({ state: "detached" });
});

pageTest("a finger that stays on a term, and the focus that keys bring to it, are told, too", async (page) => {
  const term = page.locator("[data-term='linearizable']");
  const touch = { pointerType: "touch", bubbles: true };
  const hint = page.getByRole("tooltip");
  await term.dispatchEvent("pointerdown", touch);
  await hint.getByText(/seems to take effect at one moment/).waitFor();
  await term.dispatchEvent("pointerup", touch);
  assert.equal(await hint.count(), 1, "it is read when the finger has gone");
  await page.getByRole("heading", { name: "Events" }).dispatchEvent("pointerdown", touch);
  await hint.waitFor({ state: "detached" });
  // A tap is none.
  await term.dispatchEvent("pointerdown", touch);
  await term.dispatchEvent("pointerup", touch);
  await page.waitForTimeout(700);
  assert.equal(await hint.count(), 0);
  await page.evaluate(() => window.flotilla.run_until(400_000));
  const go = page.getByRole("spinbutton", { name: "Go to index" });
  await tabTo(page, go);
  await hint.getByText(/^index The place of an entry/).waitFor();
  await page.keyboard.press("Escape");
  await hint.waitFor({ state: "detached" });
});

pageTest("every view's terms are in the glossary", async (page) => {
  await page.evaluate(() => {
    window.flotilla.pause();
    window.flotilla.run_until(400_000);
  });
  await node(page, "S1").click();
  await button(page, "Help").click();
  const help = page.getByRole("dialog", { name: "Help" });
  await help.getByRole("tab", { name: "Glossary" }).click();
  await help.locator(".glossary dt").first().waitFor();
  const known = await help.locator(".glossary dt").count();
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "hidden" });
  const shown = new Set();
  for (const name of ["Inspector", "Figure 2", "Metrics", "Overview"]) {
    await page.getByRole("tab", { name }).click();
    await page.locator("[role='tabpanel']:not([hidden]) [data-term]").first().waitFor({ state: "attached" });
    const terms = await page.locator("[data-term]").evaluateAll((all) => all.map((it) => it.dataset.term));
    terms.forEach((term) => shown.add(term));
  }
  assert(shown.size > known / 2, `${shown.size} of ${known}`);
  // Each has a meaning.
  const term = page.locator("[data-term]").first();
  for (const slug of shown) {
    await term.evaluate((it, slug) => it.setAttribute("data-term", slug), slug);
    await page.mouse.move(0, 0);
    await term.hover();
    await page.getByRole("tooltip").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("tooltip").waitFor({ state: "detached" });
  }
});

pageTest("for a projector everything is larger, and a click still hits the node", async (page) => {
  const before = await node(page, "S1").boundingBox();
  await button(page, "Projector: large type, high contrast").click();
  await eventually(async () => {
    const after = await node(page, "S1").boundingBox();
    assert(after.width > before.width, `${after.width} is not more than ${before.width}`);
  });
  await node(page, "S1").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Crash", exact: true }).click();
  await page.getByRole("button", { name: /^S1, down/ }).waitFor();
  await axe(page);
  await page.reload();
  assert.equal(
    await button(page, "Projector: large type, high contrast").getAttribute("aria-pressed"),
    "true",
  );
});
