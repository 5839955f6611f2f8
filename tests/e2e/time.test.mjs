// Time belongs to the user: any moment is reached, by every means, and nothing that was is lost.

import assert from "node:assert/strict";
import { axe, eventually, pageTest, state } from "./harness.mjs";
import { button, node, write } from "./user.mjs";

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

const LONG = `
title = "A long load"
until = "3000s"

[[step]]
at = "500ms"
load = { clients = 4, rate = 50, keys = 5, writes = 0.6, until = "2900s" }
`;

/** Time stands at this simulated time. */
async function stand(page, at) {
  await page.evaluate((at) => {
    window.flotilla.pause();
    window.flotilla.run_until(at);
  }, at);
  await button(page, "Play").waitFor();
}

function playhead(page) {
  return page.getByRole("slider", { name: "Playhead" });
}

/** What the slider says: where it is, and where its right end is, in microseconds. */
async function slider(page) {
  const [now, end] = await Promise.all(
    ["aria-valuenow", "aria-valuemax"].map((name) => playhead(page).getAttribute(name)),
  );
  return { now: Number(now), end: Number(end) };
}

/** Where the track is that the playhead goes along. */
function track(page) {
  return page.locator(".strip-track").boundingBox();
}

/** Where the playhead is drawn. */
function head(page) {
  return page.locator(".strip-head").boundingBox();
}

/** Waits until the page is at this part of the axis, to a pixel or two. */
function isAt(page, part) {
  return eventually(async () => {
    const { now, end } = await slider(page);
    assert(Math.abs(now / end - part) < 0.01, `at ${now} of ${end}, not at ${part}`);
    assert.equal((await state(page)).simulated_us, now);
    const [line, { x, width }] = await Promise.all([head(page), track(page)]);
    assert(Math.abs((line.x - x) / width - part) < 0.01, "the playhead is elsewhere");
  });
}

/** The whole moment, to compare. */
async function moment(page) {
  return JSON.stringify(await state(page));
}

/** Waits until the page is at this very moment. */
function isMoment(page, before) {
  return eventually(async () => assert.equal(await moment(page), before));
}

function status(page) {
  return page.locator(".transport").getByRole("status");
}

/** Waits until it is said near the transport. */
function says(page, pattern) {
  return eventually(async () => assert.match(await status(page).innerText(), pattern));
}

function leads({ nodes }) {
  return nodes.filter(({ role }) => role === "leader").map(({ id }) => id);
}

pageTest("a step back gives the very state before", async (page) => {
  await stand(page, 400_000);
  const seen = [];
  for (let step = 0; step < 12; step += 1) {
    await button(page, "Step").click();
    seen.push(await moment(page));
  }
  seen.pop();
  while (seen.length > 6) {
    await button(page, "Step back").click();
    await isMoment(page, seen.pop());
  }
  while (seen.length > 0) {
    await page.keyboard.press(",");
    await isMoment(page, seen.pop());
  }
});

pageTest("the playhead is dragged with the mouse, and a click goes anywhere", async (page) => {
  await stand(page, 1_900_000);
  const { x, y, width, height } = await track(page);
  const middle = y + height / 2;
  await page.mouse.click(x + width * 0.25, middle);
  await isAt(page, 0.25);
  const before = await moment(page);

  await page.mouse.move(x + width * 0.25, middle);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.7, middle, { steps: 30 });
  await isAt(page, 0.7);
  await page.mouse.move(x + width * 0.25, middle + 200, { steps: 30 });
  await page.mouse.up();
  await isAt(page, 0.25);
  assert.equal(await moment(page), before);
  await axe(page);
});

pageTest("time that runs goes on from where the playhead is let go", async (page) => {
  await stand(page, 1_900_000);
  await button(page, "Play").click();
  const { x, y, width, height } = await track(page);
  await page.mouse.move(x + width * 0.5, y + height / 2);
  await page.mouse.down();
  await button(page, "Play").waitFor();
  await page.mouse.move(x + width * 0.3, y + height / 2, { steps: 5 });
  await isAt(page, 0.3);
  await page.mouse.up();
  await button(page, "Pause").waitFor();
  const { now } = await slider(page);
  await eventually(async () => assert((await slider(page)).now > now));
});

