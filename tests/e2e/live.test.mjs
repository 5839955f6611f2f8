// What is seen while time runs, and of a moment that one goes to: the strip, the speed, the figure.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { eventually, pageTest, state } from "./harness.mjs";
import { button, hurry, node, write } from "./user.mjs";

const CHAOS = `
title = "Ten minutes of chaos"
until = "600s"

[[step]]
chaos = { until = "590s" }
`;

const HEAVY = `
title = "More than a page can do in time"
until = "600s"

[[step]]
load = { clients = 50, rate = 10000, keys = 5, writes = 1.0, until = "600s" }
`;

function load(page, text, until) {
  return page.evaluate(
    ([text, until]) => {
      window.flotilla.load(text);
      window.flotilla.pause();
      window.flotilla.run_until(until);
    },
    [text, until],
  );
}

/** Two frames: what was asked for is drawn. */
function drawn(page) {
  return page.evaluate(
    () => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(then)))),
  );
}

/** What tells the pixels of a canvas from others. */
async function picture(page, canvas) {
  await drawn(page);
  const pixels = await page.locator(canvas).evaluate((canvas) => canvas.toDataURL());
  return createHash("sha256").update(pixels).digest("hex");
}

/** In the page: how many rectangles each frame of the next two seconds draws on the strip. */
function rectangles() {
  const strip = document.querySelector(".strip canvas");
  const { fillRect } = CanvasRenderingContext2D.prototype;
  const frames = [0];
  CanvasRenderingContext2D.prototype.fillRect = function (...where) {
    if (this.canvas === strip) frames[frames.length - 1] += 1;
    fillRect.apply(this, where);
  };
  return new Promise((then) => {
    const end = performance.now() + 2_000;
    const frame = (now) => {
      frames.push(0);
      if (now < end) return requestAnimationFrame(frame);
      CanvasRenderingContext2D.prototype.fillRect = fillRect;
      then(frames);
    };
    requestAnimationFrame(frame);
  });
}

pageTest("as time goes on only what is new is drawn on the strip", async (page) => {
  await load(page, CHAOS, 400_000_000);
  await hurry(page);
  await button(page, "Play").click();
  const frames = await page.evaluate(rectangles);
  await button(page, "Pause").click();
  assert(frames.some((count) => count > 0), "nothing is drawn");
  assert(Math.max(...frames) < 100, `${Math.max(...frames)} rectangles in a frame`);

  // What was drawn in pieces is the same as all of it drawn at once.
  const pieces = await picture(page, ".strip canvas");
  await page.setViewportSize({ width: 1000, height: 800 });
  await eventually(async () => assert.notEqual(await picture(page, ".strip canvas"), pieces));
  await page.setViewportSize({ width: 1280, height: 800 });
  await eventually(async () => assert.equal(await picture(page, ".strip canvas"), pieces));
});

pageTest("the strip is that of the run which is shown", async (page) => {
  const quiet = 'title = "A run"\nuntil = "10s"\n';
  await load(page, `${quiet}[[step]]\nat = "4900ms"\ncrash = "S1"\n`, 5_000_000);
  await picture(page, ".strip canvas");
  await load(page, quiet, 6_000_000);
  const seen = await picture(page, ".strip canvas");
  await page.setViewportSize({ width: 1000, height: 800 });
  await eventually(async () => assert.notEqual(await picture(page, ".strip canvas"), seen));
  await page.setViewportSize({ width: 1280, height: 800 });
  await eventually(async () => assert.equal(await picture(page, ".strip canvas"), seen));
});

pageTest("the page stays alive at any speed, and says which it reaches", async (page) => {
  await load(page, HEAVY, 1_000_000);
  await hurry(page);
  const speed = page.locator(".speed output");
  assert.equal(await speed.innerText(), "10 × real time");
  await button(page, "Play").click();
  await eventually(async () => assert.match(await speed.innerText(), /^only (1\/)?[\d.]+ ×$/));
  const slider = page.getByRole("slider", { name: "Speed" });
  assert.match(await slider.getAttribute("aria-valuetext"), /^10 × real time\. .*more than/);
  const longest = await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const lasted = [];
    for (let last = await frame(); lasted.length < 60; ) {
      const now = await frame();
      lasted.push(now - last);
      last = now;
    }
    return lasted.sort((one, other) => one - other)[45];
  });
  assert(longest < 120, `a frame of four takes more than ${longest} ms`);
  await button(page, "Pause").click();
  assert.equal(await speed.innerText(), "10 × real time");
});

