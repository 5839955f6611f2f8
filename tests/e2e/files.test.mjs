// Links, files, the editor, exports, and what the page remembers.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { axe, eventually, pageTest, state } from "./harness.mjs";
import {
  button, choose, dropFile, everywhere, fromMenu, hurry, newLeader, newRun, reads, write,
} from "./user.mjs";

/** How long whatever comes with a link may keep the page from answering. */
const PATIENCE_MS = 1_000;

const SCENARIO = `# A comment of its author.
title = "A leader crashes"
seed = 9
until = "3s"

[[step]]
at = "1s"
crash = "leader"
`;

const WRONG = `title = "Wrong"
untl = "3s"

[[step]]
at = "1s"
crash = "S9"
`;

/** A run in which something has happened, standing: a write, a crash, and another future. */
async function someRun(page) {
  await hurry(page);
  const leader = await newLeader(page);
  await write(page, "x", "1");
  await everywhere(page, "x", "1");
  await choose(page, leader, "Crash");
  await newLeader(page, [leader]);
  await button(page, "Pause").click();
  const { time } = await clock(page);
  await page.evaluate((us) => window.flotilla.seek(us), Math.floor(time / 2));
  await choose(page, "S1", "Crash");
  await button(page, "Pause").or(button(page, "Play")).waitFor();
}

/** Waits until the page has written down what is there now. */
function written(page) {
  return page.waitForTimeout(2_500);
}

/** A run of that seed, in which S1 has crashed, stands and is written down. */
async function leftWith(page, seed) {
  await newRun(page, seed);
  await choose(page, "S1", "Crash");
  await button(page, "Pause").click();
  await written(page);
}

/** Another tab of the same browser at that address, once it shows a run of that seed. */
async function tab(page, url, seed) {
  const other = await page.context().newPage();
  await other.goto(url);
  await hasSeed(other, seed);
  return other;
}

function hasSeed(page, seed) {
  return eventually(async () => assert.equal((await state(page)).seed, seed));
}

