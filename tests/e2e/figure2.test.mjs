// Figure 2, live: what fires is marked, counted, and can be gone to.

import assert from "node:assert/strict";
import { axe, eventually, pageTest, state } from "./harness.mjs";
import { focused, region, tabTo } from "./user.mjs";

const DARK = { colorScheme: "dark" };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const LEAD = "Votes from a majority: lead (§5.2).";
const COMMIT = /^A majority has an entry of its own term/;

/** A second of a run with an election and a write, at its end; the view, on its tab. */
async function figure(page) {
  await page.evaluate(() => {
    window.flotilla.pause();
    window.flotilla.load('title = "T"\nseed = 1\n[[step]]\nat = "600ms"\nput = { key = "x", value = "1" }');
    window.flotilla.run_until(1_000_000);
  });
  await page.getByRole("tab", { name: "Figure 2" }).click();
  const view = region(page, "Figure 2");
  await view.getByRole("button", { name: LEAD, exact: true }).waitFor();
  return view;
}

const named = (name) => ({ name, exact: typeof name === "string" });

const line = (view, name) => view.getByRole("button", named(name));

/** The row of a line. */
const row = (view, name) =>
  view.locator(".figure-line").filter({ has: view.page().getByRole("button", named(name)) });

const count = (view, name) => row(view, name).locator(".figure-count").innerText();

pageTest("a press goes to where a line fires next, which is marked and told", async (page) => {
  const view = await figure(page);
  assert.equal(await count(view, LEAD), "1");
  // The last time that it fired is before the playhead, and with that its count goes.
  await row(view, LEAD).getByRole("button", { name: /^Previous/ }).click();
  await eventually(async () => {
    const [leader] = (await state(page)).nodes.filter(({ role }) => role === "leader");
    const told = await row(view, LEAD).locator(".figure-now").innerText();
    assert.equal(told, `${leader.id} leads term 1 (§5.2)`);
  });
  assert.match(await row(view, LEAD).getAttribute("class"), /\blit\b/);
  assert.equal(await count(view, COMMIT), "0");
  // The no-op of the term is committed first, and then what was written.
  for (const [commits, index] of [
    [1, 1],
    [2, 2],
  ]) {
    await line(view, COMMIT).click();
    await eventually(async () => assert.equal(await count(view, COMMIT), `${commits}`));
    const told = await row(view, COMMIT).locator(".figure-now").innerText();
    assert.match(told, new RegExp(`commits entry ${index} \\(§5.3\\)$`));
    assert.doesNotMatch(await row(view, LEAD).getAttribute("class"), /\blit\b/);
  }
  await axe(page);
});

pageTest(
  "the arrows lead from line to line, and to where each fires",
  async (page) => {
    const view = await figure(page);
    await page.evaluate(() => window.flotilla.seek(0));
    const first = line(view, "An older term: refuse (§5.1).");
    await tabTo(page, first);
    for (let pressed = 0; pressed < 40 && !(await focused(line(view, LEAD))); pressed += 1) {
      await page.keyboard.press("ArrowDown");
    }
    assert(await focused(line(view, LEAD)));
    await page.keyboard.press("ArrowRight");
    await eventually(async () => assert.equal(await count(view, LEAD), "1"));
    const { simulated_us: now } = await state(page);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowLeft");
    // A vote was counted before it led.
    const vote = "Count each vote once; a no does not count (§5.2).";
    await eventually(async () => {
      assert((await state(page)).simulated_us < now);
      assert.match(await row(view, vote).innerText(), /has \d of 3 votes needed/);
    });
    assert.equal(await view.locator(".figure-boxes [tabindex='0']").count(), 1);
    await axe(page);
  },
  DARK,
);

pageTest("the state of one node is shown with its values, and only what it does", async (page) => {
  const view = await figure(page);
  const { nodes } = await state(page);
  const leader = nodes.find(({ role }) => role === "leader");
  const follower = nodes.find(({ role }) => role === "follower");
  const box = view.getByRole("region", { name: "State", exact: true });
  const value = (name) => box.locator("dt", { hasText: name }).locator("+ dd").innerText();
  for (const { id, term, commit } of [leader, follower]) {
    await view.getByRole("combobox").selectOption(id);
    await eventually(async () => assert.equal(await value("currentTerm"), `${term}`));
    assert.equal(await value("commitIndex"), `${commit}`);
    assert.equal(await value("votedFor"), leader.id);
    assert.match(await value("log[]"), /^1 to 2, the last of term 1$/);
    const leads = id === leader.id;
    assert.match(await value("nextIndex[]"), leads ? /^(S\d\s3\s*){4}$/ : /^it does not lead$/);
    assert.equal(await count(view, LEAD), leads ? "1" : "0");
  }
});

pageTest(
  "on a phone every line can be pressed with a finger",
  async (page) => {
    const view = await figure(page);
    for (const button of [
      line(view, LEAD),
      row(view, LEAD).getByRole("button", { name: /^Previous/ }),
    ]) {
      const { width, height } = await button.boundingBox();
      assert(width >= 44 && height >= 44, `${width} by ${height}`);
    }
    await row(view, LEAD).getByRole("button", { name: /^Previous/ }).tap();
    await eventually(async () => assert.equal(await count(view, COMMIT), "0"));
    await axe(page);
  },
  PHONE,
);