pageTest(
  "every lane of the strip has its name where there is room",
  async (page) => {
    const names = page.locator(".strip-names span");
    const visible = () =>
      names.evaluateAll((all) =>
        all
          .filter((name) => getComputedStyle(name).visibility === "visible")
          .map((name) => ({ name: name.textContent, top: name.getBoundingClientRect().top })),
      );
    const apart = (lanes) => lanes.slice(1).map(({ top }, place) => top - lanes[place].top);
    let lanes = await visible();
    assert.deepEqual(lanes.map(({ name }) => name), ["S1", "S2", "S3", "S4", "S5"]);
    assert(apart(lanes).every((pixels) => pixels >= 12));
    await page.setViewportSize({ width: 1280, height: 700 });
    lanes = await visible();
    assert.deepEqual(lanes.map(({ name }) => name), ["S1", "S3", "S5"]);
    assert(apart(lanes).every((pixels) => pixels >= 12));
  },
  { viewport: { width: 1280, height: 900 } },
);

pageTest("what moves is drawn where it is at each moment that one goes to", async (page) => {
  await button(page, "Pause").click();
  const canvas = ".stage-moves";
  const go = async (at) => {
    await page.evaluate((at) => window.flotilla.seek(at), at);
    const seen = await picture(page, canvas);
    return { seen, events: (await state(page)).events };
  };
  const pairs = [];
  for (let at = 1_000_000; pairs.length < 3; at += 5_000) {
    const [one, other] = [await go(at), await go(at + 2_000)];
    if (one.events === other.events) pairs.push([at, one.seen, other.seen]);
  }
  for (const [at, one, other] of pairs) {
    assert.notEqual(one, other, "it has not moved");
    assert.equal((await go(at)).seen, one);
  }
});

pageTest("the strip shows where the branch begins", async (page) => {
  await button(page, "Pause").click();
  await page.evaluate(() => {
    window.flotilla.run_until(2_000_000);
    window.flotilla.seek(1_200_000);
  });
  const begin = page.locator(".strip-begin");
  assert.equal(await begin.count(), 0);
  await node(page, "S1").click();
  await begin.waitFor({ state: "attached" });
  const [{ x }, track] = await Promise.all([begin, page.locator(".strip-track")].map((one) => one.boundingBox()));
  const axis = page.getByRole("slider", { name: "Playhead" }).getAttribute("aria-valuemax");
  assert(Math.abs((x - track.x) / track.width - 1_200_000 / Number(await axis)) < 0.01);
  await button(page, "Go back to it").click();
  await begin.waitFor({ state: "detached" });
  // The picture is that of the branch shown: there is something before the playhead's end, and
  // nothing after it.
  const { first, last } = await page.evaluate(() => {
    const canvas = document.querySelector(".strip canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 20, canvas.width, canvas.height - 20);
    const columns = [];
    data.forEach((value, place) => {
      if (value > 0) columns.push(Math.floor(place / 4) % canvas.width);
    });
    columns.sort((one, other) => one - other);
    return { first: columns[0] / canvas.width, last: columns.at(-1) / canvas.width };
  });
  assert(first < 0.01 && Math.abs(last - 1) < 0.02, `it is drawn from ${first} to ${last}`);
});

pageTest(
  "the sign of a difference is in the fonts of the page",
  async (page) => {
    await button(page, "Pause").click();
    await page.evaluate(() => window.flotilla.run_until(1_500_000));
    await write(page, "x", "1");
    const differs = page.locator("td.differs").first();
    for (let step = 0; (await differs.count()) === 0; step += 1) {
      assert(step < 200, "nothing ever differs");
      await button(page, "Step").click();
    }
    const session = await page.context().newCDPSession(page);
    await session.send("DOM.enable");
    await session.send("CSS.enable");
    const { root } = await session.send("DOM.getDocument");
    const { nodeId } = await session.send("DOM.querySelector", {
      nodeId: root.nodeId,
      selector: "td.differs",
    });
    const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
    assert(fonts.length > 0);
    assert.deepEqual(fonts.filter(({ isCustomFont }) => !isCustomFont), []);
  },
  { onlyChromium: "which fonts drew a text is asked over Chromium's own protocol" },
);
