// The metrics: plots that are read and gone to, and counts that can be copied.

import assert from "node:assert/strict";
import { axe, eventually, pageTest, state } from "./harness.mjs";
import { button, focused, region, tabTo } from "./user.mjs";

const DARK = { colorScheme: "dark", permissions: ["clipboard-read", "clipboard-write"] };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** Two seconds of a run with writes, in which there is no leader for a time. */
const SCENARIO = `title = "T"
seed = 1
until = "2s"
[[step]]
load = { clients = 2, rate = 50, keys = 2, writes = 1.0, until = "2s" }
[[step]]
at = "1s"
crash = "leader"
`;

/** The view at the end of that run. */
async function metrics(page) {
  await page.evaluate((text) => {
    window.flotilla.pause();
    window.flotilla.load(text);
    window.flotilla.run_until(2_000_000);
  }, SCENARIO);
  await page.getByRole("tab", { name: "Metrics" }).click();
  const view = region(page, "Metrics");
  await plots(view).waitFor();
  return view;
}

const plots = (view) => view.getByRole("slider", { name: "Time that is read" });

/** What is read, by what it is of. */
async function reading(view) {
  const text = await plots(view).getAttribute("aria-valuetext");
  const [time, ...values] = text.split("; ");
  return { time, ...Object.fromEntries(values.map((value) => value.split(/: (.*)/))) };
}

/** Points at a part of the axis. */
async function point(page, view, part) {
  const { x, y, width } = await plots(view).boundingBox();
  await page.mouse.move(x + part * width, y + 60);
}

const LEADER = "Who leads, in the colour of its term";
const STANDSTILL = "Nothing can be committed";

pageTest("what is pointed at is read, and a press goes there", async (page) => {
  const view = await metrics(page);
  await point(page, view, 0.45);
  await eventually(async () => {
    const read = await reading(view);
    assert.match(read[LEADER], /^S\d, term 1$/);
    assert.equal(read[STANDSTILL], "no");
    assert.match(read["Commit latency, ms"], /^p50 \d+(\.\d)?, p99 \d+(\.\d)?$/);
    assert.match(read["AppendEntries a second"], /^\d/);
  });
  // Just after the crash nobody can commit, and clients wait.
  await point(page, view, 0.54);
  await eventually(async () => {
    const read = await reading(view);
    assert.equal(read[STANDSTILL], "yes");
    assert(Number(read["Operations that wait"]) >= 2, read["Operations that wait"]);
    assert.equal(read["Entries committed a second"], "0");
  });
  await page.mouse.down();
  await page.mouse.up();
  await eventually(async () => {
    const { simulated_us: now } = await state(page);
    assert(Math.abs(now - 1_080_000) < 20_000, `${now}`);
  });
  await axe(page);
});

pageTest(
  "by keyboard a time is read and gone to, and the counts are copied",
  async (page) => {
    const view = await metrics(page);
    await tabTo(page, plots(view));
    await page.keyboard.press("Home");
    assert.match((await reading(view)).time, /^0\ss to 0\.04\ss$/);
    assert.equal((await reading(view))[STANDSTILL], "yes");
    for (const key of ["PageUp", "ArrowRight", "ArrowRight", "ArrowLeft"]) {
      await page.keyboard.press(key);
    }
    await eventually(async () =>
      assert.match((await reading(view)).time, /^0\.44\ss to 0\.48\ss$/),
    );
    const counts = view.getByRole("region", { name: /^Counts up to/ });
    const done = counts.getByRole("row", { name: /^Operations done/ }).getByRole("cell");
    const before = Number(await done.innerText());
    assert.equal(before, (await state(page)).ops.ok);
    assert(before > 20, `${before}`);
    await page.keyboard.press("Enter");
    await eventually(async () => assert.equal((await state(page)).simulated_us, 480_000));
    // The counts are those of then.
    await eventually(async () => assert(Number(await done.innerText()) < before / 4));
    assert(await focused(plots(view)));
    await tabTo(page, button(page, "Copy as CSV"));
    await page.keyboard.press("Enter");
    await counts.getByText("Copied").waitFor();
    const csv = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(csv, /^what,count\nelections,\d+\n/);
    assert.match(csv, new RegExp(`\\noperations_ok,${await done.innerText()}\\n`));
    await axe(page);
  },
  DARK,
);

pageTest("by wheel, hand and keys a stretch is looked at, and then all of it again", async (page) => {
  const view = await metrics(page);
  const ticks = () => view.locator(".metrics-ticks span").allInnerTexts();
  const edges = async () => {
    const texts = await ticks();
    return [texts[0], texts.at(-1)].map((text) => Number.parseFloat(text));
  };
  const all = view.getByRole("button", { name: "All", exact: true });
  assert.equal(await all.getAttribute("aria-pressed"), "true");
  assert.deepEqual(await edges(), [0, 2]);
  // What is under the pointer stays there.
  await point(page, view, 0.5);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -500);
  await page.keyboard.up("Control");
  await eventually(async () => {
    const [from, until] = await edges();
    assert(from > 0.4 && until < 1.6, `${from} to ${until}`);
    assert(Math.abs(from + until - 2) < 0.05, `${from} to ${until}`);
  });
  const [from, until] = await edges();
  // Just after the crash: it is read where it is now.
  await point(page, view, (1.1 - from) / (until - from));
  await eventually(async () => assert.equal((await reading(view))[STANDSTILL], "yes"));
  const { x, y, width } = await plots(view).boundingBox();
  const { simulated_us: before } = await state(page);
  await page.mouse.move(x + width / 2, y + 60);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + 80, y + 60, { steps: 4 });
  await page.mouse.up();
  await eventually(async () => assert((await edges())[0] < from));
  assert.equal((await state(page)).simulated_us, before, "a drag goes nowhere");
  await view.getByRole("button", { name: "Later", exact: true }).click();
  await eventually(async () => assert((await edges())[0] > from));
  await tabTo(page, plots(view));
  const [, right] = await edges();
  await page.keyboard.press("+");
  await eventually(async () => {
    const [from, until] = await edges();
    assert(until - from < right - from, `${from} to ${until}`);
  });
  await all.click();
  await eventually(async () => assert.deepEqual(await edges(), [0, 2]));
  await axe(page);
});

pageTest(
  "on a phone a finger goes to a time",
  async (page) => {
    const view = await metrics(page);
    const { width } = await plots(view).boundingBox();
    await plots(view).tap({ position: { x: width / 4, y: 60 } });
    await eventually(async () => {
      const { simulated_us: now } = await state(page);
      assert(Math.abs(now - 500_000) < 30_000, `${now}`);
    });
    await axe(page);
  },
  PHONE,
);
