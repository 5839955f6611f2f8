// Photographs the page for the README: once as a whole, and the walk that the tour there begins with.

import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ROOT, start } from "./site.mjs";

const SCENARIO = `
title = "A leader, some writes"
seed = 1
until = "3s"
[[step]]
at = "1s"
put = { key = "x", value = "1" }
[[step]]
at = "1100ms"
put = { key = "y", value = "2" }
[[step]]
at = "1200ms"
put = { key = "x", value = "3" }
`;

// The last write is on its way from the leader to the others.
const MOMENT_US = 1_212_000;
// What settles after a change takes 160 ms.
const SETTLED_MS = 500;

const button = (page, name) => page.getByRole("button", { name, exact: true });
const node = (page, id) => page.getByRole("button", { name: new RegExp(`^${id}, `) });

const { open, close } = await start();

async function photograph(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.mouse.move(0, 0);
  await sleep(SETTLED_MS);
  await page.screenshot({ path: path.join(ROOT, `docs/${name}.png`) });
}

async function whole() {
  const { page } = await open({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
  await page.getByRole("region", { name: "Cluster" }).waitFor();
  await button(page, "No, thanks").click();
  await page.evaluate(
    async ([scenario, moment]) => {
      window.flotilla.pause();
      await window.flotilla.load(scenario);
      window.flotilla.pause();
      await window.flotilla.run_until(moment);
    },
    [SCENARIO, MOMENT_US],
  );
  await photograph(page, "screenshot");
}

/** From the empty page to a write that survived its leader. Time stands where it is photographed. */
async function walk() {
  const { page } = await open({ viewport: { width: 1200, height: 750 }, colorScheme: "light" });
  await page.getByRole("region", { name: "Cluster" }).waitFor();
  const at = (us) => page.evaluate((us) => window.flotilla.seek(us), us);
  await page.evaluate(() => window.flotilla.pause());
  await photograph(page, "walk-1-open");
  await at(165_000);
  await photograph(page, "walk-2-votes");
  await at(400_000);
  await page.getByLabel("Value").fill("hello");
  await button(page, "Write").click();
  await at(418_000);
  await photograph(page, "walk-3-write");
  await at(470_000);
  await photograph(page, "walk-4-committed");
  await node(page, "S3").click();
  await photograph(page, "walk-5-crash");
  await at(900_000);
  await node(page, "S3").click();
  await at(1_100_000);
  await photograph(page, "walk-6-survived");
}

await whole();
await walk();
await close();
