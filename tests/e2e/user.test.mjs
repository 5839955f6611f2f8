// The page as a new user would use it.

import assert from "node:assert/strict";
import { axe, pageTest, state } from "./harness.mjs";
import {
  becomes,
  button,
  choose,
  chooseByKeyboard,
  everywhere,
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
