// The space-time diagram: what happened, to whom, when, and what led to what.

import assert from "node:assert/strict";
import { axe, eventually, pageTest, state } from "./harness.mjs";
import { button, focused, hurry, reads, region, tabTo } from "./user.mjs";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** A run with clients, losses and a crash, at 0.9 s. */
const SCENARIO = `title = "T"
seed = 4
until = "10m"
[network]
loss = 0.04
[[step]]
load = { clients = 2, rate = 30, keys = 3, writes = 0.6, until = "4s" }
[[step]]
at = "520ms"
crash = "leader"
`;

async function open(page) {
  await page.evaluate((text) => {
    window.flotilla.load(text);
    window.flotilla.pause();
    window.flotilla.run_until(900_000);
  }, SCENARIO);
}

/** The diagram, in the place of the cluster. */
async function diagram(page) {
  await open(page);
  await button(page, "Space-time").click();
  const area = page.getByRole("application", { name: "Space-time diagram" });
  await area.waitFor();
  assert.equal(await region(page, "Cluster").count(), 0);
  return area;
}

const caption = (page) => page.locator(".spacetime-caption");

/** A hash of what is drawn, and how much of it is in the accent colour. */
function drawn(area) {
  return area.evaluate((area) => {
    const canvas = area.querySelector("canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const accent = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim();
    const [red, green, blue] = accent.match(/[0-9a-f]{2}/gi).map((two) => Number.parseInt(two, 16));
    let [hash, accented, inked] = [0, 0, 0];
    for (let at = 0; at < data.length; at += 4) {
      hash = (Math.imul(hash, 31) + data[at] + 7 * data[at + 1] + 13 * data[at + 3]) | 0;
      inked += data[at + 3] > 0 ? 1 : 0;
      accented += data[at] === red && data[at + 1] === green && data[at + 2] === blue ? 1 : 0;
    }
    return { hash, accented, inked };
  });
}

/** Waits until something else is drawn than before, and nothing changes any more. */
function redrawn(area, before) {
  return eventually(async () => {
    const one = await drawn(area);
    assert.notEqual(one.hash, before.hash);
    await area.page().waitForTimeout(100);
    assert.equal((await drawn(area)).hash, one.hash);
    return one;
  });
}

/** Moves the mouse along a lane, of so many, until the caption matches. */
async function find(page, area, [lane, lanes], pattern) {
  const box = await area.boundingBox();
  const y = 22 + (lane + 0.5) * Math.min((box.height - 22) / lanes, 84);
  for (let x = 60; x < box.width; x += 4) {
    await page.mouse.move(box.x + x, box.y + y);
    await page.waitForTimeout(34);
    if (pattern.test(await caption(page).innerText())) return;
  }
  assert.fail(`nothing is ${pattern}`);
}

pageTest("pointing tells of an event and shows its causes; a press goes there", async (page) => {
  const area = await diagram(page);
  const before = await redrawn(area, { hash: 0 });
  assert(before.inked > 5_000, `${before.inked} pixels`);
  // The lanes are those of the clients, the proxy, and five nodes.
  await find(page, area, [3, 7], /S2 becomes leader of term 2/);
  const pointed = await redrawn(area, before);
  assert(pointed.accented > before.accented + 200, "its causes and effects are not in accent");
  await page.mouse.down();
  await page.mouse.up();
  await eventually(async () => {
    const { simulated_us, nodes } = await state(page);
    assert(simulated_us < 900_000 && simulated_us > 700_000, `at ${simulated_us}`);
    const leader = nodes.find((node) => node.role === "leader");
    assert.equal(leader?.term, 2, "the playhead is just after it");
  });
  // A message that was lost says so, and where it was pressed the playhead is.
  await find(page, area, [6, 7], /S2 sends .* to S5; .*, lost at 0\.8/);
  await page.mouse.down();
  await page.mouse.up();
  await eventually(async () => assert((await state(page)).simulated_us > 795_000));
  await axe(page);
});

pageTest("the wheel and the tools zoom, and a drag moves", async (page) => {
  const area = await diagram(page);
  const first = await redrawn(area, { hash: 0 });
  const box = await area.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + 60);
  await page.mouse.wheel(0, -400);
  const near = await redrawn(area, first);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 120, box.y + 60, { steps: 4 });
  await page.mouse.up();
  const moved = await redrawn(area, near);
  // A drag goes nowhere in time.
  assert.equal((await state(page)).simulated_us, 900_000);
  for (let press = 0; press < 12; press += 1) await button(page, "Zoom out").click();
  const far = await redrawn(area, moved);
  await button(page, "Earlier").click();
  await button(page, "Zoom in").click();
  await redrawn(area, far);
});

