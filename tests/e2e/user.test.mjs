// The page as a new user would use it.

import assert from "node:assert/strict";
import { axe, eventually, pageTest, state } from "./harness.mjs";
import {
  becomes,
  button,
  choose,
  chooseByKeyboard,
  everywhere,
  focused,
  hurry,
  logsAgree,
  newLeader,
  node,
  reads,
  region,
  tabTo,
  write,
} from "./user.mjs";

pageTest("a student writes, crashes the leader, and sees nothing lost", async (page) => {
  await hurry(page);
  const first = await newLeader(page);

  await write(page, "x", "1");
  await everywhere(page, "x", "1");
  await reads(region(page, "State"), /\bx\b[^]*\b1\b/);

  await button(page, "Read").click();
  await reads(region(page, "Operations"), /\b(get|read)\b.*\bx\b[^]*\b1\b/i);

  await node(page, first).click();
  await becomes(page, first, "down");
  const second = await newLeader(page);
  assert.notEqual(second, first);
  await write(page, "y", "2");
  await reads(region(page, "State"), /\by\b[^]*\b2\b/);

  await node(page, first).click();
  await everywhere(page, "y", "2");
  await logsAgree(page);
  await axe(page);

  const { violations, linearizable } = await state(page);
  assert.deepEqual({ violations, linearizable }, { violations: [], linearizable: true });
});

pageTest("a leader in the smaller part commits nothing, and healing corrects it", async (page) => {
  await hurry(page);
  const leader = await newLeader(page);
  await write(page, "x", "1");
  await everywhere(page, "x", "1");

  // The groups that are offered leave the leader in the minority.
  await button(page, "Partition").click();
  await button(page, "Apply").click();
  await newLeader(page, [leader]);
  await write(page, "x", "2");
  await reads(region(page, "State"), /\b2\b/);
  const cutOff = (await state(page)).nodes.find(({ id }) => id === leader);
  assert.equal(cutOff.state.x, "1");

  await button(page, "Heal").click();
  await everywhere(page, "x", "2");
  await logsAgree(page);
  await becomes(page, leader, "follower");
  await reads(page.getByRole("status", { name: "Safety" }), /safe/i);
});

pageTest("a node that was paused or isolated takes up what it missed", async (page) => {
  await hurry(page);
  const leader = await newLeader(page);
  const [paused, isolated] = ["S1", "S2", "S3"].filter((id) => id !== leader);
  await choose(page, paused, "Pause");
  await becomes(page, paused, "paused");
  await choose(page, isolated, "Isolate");
  await write(page, "x", "1");
  await reads(region(page, "State"), /\b1\b/);

  await choose(page, paused, "Resume");
  await button(page, "Heal").click();
  await everywhere(page, "x", "1");
  await logsAgree(page);
});

pageTest("time stands when paused, and goes on by single steps", async (page) => {
  await button(page, "Pause").click();
  const before = await state(page);
  await button(page, "Step").click();
  const after = await state(page);
  assert.equal(after.events, before.events + 1);
  await button(page, "Play").waitFor();
});

pageTest("a new run has the seed and as many nodes as asked for", async (page) => {
  await page.getByRole("textbox", { name: "Seed" }).fill("7");
  await page.getByLabel("Nodes").fill("3");
  await button(page, "New run").click();
  await hurry(page);
  await newLeader(page);
  const { seed, nodes } = await state(page);
  assert.deepEqual({ seed, nodes: nodes.length }, { seed: 7, nodes: 3 });
});

pageTest("the keyboard alone does it all", async (page) => {
  await tabTo(page, page.getByRole("slider", { name: "Speed" }));
  await page.keyboard.press("End");
  const first = await newLeader(page);

  await tabTo(page, page.getByRole("textbox", { name: "Key" }));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("x");
  await tabTo(page, page.getByRole("textbox", { name: "Value" }));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("1");
  await tabTo(page, button(page, "Write"));
  await page.keyboard.press("Enter");
  await everywhere(page, "x", "1");

  await tabTo(page, node(page, first));
  await page.keyboard.press("Enter");
  await becomes(page, first, "down");
  await newLeader(page);

  await chooseByKeyboard(page, first, "Restart");
  await becomes(page, first, "follower");
  await logsAgree(page);
});

pageTest("what a user types is shown as it is", async (page) => {
  await hurry(page);
  await newLeader(page);
  for (const value of ["<script>alert(1)</script>", "🚢⚓"]) {
    await write(page, "x", value);
    await everywhere(page, "x", value);
    await region(page, "State").getByText(value).first().waitFor();
  }
});

pageTest("a rule that is broken is named, falls, and can be mended", async (page) => {
  await button(page, "Settings").click();
  await page.getByText("Break a rule").click();
  await page.getByRole("checkbox", { name: /^apply-before-commit / }).check();
  await axe(page);
  await button(page, "New run").click();
  await page.getByText("Broken on purpose: apply-before-commit").waitFor();
  await axe(page);

  // A leader that is cut off applies a write that the others know nothing of.
  await hurry(page);
  await newLeader(page);
  await button(page, "Partition").click();
  await button(page, "Apply").click();
  await write(page, "x", "1");
  const safety = page.getByRole("status", { name: "Safety" });
  await reads(safety, /violated at/);
  await axe(page);

  await button(page, "Mend: a new run by the right rules").click();
  await reads(safety, /^✓ safe · linearizable$/);
  assert.equal(await page.getByText("Broken on purpose").count(), 0);
});