pageTest(
  "the strip is dragged by touch on a phone, where all is within reach",
  async (page) => {
    await stand(page, 1_900_000);
    const { x, y, width, height } = await track(page);
    const middle = y + height / 2;
    await page.touchscreen.tap(x + width * 0.6, middle);
    await isAt(page, 0.6);

    const session = await page.context().newCDPSession(page);
    const touch = (type, part) => {
      const touchPoints = part === undefined ? [] : [{ x: x + width * part, y: middle }];
      return session.send("Input.dispatchTouchEvent", { type, touchPoints });
    };
    await touch("touchStart", 0.6);
    for (let part = 0.6; part > 0.2; part -= 0.05) await touch("touchMove", part);
    await touch("touchMove", 0.2);
    await isAt(page, 0.2);
    // A finger that rests for longer than the browser looks back before it lifts flings nothing; of what
    // is flung, the next tap would only be the end.
    await page.waitForTimeout(200);
    await touch("touchMove", 0.2);
    await touch("touchEnd");

    const reach = async (locator) => {
      const boxes = await locator.evaluateAll((all) =>
        all.map((one) => one.getBoundingClientRect().toJSON()).filter(({ width }) => width > 0),
      );
      for (const { left, right, width, height } of boxes) {
        assert(left >= 0 && right <= 360 && width >= 44 && height >= 44, `${width}×${height}`);
      }
      return boxes.length;
    };
    const buttons = page.locator(".transport").getByRole("button");
    assert.equal(await reach(playhead(page)), 1);
    assert.equal(await reach(buttons), 6);
    await button(page, "More controls").tap();
    await eventually(async () => assert.equal(await reach(buttons), 11));
    await axe(page);

    await button(page, "Run until…").tap();
    await eventually(async () => assert.equal(await reach(page.getByRole("menuitem")), 8));
    await page.getByRole("menuitem", { name: "a leader is elected" }).tap();
    await eventually(async () => assert.equal(leads(await state(page)).length, 1));
  },
  PHONE,
);

pageTest("the playhead is moved with the keyboard", async (page) => {
  await stand(page, 1_900_000);
  const end = await moment(page);
  await playhead(page).focus();
  await page.keyboard.press("Home");
  await eventually(async () => assert.equal((await slider(page)).now, 0));
  await page.keyboard.press("End");
  await isMoment(page, end);
  await page.keyboard.press("PageDown");
  await eventually(async () => assert.equal((await slider(page)).now, 1_710_000));
  await page.keyboard.press("PageUp");
  await isMoment(page, end);
  assert.match(await playhead(page).getAttribute("aria-valuetext"), /^1\.900000 s of 1\.900000 s$/);

  await page.keyboard.press("ArrowLeft");
  await eventually(async () => assert((await slider(page)).now < 1_900_000));
  const event = await moment(page);
  await page.keyboard.press("ArrowLeft");
  await eventually(async () => assert.notEqual(await moment(page), event));
  await page.keyboard.press("ArrowRight");
  await isMoment(page, event);

  // The first event that matters is an election.
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowRight");
  await eventually(async () => {
    const { nodes } = await state(page);
    assert(nodes.some(({ role }) => /candidate/i.test(role)));
  });
});

pageTest("one goes from one event that matters to the next, and back", async (page) => {
  await stand(page, 1_900_000);
  await page.keyboard.press("Home");
  const seen = [];
  for (let jump = 0; jump < 4; jump += 1) {
    await page.keyboard.press("n");
    await eventually(async () => {
      const there = await moment(page);
      assert.notEqual(there, seen.at(-1));
      assert((await slider(page)).now > 0);
    });
    seen.push(await moment(page));
  }
  seen.pop();
  while (seen.length > 0) {
    await button(page, "Previous event that matters").click();
    await isMoment(page, seen.pop());
  }
  await button(page, "Previous event that matters").click();
  await says(page, /no such event before/);
  await axe(page);

  // Of the selected node, when there is one.
  await node(page, "S2").click();
  await button(page, "Next event that matters for S2").waitFor();
});