pageTest("while time runs the playhead is followed, until one looks elsewhere", async (page) => {
  const area = await diagram(page);
  const follow = button(page, "Follow");
  const sees = (is) => eventually(async () => assert.equal(await seesPlayhead(area), is));
  assert.equal(await follow.getAttribute("aria-pressed"), "true");
  await hurry(page);
  await page.evaluate(() => window.flotilla.play());
  // A quarter of a second is in view, which time has left long ago.
  await eventually(async () => assert((await state(page)).simulated_us > 3_000_000));
  await sees(true);
  await button(page, "Earlier").click();
  assert.equal(await follow.getAttribute("aria-pressed"), "false");
  await sees(false);
  await follow.click();
  assert.equal(await follow.getAttribute("aria-pressed"), "true");
  await sees(true);
  const { simulated_us } = await state(page);
  await eventually(async () => assert((await state(page)).simulated_us > simulated_us + 1_000_000));
  await sees(true);
});

/** Whether the playhead is in view: its disc, in ink, at the edge of the lanes. */
function seesPlayhead(area) {
  return area.evaluate((area) => {
    const canvas = area.querySelector("canvas");
    const row = Math.round(18 * devicePixelRatio);
    const { data } = canvas.getContext("2d").getImageData(0, row, canvas.width, 1);
    const ink = getComputedStyle(document.documentElement).getPropertyValue("--ink").trim();
    const [red, green, blue] = ink.match(/[0-9a-f]{2}/gi).map((two) => Number.parseInt(two, 16));
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) return true;
    }
    return false;
  });
}

pageTest(
  "by the keyboard alone: the arrows lead from event to event, along messages, and Enter goes there",
  async (page) => {
    await open(page);
    await page.keyboard.press("d");
    const area = page.getByRole("application", { name: "Space-time diagram" });
    await area.waitFor();
    await tabTo(page, area);
    assert(await focused(area));
    await redrawn(area, { hash: 0 });
    const described = await area.getAttribute("aria-describedby");
    assert.equal(described, await caption(page).getAttribute("id"));
    const told = async (key) => {
      const before = await caption(page).innerText();
      await page.keyboard.press(key);
      await eventually(async () => assert.notEqual(await caption(page).innerText(), before));
      return caption(page).innerText();
    };
    assert.match(await told("ArrowRight"), /^0\.8\d+ s: load-\d asks: /);
    for (let lane = 0; lane < 3; lane += 1) {
      if (/^\S+ s: S2/.test(await told("ArrowDown"))) break;
    }
    // Back to where it became leader, and along a message of its.
    while (!/becomes leader/.test(await caption(page).innerText())) await told("ArrowLeft");
    const time = Number.parseFloat(await caption(page).innerText());
    assert.match(await told("Shift+ArrowRight"), /S\d receives AppendEntries .* from S2/);
    assert.match(await told("Shift+ArrowLeft"), /becomes leader/);
    await page.keyboard.press("Enter");
    await eventually(async () =>
      assert.equal((await state(page)).simulated_us, Math.round(time * 1e6)),
    );
    const before = await drawn(area);
    await page.keyboard.press("+");
    const near = await redrawn(area, before);
    await page.keyboard.press("-");
    await redrawn(area, near);
    await page.keyboard.press("Escape");
    await reads(caption(page), /^Point at an event/);
    await page.keyboard.press("d");
    await region(page, "Cluster").waitFor();
  },
);

