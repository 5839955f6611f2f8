// How every view looks, against pictures that somebody has approved. `cargo xtask approve` takes them
// anew; then look at them. Where one differs, the picture taken and one of what differs are left in
// target/look.

import assert from "node:assert/strict";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pageTest } from "./harness.mjs";
import { decode, difference, encode } from "./images.mjs";
import { ROOT } from "./site.mjs";
import { button, fromMenu, node, region } from "./user.mjs";

const APPROVED = path.join(ROOT, "tests/e2e/approved");
const LEFT = path.join(ROOT, "target/look");
const APPROVE = process.env.APPROVE === "1";

/** How far a pixel may be from the approved one, of 1, and how many may be farther. The fonts are the
 * page's own, and how letters are drawn is told to Chromium: with each of hinting, LCD smoothing, the colour
 * profile and the processor's own code for pixels set otherwise, as on another machine, no pixel differed.
 * A leader without its star differs by 87, a role in another weight by 99, a name one pixel aside by 211. */
const THRESHOLD = 0.05;
const DIFFER_MAX = 40;

/** Everything there is to see of a cluster: two terms, a log in conflict, a node that is down, a network
 * that is cut, an operation that waits, messages on their way. */
const RUN = `
title = "Something of everything"
seed = 7
until = "10s"
[[step]]
at = "1s"
put = { key = "x", value = "1" }
[[step]]
at = "1200ms"
put = { key = "y", value = "2" }
[[step]]
at = "1400ms"
crash = "leader"
[[step]]
at = "2s"
put = { key = "x", value = "3" }
[[step]]
at = "2400ms"
isolate = "leader"
[[step]]
at = "2500ms"
put = { key = "z", value = "4" }
`;
const MOMENT_US = 2_820_000;

/** Each view, and how it is come to from the stage. */
const VIEWS = {
  "first-visit": async () => {},
  stage: dismiss,
  settings: (page) => button(page, "Settings").click(),
  "menu-of-a-node": async (page) => {
    await node(page, "S2").focus();
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menu").waitFor();
  },
  "menu-of-the-run": async (page) => {
    await button(page, "Run").click();
    await page.getByRole("menu").waitFor();
  },
  keys: help("Keys"),
  legend: help("Legend"),
  glossary: help("Glossary"),
  tour: async (page) => {
    await button(page, "Take the tour").click();
    await page.getByText("Step 1 of 6").waitFor();
  },
  projector: async (page) => {
    await dismiss(page);
    await button(page, "Projector: large type, high contrast").click();
  },
  editor: (page) => fromMenu(page, "Edit the scenario"),
  comparison: async (page) => {
    await dismiss(page);
    await page.evaluate(() => window.flotilla.seek(1_300_000));
    await node(page, "S1").focus();
    await page.keyboard.press("Enter");
    await page.evaluate((moment) => window.flotilla.run_until(moment), MOMENT_US);
    const more = button(page, "More controls");
    if (await more.isVisible()) await more.click();
    await button(page, "Branches (2)").click();
    await button(page, "Compare with original run").click();
    await region(page, "Comparison").scrollIntoViewIfNeeded();
  },
  "space-time": async (page) => {
    await dismiss(page);
    await button(page, "Space-time").click();
    await page.getByRole("application", { name: "Space-time diagram" }).waitFor();
  },
  // With an entry that is selected: why it is not committed, and every field of it.
  inspector: async (page) => {
    await tab("Inspector")(page);
    await page.getByRole("tab", { name: /^(Overview|Logs)$/ }).click();
    await page.locator('[data-entry="2-5"]').click();
    await page.getByRole("tab", { name: "Inspector", exact: true }).click();
  },
  "figure-2": tab("Figure 2"),
  metrics: tab("Metrics"),
  history: tab("History"),
  network: tab("Network"),
};

/** What is not there at every size. */
const ONLY_AT = { projector: ["wide", "desk"] };

/** Each size, each in one of the themes. */
const SIZES = {
  wide: { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  desk: { viewport: { width: 1024, height: 768 }, colorScheme: "dark" },
  tablet: { viewport: { width: 768, height: 1024 }, colorScheme: "light", hasTouch: true },
  phone: { viewport: { width: 360, height: 740 }, colorScheme: "dark", hasTouch: true, isMobile: true },
};

/** Without the offer to who is here for the first time. */
async function dismiss(page) {
  await button(page, "No, thanks").click();
}

/** The tab of that name. */
function tab(name) {
  return async (page) => {
    await dismiss(page);
    await page.getByRole("tab", { name, exact: true }).click();
    await page.getByRole("tabpanel", { name }).scrollIntoViewIfNeeded();
  };
}

/** The help, open at that tab. */
function help(name) {
  return async (page) => {
    await button(page, "Help").click();
    await page.getByRole("dialog", { name: "Help" }).getByRole("tab", { name }).click();
  };
}

/** The run at its moment. */
async function stand(page) {
  await page.evaluate(
    async ([run, moment]) => {
      window.flotilla.pause();
      window.flotilla.load(run);
      window.flotilla.pause();
      window.flotilla.run_until(moment);
      await document.fonts.ready;
    },
    [RUN, MOMENT_US],
  );
}

/** A picture of the page once nothing on it changes any more. */
async function photograph(page) {
  let last;
  for (let tries = 0; tries < 20; tries += 1) {
    const picture = await page.screenshot({ animations: "disabled" });
    if (last && picture.equals(last)) return decode(picture);
    last = picture;
    await sleep(200);
  }
  assert.fail("the page does not come to rest");
}

await rm(LEFT, { recursive: true, force: true });

for (const [view, show] of Object.entries(VIEWS)) {
  for (const [size, options] of Object.entries(SIZES)) {
    if (!(ONLY_AT[view] ?? Object.keys(SIZES)).includes(size)) continue;
    const name = `${view}-${size}`;
    pageTest(
      `${name} looks as approved`,
      async (page) => {
        await stand(page);
        await show(page);
        // With no more colours than the approved one has.
        const taken = encode(await photograph(page));
        const approved = path.join(APPROVED, `${name}.png`);
        if (APPROVE) return writeFile(approved, taken);
        const picture = await readFile(approved).catch(() => {});
        assert(picture, `nobody has approved a picture of ${name}: take it with cargo xtask approve`);
        await compare(name, taken, picture);
      },
      {
        ...options,
        reducedMotion: "reduce",
        onlyChromium: "no two browsers draw letters alike: the pictures are Chromium's",
      },
    );
  }
}

async function compare(name, taken, approved) {
  const [one, other] = [decode(taken), decode(approved)];
  const same = one.width === other.width && one.height === other.height;
  const { count, image } = same ? difference(one, other, THRESHOLD) : { count: Infinity };
  if (count <= DIFFER_MAX) return;
  await mkdir(LEFT, { recursive: true });
  await writeFile(path.join(LEFT, `${name}.png`), taken);
  if (image) await writeFile(path.join(LEFT, `${name}-differs.png`), image);
  assert.fail(`${count} pixels differ: see ${path.join(LEFT, name)}-differs.png, and ${name}.png beside it`);
}
