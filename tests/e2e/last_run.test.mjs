// Another run takes the place of what somebody has done, and there is a way back.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { axe, eventually, pageTest, state } from "./harness.mjs";
import { button, choose, dropFile, fromMenu, newRun } from "./user.mjs";

const SCENARIO = `# A comment of its author.
title = "Another one"
seed = 9
until = "3s"
`;

/** A run of that seed in which S1 has crashed, standing; gives its moment. */
async function ownRun(page, seed) {
  await newRun(page, seed);
  await choose(page, "S1", "Crash");
  await button(page, "Pause").click();
  return moment(page);
}

/** What is the same where a run was left. */
async function moment(page) {
  const { digest, events, seed } = await state(page);
  const at = await page.locator("[data-at]").getAttribute("data-at");
  return { digest, events, seed, at };
}

async function isMoment(page, before) {
  await eventually(async () => assert.deepEqual(await moment(page), before));
  await button(page, "Play").waitFor();
}

function said(page) {
  return page.locator(".said");
}

function goBack(page) {
  return said(page).getByRole("button", { name: "Go back to the last run" });
}

pageTest("after a new run one can go back to the last one", async (page) => {
  const before = await ownRun(page, 7);
  await newRun(page, 8);
  await said(page).getByText("A new run has begun").waitFor();
  await axe(page);
  await goBack(page).click();
  await isMoment(page, before);
  await said(page).getByText("where you left it").waitFor();
  // What was shown has not become another run's.
  await choose(page, "S2", "Crash");
  const { nodes } = await state(page);
  assert.equal(nodes.filter(({ role }) => role === "down").length, 2);
});

pageTest("undo goes back to the last run until something is done, and redo on again", async (page) => {
  const before = await ownRun(page, 7);
  await dropFile(page, "own.toml", SCENARIO);
  await page.getByText("Opened: Another one").waitFor();
  await page.getByTitle("Undo: go back to the last run (Ctrl+Z)").waitFor();
  await button(page, "Pause").or(button(page, "Play")).focus();
  await page.keyboard.press("Control+z");
  await isMoment(page, before);
  // What was done before it was left is still to be undone, later.
  await page.getByTitle("Redo: go on to the later run (Ctrl+Shift+Z)").click();
  await eventually(async () => assert.equal((await state(page)).seed, 9));
  await choose(page, "S2", "Crash");
  await page.keyboard.press("Control+z");
  await said(page).getByText("Back before").waitFor();
  await page.keyboard.press("Control+z");
  await said(page).getByText("nothing before this moment").waitFor();
  assert.equal((await state(page)).seed, 9);
  // There is a way that stays.
  await fromMenu(page, "Go back to the last run");
  await isMoment(page, before);
});

pageTest("a run in which nothing was done takes no other's place", async (page) => {
  await button(page, "Run").click();
  const item = page.getByRole("menuitem", { name: "Go back to the last run" });
  assert.equal(await item.getAttribute("aria-disabled"), "true");
  await page.keyboard.press("Escape");
  await newRun(page, 3);
  assert.equal(await goBack(page).count(), 0);
  const before = await ownRun(page, 7);
  await newRun(page, 8);
  await newRun(page, 9);
  await goBack(page).click();
  await isMoment(page, before);
});

pageTest("one can go back from a link, a trace and the editor", async (page) => {
  const before = await ownRun(page, 7);
  await fromMenu(page, "Copy link");
  await eventually(() => assert.match(page.url(), /#1\./));
  const link = new URL(page.url()).hash;
  const mine = await ownRun(page, 5);
  await page.evaluate((hash) => { location.hash = hash; }, link);
  await isMoment(page, before);
  await goBack(page).click();
  await isMoment(page, mine);
  // The address is no longer that of the other one.
  assert.doesNotMatch(page.url(), /#/);

  const trace = fileURLToPath(new URL("../traces/etcd.ndjson", import.meta.url));
  await page.locator("input[type=file]").setInputFiles(trace);
  await page.getByText("Opened: etcd.ndjson").waitFor();
  await goBack(page).click();
  await isMoment(page, mine);

  await fromMenu(page, "Edit the scenario");
  await page.getByRole("textbox", { name: "Text of the scenario" }).fill(SCENARIO);
  await page.getByText("Nothing is wrong").waitFor();
  await page.keyboard.press("Control+Enter");
  await goBack(page).click();
  await isMoment(page, mine);
});

pageTest("the text of a file is its author's again when one goes back to its run", async (page) => {
  await dropFile(page, "own.toml", SCENARIO);
  await page.getByText("Opened: Another one").waitFor();
  await dropFile(page, "other.toml", SCENARIO.replace("seed = 9", "seed = 10"));
  await eventually(async () => assert.equal((await state(page)).seed, 10));
  await goBack(page).click();
  await eventually(async () => assert.equal((await state(page)).seed, 9));
  await fromMenu(page, "Edit the scenario");
  const text = page.getByRole("textbox", { name: "Text of the scenario" });
  assert.equal(await text.inputValue(), SCENARIO);
});