pageTest("where too much happened it says so, until one zooms in", async (page) => {
  await page.evaluate(() => {
    window.flotilla.load('title = "T"\nuntil = "60m"\n[[step]]\nload = { clients = 4, rate = 50, keys = 5, writes = 1.0, until = "60m" }');
    window.flotilla.pause();
    window.flotilla.run_until(60_000_000);
  });
  await button(page, "Space-time").click();
  for (let press = 0; press < 12; press += 1) await button(page, "Zoom out").click();
  await reads(caption(page), /Zoom in to see each of them/);
  for (let press = 0; press < 12; press += 1) await button(page, "Zoom in").click();
  await reads(caption(page), /^Point at an event/);
});

pageTest(
  "with fingers: two zoom, one moves, a tap goes there",
  async (page) => {
    const area = await diagram(page);
    const first = await redrawn(area, { hash: 0 });
    const box = await area.boundingBox();
    const client = await page.context().newCDPSession(page);
    const touch = (type, ...points) =>
      client.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: points.map(([x, y], id) => ({ x: box.x + x, y: box.y + y, id })),
      });
    await touch("touchStart", [120, 80], [220, 80]);
    await touch("touchMove", [100, 80], [240, 80]);
    await touch("touchMove", [70, 80], [270, 80]);
    await touch("touchEnd");
    const near = await redrawn(area, first);
    await touch("touchStart", [120, 80]);
    await touch("touchMove", [160, 80]);
    await touch("touchMove", [220, 80]);
    await touch("touchEnd");
    await redrawn(area, near);
    const { simulated_us } = await state(page);
    assert.equal(simulated_us, 900_000);
    await area.tap({ position: { x: box.width / 2, y: box.height / 2 } });
    await eventually(async () => assert.notEqual((await state(page)).simulated_us, simulated_us));
    for (const name of ["Zoom in", "Earlier", "Follow", "Cluster", "Space-time"]) {
      const { width, height } = await button(page, name).boundingBox();
      assert(width >= 44 && height >= 44, `${name}: ${width} by ${height}`);
    }
    await page.emulateMedia({ colorScheme: "dark" });
    await axe(page);
  },
  { ...PHONE, onlyChromium: "two fingers at once are told over Chromium's own protocol" },
);

pageTest("where too much happened for lines a texture says how much, and in red what was lost", async (page) => {
  await page.evaluate((text) => {
    window.flotilla.load(text);
    window.flotilla.pause();
    window.flotilla.run_until(20_000_000);
  }, SCENARIO);
  await button(page, "Space-time").click();
  const area = page.getByRole("application", { name: "Space-time diagram" });
  await area.waitFor();
  await area.focus();
  for (let times = 0; times < 12; times += 1) await page.keyboard.press("-");
  await reads(caption(page), /messages are a texture/);
  /** How much of the row of pixels between the first two nodes is drawn on, and how red it is, left and right. */
  const row = () =>
    area.evaluate((area) => {
      const canvas = area.querySelector("canvas");
      const scale = canvas.width / canvas.getBoundingClientRect().width;
      const lanes = 7;
      const y = Math.round((22 + ((canvas.height / scale - 22) / lanes) * 3) * scale);
      const { data } = canvas.getContext("2d").getImageData(0, y, canvas.width, 1);
      const half = { left: [0, 0], right: [0, 0] };
      for (let x = 80; x < canvas.width; x += 1) {
        const [red, , blue, alpha] = data.slice(4 * x, 4 * x + 4);
        const side = x < 80 + (canvas.width - 80) / 5 ? half.left : half.right;
        side[0] += alpha / 255;
        side[1] += red > blue + 60 && alpha > 40 ? 1 : 0;
      }
      return half;
    });
  await eventually(async () => {
    const { left, right } = await row();
    assert(left[0] > 10 && right[0] > 10, JSON.stringify({ left, right }));
    assert(left[1] + right[1] > 3, "nothing is red");
  });
});