/** What the address has for somebody else's run, of that seed, in which S1 has crashed. */
async function linkOf(page, seed) {
  let link;
  await elsewhere(page, page.url(), async (other) => {
    await newRun(other, seed);
    await choose(other, "S1", "Crash");
    await fromMenu(other, "Copy link");
    await eventually(() => assert.match(other.url(), /#1\./));
    link = other.url();
  });
  return link;
}

async function clock(page) {
  const element = page.locator("[data-at]");
  return { time: Number(await element.getAttribute("data-at")) };
}

/** What is the same wherever a moment is shown. */
async function moment(page) {
  const { digest, events, seed } = await state(page);
  const speed = await page.getByRole("slider", { name: "Speed" }).inputValue();
  return { digest, events, seed, speed };
}

/** The page at that address, as somebody else has it. */
async function elsewhere(page, url, body, options = {}) {
  const context = await page.context().browser().newContext({ locale: "en-US", ...options });
  try {
    const other = await context.newPage();
    await other.goto(url);
    await other.getByRole("region", { name: "Cluster" }).waitFor();
    await body(other);
  } finally {
    await context.close();
  }
}

async function download(page, item) {
  const [file] = await Promise.all([page.waitForEvent("download"), fromMenu(page, item)]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

/** What went wrong, if anything. */
function alert(page) {
  return page.getByRole("alert").filter({ hasText: /./ });
}

function editor(page) {
  return page.getByRole("textbox", { name: "Text of the scenario" });
}

pageTest("a run that was saved is the same when it is opened again", async (page) => {
  await page.getByRole("textbox", { name: "Seed" }).fill("7");
  await button(page, "New run").click();
  await someRun(page);
  const { name, text } = await download(page, "Save as a scenario");
  assert.equal(name, "flotilla-seed7.toml");
  assert.match(text, /^# /);
  const { time } = await clock(page);
  const before = await state(page);
  await page.locator("input[type=file]").setInputFiles({
    name,
    mimeType: "text/plain",
    buffer: Buffer.from(text),
  });
  await page.getByText("Opened: A live run").waitFor();
  await page.evaluate((us) => window.flotilla.seek(us), time);
  const after = await state(page);
  assert.equal(after.digest, before.digest);
});

pageTest("a scenario that is dropped on the page runs", async (page) => {
  await button(page, "Pause").click();
  await dropFile(page, "anything.txt", SCENARIO);
  await page.getByText("Opened: A leader crashes").waitFor();
  await axe(page);
  await page.evaluate(() => window.flotilla.run_until(2e6));
  const { seed, nodes } = await state(page);
  assert.equal(seed, 9);
  assert.equal(nodes.filter(({ role }) => role === "down").length, 1);
  // The author's own text is kept, until somebody acts.
  const { text } = await download(page, "Save as a scenario");
  assert.equal(text, SCENARIO);
});

pageTest("of several files the first is taken, and the page says so", async (page) => {
  await dropFile(page, "first.toml", SCENARIO, ["second.toml", WRONG], ["third.toml", WRONG]);
  await page.getByText("Opened: A leader crashes One file at a time: of the 3").waitFor();
  assert.equal((await state(page)).seed, 9);
  await dropFile(page, "first.toml", WRONG, ["second.toml", SCENARIO]);
  await reads(alert(page), /One file at a time: of the 2[^]*2:1[^]*untl/);
  await axe(page);
});

pageTest("a file that is wrong shows what is wrong, and the run stays as it was", async (page) => {
  await button(page, "Pause").click();
  const before = await moment(page);
  await dropFile(page, "wrong.toml", WRONG);
  const problems = page.getByRole("list", { name: "What is wrong" });
  await reads(problems, /2:1[^]*untl[^]*6:9[^]*S9/);
  await axe(page);
  await problems.getByRole("button", { name: /S9/ }).click();
  const line = await editor(page).evaluate((area) =>
    area.value.slice(area.selectionStart, area.selectionEnd),
  );
  assert.equal(line, 'crash = "S9"');
  await page.keyboard.press("Escape");
  assert.deepEqual(await moment(page), before);
});

pageTest("a trace that is wrong says where, and a huge file is not read", async (page) => {
  await dropFile(page, "trace.jsonl", '{"name":"Nonsense"}\n');
  await reads(alert(page), /1:\d+: /);
  await axe(page);
  await dropFile(page, "huge.toml", `# ${"x".repeat(1 << 20)}\n`);
  await reads(alert(page), /too large/);
});

pageTest("what is written in the editor runs, and is not lost when it is closed", async (page) => {
  await dropFile(page, "own.toml", SCENARIO);
  await fromMenu(page, "Edit the scenario");
  assert.equal(await editor(page).inputValue(), SCENARIO);
  await axe(page);
  await editor(page).fill(WRONG);
  await page.getByRole("button", { name: /untl/ }).waitFor();
  await page.keyboard.press("Control+Enter");
  await page.getByText("2 things are wrong").waitFor();
  await page.keyboard.press("Escape");
  await editor(page).waitFor({ state: "hidden" });
  await fromMenu(page, "Edit the scenario");
  assert.equal(await editor(page).inputValue(), WRONG);
  await editor(page).fill(SCENARIO.replace("seed = 9", "seed = 11"));
  await page.getByText("Nothing is wrong").waitFor();
  await page.keyboard.press("Control+Enter");
  await editor(page).waitFor({ state: "hidden" });
  assert.equal((await state(page)).seed, 11);
  // Tab leaves the text.
  await fromMenu(page, "Edit the scenario");
  await editor(page).focus();
  await page.keyboard.press("Tab");
  assert(!(await editor(page).evaluate((area) => area === document.activeElement)));
});

pageTest("the editor shows the run of now, and says so where it shows what was written before", async (page) => {
  await fromMenu(page, "Edit the scenario");
  assert.match(await editor(page).inputValue(), /A live run/);
  await page.keyboard.press("Escape");
  await newRun(page, 7);
  await fromMenu(page, "Edit the scenario");
  assert.match(await editor(page).inputValue(), /^seed = 7$/m);
  const kept = page.getByText("what you wrote here before");
  await editor(page).fill(SCENARIO);
  await page.getByText("Nothing is wrong").waitFor();
  assert.equal(await kept.count(), 0);
  await page.keyboard.press("Escape");
  await newRun(page, 8);
  await fromMenu(page, "Edit the scenario");
  assert.equal(await editor(page).inputValue(), SCENARIO);
  await kept.waitFor();
  await axe(page);
  await button(page, "Discard changes").click();
  assert.match(await editor(page).inputValue(), /^seed = 8$/m);
  assert.equal(await kept.count(), 0);
});

pageTest("what is written in the editor is not lost to a file, nor when the page is loaded anew", async (page) => {
  const mine = SCENARIO.replace("seed = 9", "seed = 10");
  await fromMenu(page, "Edit the scenario");
  await editor(page).fill(mine);
  await page.getByText("Nothing is wrong").waitFor();
  // Neither to one that runs, nor to one that is wrong.
  await dropFile(page, "own.toml", SCENARIO);
  await page.getByText("Opened: A leader crashes").waitFor();
  await dropFile(page, "wrong.toml", WRONG);
  await reads(alert(page), /2:1[^]*untl/);
  await axe(page);
  await fromMenu(page, "Edit the scenario");
  assert.equal(await editor(page).inputValue(), mine);
  await page.reload();
  await fromMenu(page, "Edit the scenario");
  assert.equal(await editor(page).inputValue(), mine);
  await button(page, "Discard changes").click();
  // What the author of the file wrote is still there, too.
  assert.equal(await editor(page).inputValue(), SCENARIO);
});

pageTest("a link gives somebody else the same run, at the same moment", async (page) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await someRun(page);
  await page.getByRole("button", { name: /^S2, / }).focus();
  const before = await moment(page);
  await fromMenu(page, "Copy link");
  await page.getByText(/Link copied: \d+ characters/).waitFor();
  await axe(page);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(page.url(), link);
  await elsewhere(page, link, async (other) => {
    await eventually(async () => assert.deepEqual(await moment(other), before));
    await button(other, "Play").waitFor();
    await axe(other);
  });
  // In the same page, too, and as often as one likes.
  await button(page, "New run").click();
  await page.evaluate((hash) => { location.hash = hash; }, new URL(link).hash);
  await eventually(async () => assert.deepEqual(await moment(page), before));
});

pageTest("a link can be copied by hand where the browser does not let the page", async (page) => {
  await page.evaluate(() =>
    Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true }),
  );
  await fromMenu(page, "Copy link");
  const field = page.getByRole("textbox", { name: "Link" });
  assert.equal(await field.inputValue(), page.url());
  assert.match(await page.evaluate(() => getSelection().toString()), /#1\./);
  await axe(page);
});

pageTest("a page that is loaded anew goes on where it was", async (page) => {
  await someRun(page);
  const before = await moment(page);
  await page.reload();
  await eventually(async () => assert.deepEqual(await moment(page), before));
  // A link that was in the address does not take one back.
  await fromMenu(page, "Copy link");
  await button(page, "Step").click();
  const after = await moment(page);
  await page.reload();
  await eventually(async () => assert.deepEqual(await moment(page), after));
});

pageTest("what was done just before a long way is not lost when the page is left", async (page) => {
  await page.evaluate(() => {
    window.flotilla.load('title = "Long"\nuntil = "50m"');
    window.flotilla.run_until(1_000_000);
  });
  await button(page, "Pause").click();
  await written(page);
  await choose(page, "S1", "Crash");
  const { x, y, width, height } = await page.locator(".strip-track").boundingBox();
  await page.mouse.click(x + width * 0.9, y + height / 2);
  await page.getByRole("progressbar").waitFor();
  await page.reload();
  await page.getByRole("button", { name: /^S1, down/ }).waitFor();
});

pageTest("a run that comes back says so, and a new one is one press away", async (page) => {
  await newRun(page, 7);
  await choose(page, "S1", "Crash");
  await page.reload();
  const note = page.getByRole("status").filter({ hasText: "Your last run is back" });
  await note.waitFor();
  await axe(page);
  await note.getByRole("button", { name: "Start a new run" }).click();
  await button(page, "Pause").waitFor();
  await note.waitFor({ state: "detached" });
  const { seed, nodes } = await state(page);
  assert.equal(seed, 7);
  assert.deepEqual(nodes.filter(({ role }) => role === "down"), []);
  // It goes when time goes on.
  await page.reload();
  await note.waitFor();
  await button(page, "Play").click();
  await note.waitFor({ state: "detached" });
});

pageTest("each tab remembers its own run, and a new one begins with the last that was acted on", async (page) => {
  await leftWith(page, 7);
  const other = await tab(page, page.url(), 7);
  await leftWith(other, 8);
  await page.reload();
  await hasSeed(page, 7);
  // Being looked at is no reason to be the last one.
  await written(page);
  await tab(page, page.url(), 8);
});

pageTest("somebody's link takes the place of one's own run only when one acts on it", async (page) => {
  const own = page.url();
  await leftWith(page, 7);
  const link = await linkOf(page, 5);
  const other = await tab(page, link, 5);
  await written(other);
  await other.reload();
  await hasSeed(other, 5);
  await written(other);
  await tab(page, own, 7);
  await choose(other, "S2", "Crash");
  await written(other);
  await tab(page, own, 5);
});

pageTest("a damaged link leaves what is remembered as it is", async (page) => {
  const own = page.url();
  await leftWith(page, 7);
  const other = await tab(page, `${own}#1.damaged`, 1);
  await reads(alert(other), /The link was not opened/);
  await written(other);
  await tab(page, own, 7);
});

pageTest("a page within a page begins with a run of its own, and remembers none", async (page) => {
  await leftWith(page, 7);
  await page.evaluate(() => {
    const frame = document.createElement("iframe");
    frame.src = location.href;
    frame.title = "Another one";
    document.body.append(frame);
  });
  const inner = await (await page.waitForSelector("iframe")).contentFrame();
  await inner.getByRole("region", { name: "Cluster" }).waitFor();
  await hasSeed(inner, 1);
  await inner.waitForTimeout(2_500);
  await page.reload();
  await hasSeed(page, 7);
  await tab(page, page.url(), 7);
});

pageTest("a run that has become too long to be remembered is forgotten, not an older one kept", async (page) => {
  await leftWith(page, 7);
  const noise = () => Math.random().toString(36).slice(2);
  const steps = Array.from({ length: 900 }, (_, place) =>
    `\n[[step]]\nat = "${place + 1}ms"\nput = { key = "${noise()}", value = "${noise()}${noise()}" }\n`,
  );
  await dropFile(page, "long.toml", `title = "Long"\nseed = 9\nuntil = "3s"\n${steps.join("")}`);
  await reads(alert(page), /no longer remember/);
  await axe(page);
  await page.reload();
  await hasSeed(page, 1);
  await tab(page, page.url(), 1);
});

pageTest("a run for which the browser has no room is forgotten, not an older one kept", async (page) => {
  await leftWith(page, 7);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await choose(page, "S2", "Crash");
  await reads(alert(page), /no longer remember/);
  await page.reload();
  await hasSeed(page, 1);
});

pageTest("a page that can remember nothing works", async (page) => {
  const script = () => {
    for (const storage of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, storage, {
        get: () => { throw new DOMException("forbidden", "SecurityError"); },
      });
    }
  };
  await page.addInitScript(script);
  await page.reload();
  await hurry(page);
  await newLeader(page);
  await page.reload();
  await hurry(page);
  await newLeader(page);
});

pageTest("what was remembered and is damaged is dropped without a word", async (page) => {
  await page.addInitScript(() => {
    for (const storage of [localStorage, sessionStorage]) storage.setItem("flotilla-run", "1.damaged");
  });
  await page.reload();
  await hurry(page);
  await newLeader(page);
  assert.equal(await alert(page).count(), 0);
});

pageTest("events are exported with a line each, and a long export can be stopped", async (page) => {
  await page.evaluate(() => window.flotilla.run_until(3e6));
  await button(page, "Pause").click();
  const { events } = await state(page);
  const { name, text } = await download(page, "Export events (JSON lines)");
  assert.equal(name, "flotilla-seed1.jsonl");
  const lines = text.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert(lines.length >= events - 1, `${lines.length} lines of ${events} events`);
  const shiviz = await download(page, "Export for ShiViz");
  assert.match(shiviz.text, /S1/);
  await page.evaluate(() => window.flotilla.run_until(3e9));
  await fromMenu(page, "Export events (JSON lines)");
  await page.getByRole("progressbar").waitFor();
  await axe(page);
  await button(page, "Stop").first().click();
  await page.getByRole("progressbar").waitFor({ state: "detached" });
});

pageTest("an export goes on while the tab is hidden", async (page) => {
  await button(page, "Pause").click();
  await page.evaluate(() => window.flotilla.run_until(60e6));
  await page.evaluate(() => {
    window.requestAnimationFrame = () => 0;
    Object.defineProperty(document, "hidden", { get: () => true });
  });
  const { name, text } = await download(page, "Export events (JSON lines)");
  assert.equal(name, "flotilla-seed1.jsonl");
  assert(text.endsWith("}\n"));
});

pageTest("what is saved can still be read when the browser is slow to", async (page) => {
  await page.evaluate(() => {
    window.revoked = 0;
    const revoke = URL.revokeObjectURL;
    URL.revokeObjectURL = (url) => {
      window.revoked += 1;
      revoke.call(URL, url);
    };
  });
  await download(page, "Save as a scenario");
  await page.waitForTimeout(1_000);
  assert.equal(await page.evaluate(() => window.revoked), 0);
});

pageTest("an export goes on whatever else there is to say, and one at a time", async (page) => {
  await button(page, "Pause").click();
  await page.evaluate(() => window.flotilla.run_until(2400e6));
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    (async () => {
      await fromMenu(page, "Export events (JSON lines)");
      await page.getByRole("progressbar").waitFor();
      await button(page, "Run").click();
      const another = page.getByRole("menuitem", { name: "Export for ShiViz" });
      assert.equal(await another.getAttribute("aria-disabled"), "true");
      await page.keyboard.press("Escape");
      await fromMenu(page, "Copy link");
      await page.getByText(/Link copied|Copy the link/).waitFor();
      // Another run is no reason to give up, either.
      await newRun(page, 7);
      assert.equal(await page.getByRole("progressbar").count(), 1);
      await axe(page);
    })(),
  ]);
  assert.equal(file.suggestedFilename(), "flotilla-seed1.jsonl");
});

