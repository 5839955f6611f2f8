// The history of the clients: operations as intervals, and whether they are linearizable.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { axe, eventually, pageTest, state } from "./harness.mjs";
import { ROOT } from "./site.mjs";
import { button, focused, reads, region, tabTo } from "./user.mjs";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const MUTANTS = path.join(ROOT, "tests", "scenarios", "mutants");

/** A run with three clients and two keys, at 3 s. */
const BUSY = `title = "T"
seed = 4
until = "10m"
[[step]]
at = "1s"
load = { clients = 3, rate = 40, keys = 2, writes = 0.5, until = "3s" }
`;

async function load(page, text, until) {
  await page.evaluate(
    ([text, until]) => {
      window.flotilla.load(text);
      window.flotilla.pause();
      window.flotilla.run_until(until);
    },
    [text, until],
  );
}

/** The view, on its tab. */
async function history(page) {
  await page.getByRole("tab", { name: "History" }).click();
  const view = region(page, "History");
  await view.waitFor();
  return view;
}

const lanes = (view) => view.getByRole("application", { name: "Operations in time" });
const caption = (view) => view.locator(".history-caption");

/** A hash of what is drawn, and how much of it is in that colour. */
function drawn(area, colour = "accent") {
  return area.evaluate((area, colour) => {
    const canvas = area.querySelector("canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const token = getComputedStyle(document.documentElement).getPropertyValue(`--${colour}`).trim();
    const [red, green, blue] = token.match(/[0-9a-f]{2}/gi).map((two) => Number.parseInt(two, 16));
    let [hash, coloured] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
      hash = (Math.imul(hash, 31) + data[at] + 7 * data[at + 1] + 13 * data[at + 3]) | 0;
      coloured += data[at] === red && data[at + 1] === green && data[at + 2] === blue ? 1 : 0;
    }
    return { hash, coloured };
  }, colour);
}

function redrawn(area, before) {
  return eventually(async () => {
    const one = await drawn(area);
    assert.notEqual(one.hash, before.hash);
    await area.page().waitForTimeout(100);
    assert.equal((await drawn(area)).hash, one.hash);
    return one;
  });
}

pageTest("what is not linearizable is said, with the operation that has no place", async (page) => {
  const empty = await history(page);
  await reads(empty, /No client has asked for anything yet/);
  const wrong = await readFile(path.join(MUTANTS, "read-without-quorum.toml"), "utf8");
  await load(page, wrong, 60_000_000);
  const view = await history(page);
  await reads(view, /Not linearizable: get .* of .* found .*; it could have found/);
  await reads(view, /stale read/);
  const area = lanes(view);
  // All of the run is in view from the beginning.
  const all = view.getByRole("button", { name: "All", exact: true });
  assert.equal(await all.getAttribute("aria-pressed"), "true");
  await eventually(async () => assert((await drawn(area, "bad")).coloured > 30));
  const one = await drawn(area);
  await view.getByRole("button", { name: "Zoom in", exact: true }).click();
  await redrawn(area, one);
  assert.equal(await all.getAttribute("aria-pressed"), "false");
  // From stale read to stale read, to the first after the last.
  const next = view.getByRole("button", { name: "Next stale read" });
  const told = [];
  for (;;) {
    await next.click();
    await reads(caption(view), /, stale[,;]/);
    const text = await caption(view).innerText();
    if (text === told[0]) break;
    assert(!told.includes(text) && told.length < 50, text);
    told.push(text);
    await page.waitForTimeout(100);
  }
  const said = Number(/(\d+) stale read/.exec(await view.innerText())[1]);
  assert.equal(told.length, said);
  if (said > 1) {
    await view.getByRole("button", { name: "Previous stale read" }).click();
    await eventually(async () => assert.equal(await caption(view).innerText(), told.at(-1)));
  }
  const { simulated_us } = await state(page);
  await view.getByRole("button", { name: "Go to the first that does not fit" }).click();
  await eventually(async () => assert((await state(page)).simulated_us < simulated_us));
  await reads(caption(view), /, stale, has no place; from/);
  await axe(page);
  // With the right rule all fits.
  const right = await readFile(path.join(MUTANTS, "read-without-quorum_twin.toml"), "utf8");
  await load(page, right, 60_000_000);
  await reads(view, /Linearizable so far/);
  assert.doesNotMatch(await view.innerText(), /stale/);
});