pageTest("one runs until a leader is elected, and again", async (page) => {
  await stand(page, 0);
  await button(page, "Run until…").click();
  await axe(page);
  await page.getByRole("menuitem", { name: "a leader is elected" }).click();
  await eventually(async () => assert.equal(leads(await state(page)).length, 1));
  await button(page, "Play").waitFor();
  const [first] = leads(await state(page));
  await page.keyboard.press(",");
  await eventually(async () => assert.deepEqual(leads(await state(page)), []));
  await page.keyboard.press("u");
  await eventually(async () => assert.deepEqual(leads(await state(page)), [first]));

  await node(page, first).click();
  await page.keyboard.press("u");
  await eventually(async () => {
    const [second] = leads(await state(page));
    assert(second && second !== first);
  });

  // The kinds of message are a list of their own.
  await button(page, "Run until…").click();
  await page.getByRole("menuitem", { name: "a message is sent…" }).click();
  await page.getByRole("menuitem", { name: "AppendEntriesReply" }).press("Escape");
  assert.equal(await page.getByRole("menu").count(), 0);
});

pageTest("undo goes back before the crash, and what is done then keeps both futures", async (page) => {
  await stand(page, 900_000);
  const [leader] = leads(await state(page));
  const before = await moment(page);
  await node(page, leader).click();
  await stand(page, 1_600_000);
  const later = await moment(page);

  // In a text field the keys are the field's.
  await page.getByRole("textbox", { name: "Value" }).press("Control+z");
  assert.equal(await moment(page), later);
  await node(page, leader).focus();

  await page.keyboard.press("Control+z");
  await isMoment(page, before);
  await says(page, new RegExp(`Back before “crash ${leader}”`));
  const undo = button(page, "Undo");
  assert.equal(await undo.getAttribute("aria-disabled"), "true");
  await axe(page);
  await page.keyboard.press("Control+y");
  await eventually(async () => {
    const { nodes } = await state(page);
    assert.equal(nodes.find(({ id }) => id === leader).role, "down");
  });
  await button(page, `Undo crash ${leader} (go back before it)`).click();
  await isMoment(page, before);
  await button(page, `Redo crash ${leader} (go on to after it)`).waitFor();

  await write(page, "x", "1");
  await says(page, /A branch begins with “put x=1”; the old future is kept/);
  await button(page, "Undo put x=1 (go back before it)").waitFor();
  assert.equal(await button(page, "Redo").getAttribute("aria-disabled"), "true");
});

pageTest("a long way tells how far it has come, and can be stopped", async (page) => {
  await page.evaluate((text) => {
    window.flotilla.load(text);
    window.flotilla.pause();
    window.flotilla.run_until(2_000_000);
  }, LONG);
  await eventually(async () => assert.equal((await slider(page)).end, 3_000_000_000));
  const before = await moment(page);
  const { x, y, width, height } = await track(page);

  await page.mouse.click(x + width * 0.9, y + height / 2);
  const progress = page.getByRole("progressbar", { name: "On the way" });
  await progress.waitFor();
  assert.equal(await moment(page), before);
  const done = Number(await progress.getAttribute("value"));
  await eventually(async () => assert(Number(await progress.getAttribute("value")) > done));
  await axe(page);
  await button(page, "Stop").click();
  await button(page, "Play").waitFor();
  await progress.waitFor({ state: "detached" });
  const stopped = (await slider(page)).now;
  assert(stopped > 2_000_000 && stopped < 2_700_000_000);

  // Escape gives up as well.
  await page.mouse.click(x + width * 0.95, y + height / 2);
  await progress.waitFor();
  await page.keyboard.press("Escape");
  await progress.waitFor({ state: "detached" });
});

pageTest("single keys can be turned off, and undo stays", async (page) => {
  await stand(page, 900_000);
  const [leader] = leads(await state(page));
  const before = await moment(page);
  await node(page, leader).click();
  await page.keyboard.press("?");
  await page.getByText("Undo: back to before what you last did").waitFor();
  await page.getByRole("checkbox", { name: /^Single-key shortcuts/ }).uncheck();
  await page.keyboard.press("Escape");
  const after = await moment(page);
  for (const key of ["n", "p", "u", ",", ".", "Home", "ArrowLeft"]) await page.keyboard.press(key);
  assert.equal(await moment(page), after);
  await page.keyboard.press("Control+z");
  await isMoment(page, before);
});

pageTest("what is said again in a new run is said again", async (page) => {
  await page.keyboard.press("Control+z");
  await says(page, /nothing before this moment/);
  const said = page.locator(".said");
  await eventually(async () => assert.equal(await said.textContent(), ""));
  await button(page, "New run").click();
  await page.keyboard.press("Control+z");
  await says(page, /nothing before this moment/);
});