pageTest("a file of any kind can be chosen, on a phone too, where no type is known of it", async (page) => {
  await button(page, "Run").click();
  assert.equal(await page.locator("input[type=file]").getAttribute("accept"), null);
});

pageTest("no link does harm, whoever made it", async (page) => {
  const corpus = new URL("../hostile_links/corpus.txt", import.meta.url);
  const links = (await readFile(corpus, "utf8")).split("\n");
  assert(links.length > 100);
  for (const link of links) {
    const millis = await page.evaluate(async (link) => {
      const frame = () => new Promise((then) => requestAnimationFrame(then));
      const begun = performance.now();
      location.hash = link;
      // The event, what comes of it, and a few frames of that.
      for (let i = 0; i < 4; i += 1) await frame();
      return (performance.now() - begun) / 4;
    }, link);
    assert(millis < PATIENCE_MS, `${millis} ms: ${link.slice(0, 200)}`);
  }
  assert.equal(await page.locator("script:not(head script, body > script), iframe, object").count(), 0);
  await page.evaluate(() => { location.hash = "1.AAAA"; });
  await reads(alert(page), /The link was not opened/);
  await axe(page);
  await dropFile(page, "own.toml", SCENARIO);
  await page.getByText("Opened: A leader crashes").waitFor();
  await page.evaluate(() => window.flotilla.run_until(2e6));
  const { seed, violations } = await state(page);
  assert.deepEqual({ seed, violations }, { seed: 9, violations: [] });
}, { onlyChromium: "it takes long, and what reads links is the same code in both" });

for (const language of ["en", "es", "pt"]) {
  pageTest(
    `the header is one row on a phone (${language})`,
    async (page) => {
      await page.getByLabel("Language").selectOption(language);
      const height = await page.locator("header.page-head").evaluate((head) => head.clientHeight);
      assert(height < 60, `${height} px`);
    },
    { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  );
}
