// Other futures: branches, and two of them side by side.

import assert from "node:assert/strict";
import { axe, eventually, pageTest, state } from "./harness.mjs";
import { button, focused, node, reads, region, tabTo, write } from "./user.mjs";

/** The run goes to that simulated time, in milliseconds. */
function runTo(page, millis) {
  return page.evaluate((us) => window.flotilla.run_until(us), millis * 1000);
}

function seek(page, millis) {
  return page.evaluate((us) => window.flotilla.seek(us), millis * 1000);
}

async function digest(page) {
  return (await state(page)).digest;
}

async function leader(page) {
  const leading = (await state(page)).nodes.filter(({ role }) => role === "leader");
  assert.equal(leading.length, 1);
  return leading[0].id;
}

function choice(page, name) {
  return page.getByRole("radio", { name: new RegExp(`^${name}\\b`) });
}

/** The cells of a row of the comparison: shown, beside it. */
async function row(page, name) {
  const rows = region(page, "Comparison").getByRole("row");
  const row = rows.filter({ has: page.getByRole("rowheader", { name, exact: true }) });
  const texts = await row.getByRole("cell").allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, " ").trim());
}

/** Time stands at 2 s, when x is 1 everywhere; there the leader crashes, though 3 s have been seen. */
async function crashInThePast(page) {
  await button(page, "Pause").click();
  await runTo(page, 1000);
  await write(page, "x", "1");
  await runTo(page, 3000);
  const crashed = await leader(page);
  const before = await digest(page);
  await seek(page, 2000);
  await node(page, crashed).click();
  await page.getByText("the old future is kept").waitFor();
  return { crashed, before };
}

pageTest("an act in the past begins a branch, and the old future is there to go back to", async (page) => {
  const { crashed, before } = await crashInThePast(page);
  await axe(page);
  await runTo(page, 3000);
  const after = await digest(page);
  assert.notEqual(after, before);

  // With the mouse.
  await button(page, "Branches (2)").click();
  const original = choice(page, "original run");
  const branch = choice(page, `crash ${crashed}`);
  assert(await branch.isChecked());
  await axe(page);
  await page.getByText("original run").click();
  await eventually(async () => assert.equal(await digest(page), before));

  // With the keyboard.
  await tabTo(page, original);
  await page.keyboard.press("ArrowDown");
  await eventually(async () => assert.equal(await digest(page), after));
  assert(await branch.isChecked());
  await page.keyboard.press("Escape");
  assert.equal(await branch.count(), 0);
});

pageTest("the message of a new branch leads back to the old future", async (page) => {
  const { before } = await crashInThePast(page);
  const back = button(page, "Go back to it");
  await back.press("Enter");
  await back.waitFor({ state: "detached" });
  assert(await focused(button(page, "Branches (2)")));
  await runTo(page, 3000);
  assert.equal(await digest(page), before);
});

pageTest("what the focus is on does not go away by itself", async (page) => {
  await crashInThePast(page);
  await button(page, "Go back to it").focus();
  await page.waitForTimeout(9_000);
  assert(await focused(button(page, "Go back to it")));
  await page.locator("main").click({ position: { x: 2, y: 2 } });
  await button(page, "Go back to it").waitFor({ state: "detached" });
});

pageTest("two branches side by side show who leads and where they part", async (page) => {
  const { crashed } = await crashInThePast(page);
  await runTo(page, 3000);
  const second = await leader(page);
  await button(page, "Branches (2)").click();
  await button(page, "Compare with original run").click();
  await axe(page);
  const comparison = region(page, "Comparison");
  assert.deepEqual(await row(page, "leader"), [`differs ${second}`, `differs ${crashed}`]);
  const [here, there] = await row(page, crashed);
  assert.match(here, /differs down/);
  assert.match(there, /differs leader/);
  await comparison.getByText("They part at 2.000000 s").waitFor();
  assert.equal((await row(page, "Then"))[0], `crash ${crashed}`);

  // The other branch is shown: the sides change places.
  await button(page, "Show the other").click();
  await eventually(async () => assert.match((await row(page, crashed))[1], /differs down/));

  // Before they part, nothing differs.
  await button(page, "Go there").click();
  await comparison.getByText("Nothing differs now.").waitFor();
  await axe(page);
  await button(page, "Leave").press("Enter");
  await region(page, "Logs").waitFor();
  assert(await focused(button(page, "Branches (2)")));
});

pageTest("a comparison that goes leaves whoever looks at something else there", async (page) => {
  const { crashed } = await crashInThePast(page);
  await button(page, "Branches (2)").click();
  await page.getByText("original run").click();
  await button(page, `Compare with crash ${crashed}`).click();
  await region(page, "Comparison").waitFor();
  const network = page.getByRole("tab", { name: "Network" });
  await network.click();
  await button(page, "Branches (2)").click();
  await button(page, `Discard crash ${crashed}`).click();
  await button(page, `Discard for good crash ${crashed}`).click();
  await page.getByRole("tab", { name: "Comparison" }).waitFor({ state: "detached" });
  assert.equal(await network.getAttribute("aria-selected"), "true");
});

pageTest("of a key that was written otherwise both values are shown", async (page) => {
  await button(page, "Pause").click();
  await runTo(page, 1000);
  await write(page, "x", "1");
  await runTo(page, 2000);
  await seek(page, 1000);
  await button(page, "Undo put x=1 (go back before it)").click();
  await write(page, "x", "2");
  await runTo(page, 2000);

  await button(page, "Branches (2)").click();
  await button(page, "Compare with original run").click();
  assert.deepEqual(await row(page, "x S1–S5"), ["differs 2", "differs 1"]);
  assert.match((await row(page, "S1"))[0], /differs \d+: x←2/);
  assert.match((await row(page, "#1"))[1], /differs put x=1\s+✓\s*ok/);

  // The panels show each branch as it is, though the logs end with the same index and term.
  await button(page, "Leave").click();
  const logs = region(page, "Logs");
  await reads(logs, /x←2/);
  await button(page, "Branches (2)").click();
  await page.getByText("original run").click();
  await reads(logs, /x←1/);
  assert.doesNotMatch(await logs.innerText(), /x←2/);
  await reads(region(page, "State"), /\bx\b\s+1\s/);
});

pageTest("a branch is discarded when that is asked for twice", async (page) => {
  const { crashed } = await crashInThePast(page);
  await button(page, "Branches (2)").click();
  await page.getByText("original run").click();
  await button(page, `Compare with crash ${crashed}`).click();
  await button(page, "Branches (2)").click();
  await button(page, `Discard crash ${crashed}`).click();
  await axe(page);
  await button(page, `Discard for good crash ${crashed}`).click();
  await page.getByText(`“crash ${crashed}” is discarded.`).waitFor();
  assert.equal(await choice(page, `crash ${crashed}`).count(), 0);
  // With it goes the comparison.
  await region(page, "Logs").waitFor();
  await axe(page);
});

pageTest(
  "on a phone the branches are a sheet, and the comparison is a tab that comes to the front",
  async (page) => {
    await button(page, "Pause").click();
    await runTo(page, 3000);
    await seek(page, 2000);
    await node(page, "S1").tap();
    await button(page, "More controls").tap();
    await button(page, "Branches (2)").tap();
    await axe(page);
    await button(page, "Compare with original run").tap();
    await region(page, "Comparison").waitFor();
    await axe(page);
    await button(page, "More controls").tap();
    await button(page, "Leave").press("Enter");
    assert(await focused(page.locator("#cluster")));
  },
  { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true },
);