pageTest("reads without asking anyone can be stale, and the badge says so", async (page) => {
  await button(page, "Settings").click();
  await page.getByRole("combobox", { name: "Reads", exact: true }).selectOption("local");
  await button(page, "New run").click();
  await hurry(page);
  await newLeader(page);
  await page.getByRole("combobox", { name: "Reads from" }).selectOption("followers");
  await write(page, "x", "1");
  await everywhere(page, "x", "1");
  await button(page, "Read").click();
  const operations = region(page, "Operations");
  await reads(operations, /get x → 1\s+✓\s*ok/);
  const [, reader] = (await operations.innerText()).match(/get x → 1[^S]*(S\d)/);

  // Whoever answers now hears of no more writes.
  await choose(page, reader, "Isolate");
  await write(page, "x", "2");
  await reads(operations, /put x=2\s+✓\s*ok/);
  const safety = page.getByRole("status", { name: "Safety" });
  await eventually(async () => {
    await button(page, "Read").click();
    assert.match(await safety.innerText(), /not linearizable since/);
  });
  await axe(page);
});

pageTest("a server is added, votes, and is removed", async (page) => {
  await hurry(page);
  const leader = await newLeader(page);
  await button(page, "Add a server").click();
  await becomes(page, "S6", "follower");

  // What a node is already it cannot be made, and the menu says so.
  await node(page, "S6").click({ button: "right" });
  const vote = page.getByRole("menuitem", { name: "Give it a vote" });
  assert.equal(await vote.getAttribute("aria-disabled"), "true");
  assert.equal(await vote.getAttribute("title"), "S6 has a vote already.");
  await axe(page);
  await page.keyboard.press("Escape");

  const other = leader === "S1" ? "S2" : "S1";
  await choose(page, other, "Make it a learner");
  await becomes(page, other, "learner");
  await chooseByKeyboard(page, "S6", "Remove from the cluster");
  await becomes(page, "S6", "not a member");
  await axe(page);
});

pageTest("a snapshot stands in the log for what it covers, and mends a wiped node", async (page) => {
  await hurry(page);
  const leader = await newLeader(page);
  const wiped = leader === "S1" ? "S2" : "S1";
  await write(page, "x", "1");
  await everywhere(page, "x", "1");
  await choose(page, wiped, "Crash");
  await choose(page, wiped, "Wipe its disk");
  await write(page, "y", "2");
  await reads(region(page, "Operations"), /put y=2\s+✓\s*ok/);

  await choose(page, leader, "Take a snapshot");
  const snapshots = region(page, "Logs").getByTitle(/^1–\d+ snapshot$/);
  await eventually(async () => assert.equal(await snapshots.count(), 1));

  await choose(page, wiped, "Restart");
  await eventually(async () => assert.equal(await snapshots.count(), 2));
  await everywhere(page, "y", "2");
  await axe(page);
});

pageTest(
  "the menu of a node is within reach on a phone, and by touch",
  async (page) => {
    await node(page, "S1").focus();
    await page.keyboard.press("Shift+F10");
    const entries = page.getByRole("menu").locator("[role^=menuitem]");
    const boxes = await entries.evaluateAll((all) =>
      all.map((entry) => entry.getBoundingClientRect().toJSON()),
    );
    assert(boxes.length > 10);
    for (const { left, right, top, bottom, height } of boxes) {
      assert(left >= 0 && right <= 360 && top >= 0 && bottom <= 640 && height >= 44);
    }
    const clock = page.getByRole("menuitemradio", { name: "Clock at double speed" });
    await clock.tap();
    await eventually(async () => assert.equal(await page.getByRole("menu").count(), 0));
    await node(page, "S1").focus();
    await page.keyboard.press("Shift+F10");
    assert.equal(await clock.getAttribute("aria-checked"), "true");
    await axe(page);
  },
  { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true },
);

pageTest("the settings give the focus back when they close, and forget what was wrong in the run before", async (page) => {
  const settings = button(page, "Settings");
  await settings.click();
  await page.getByRole("textbox", { name: "Heartbeat" }).focus();
  await page.keyboard.press("Escape");
  assert(await focused(settings));
  await page.getByRole("textbox", { name: "Seed" }).fill("none");
  await button(page, "New run").click();
  const problem = page.getByText(/^Give a whole number/);
  await problem.waitFor();
  await page.evaluate(() => window.flotilla.load('title = "T"\nseed = 9\nuntil = "1s"\n'));
  await eventually(async () =>
    assert.equal(await page.getByRole("textbox", { name: "Seed" }).inputValue(), "9"),
  );
  assert.equal(await problem.count(), 0);
});