pageTest("pointing tells of an operation, a press goes to its answer, and a key can be chosen", async (page) => {
  await load(page, BUSY, 3_000_000);
  const view = await history(page);
  const area = lanes(view);
  const first = await redrawn(area, { hash: 0 });
  const box = await area.boundingBox();
  const told = /^(put|get) k\d.* of load-\d: done; from (\S+) s to (\S+) s$/;
  let found;
  for (let x = box.width - 20; x > 80 && !found; x -= 6) {
    for (let lane = 0; lane < 4 && !found; lane += 1) {
      await page.mouse.move(box.x + x, box.y + 22 + 32 * (lane + 0.5));
      await page.waitForTimeout(34);
      found = told.exec(await caption(view).innerText());
    }
  }
  assert(found, "no operation is told of");
  await page.mouse.down();
  await page.mouse.up();
  const answered = Math.round(Number(found[3]) * 1e6);
  await eventually(async () => assert.equal((await state(page)).simulated_us, answered));
  await page.mouse.move(box.x, box.y - 40);
  const all = await redrawn(area, first);
  await view.getByRole("combobox", { name: "Key" }).fill("no such key");
  const none = await redrawn(area, all);
  await view.getByRole("combobox", { name: "Key" }).fill("k1");
  const some = await redrawn(area, none);
  assert.notEqual(some.hash, all.hash);
  await page.mouse.move(box.x + box.width / 2, box.y + 60);
  await page.mouse.wheel(0, -400);
  const near = await redrawn(area, some);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 90, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await redrawn(area, near);
});

pageTest("by the keyboard alone", async (page) => {
  await load(page, BUSY, 3_000_000);
  const view = await history(page);
  const area = lanes(view);
  await tabTo(page, area);
  assert(await focused(area));
  await redrawn(area, { hash: 0 });
  const told = async (key) => {
    const before = await caption(view).innerText();
    await page.keyboard.press(key);
    await eventually(async () => assert.notEqual(await caption(view).innerText(), before));
    return caption(view).innerText();
  };
  const client = (text) => / of (\S+): /.exec(text)[1];
  const one = client(await told("ArrowLeft"));
  assert.equal(client(await told("ArrowLeft")), one);
  const key = one === "load-1" ? "ArrowDown" : "ArrowUp";
  assert.notEqual(client(await told(key)), one);
  const text = await told("ArrowLeft");
  const answered = Math.round(Number(/to (\S+) s$/.exec(text)[1]) * 1e6);
  await page.keyboard.press("Enter");
  await eventually(async () => assert.equal((await state(page)).simulated_us, answered));
  await page.keyboard.press("Escape");
  await reads(caption(view), /^Press an operation/);
  const before = await drawn(area);
  await page.keyboard.press("+");
  await redrawn(area, before);
});

pageTest(
  "on a phone the history is a tab of the sheet, for fingers",
  async (page) => {
    await load(page, BUSY, 3_000_000);
    const view = await history(page);
    const area = lanes(view);
    await area.scrollIntoViewIfNeeded();
    await redrawn(area, { hash: 0 });
    for (const name of ["Zoom in", "Earlier", "All"]) {
      const { width, height } = await view.getByRole("button", { name, exact: true }).boundingBox();
      assert(width >= 44 && height >= 44, `${name}: ${width} by ${height}`);
    }
    const { simulated_us } = await state(page);
    const { width } = await area.boundingBox();
    for (let x = width - 40; x > 70; x -= 16) {
      await area.tap({ position: { x, y: 22 + 32 * 1.5 } });
      await page.waitForTimeout(60);
      if ((await state(page)).simulated_us !== simulated_us) break;
    }
    assert.notEqual((await state(page)).simulated_us, simulated_us, "no tap went anywhere");
    await page.emulateMedia({ colorScheme: "dark" });
    await axe(page);
  },
  PHONE,
);
