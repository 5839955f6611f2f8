// Photographs the page for the README: a leader, some writes, and messages in flight.

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

const { open, close } = await start();
const { page } = await open({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
await page.getByRole("region", { name: "Cluster" }).waitFor();
await page.evaluate(
  async ([scenario, moment]) => {
    window.flotilla.pause();
    await window.flotilla.load(scenario);
    window.flotilla.pause();
    await window.flotilla.run_until(moment);
    await document.fonts.ready;
  },
  [SCENARIO, MOMENT_US],
);
// What settles after a change takes 160 ms.
await sleep(500);
await page.screenshot({ path: path.join(ROOT, "docs/screenshot.png") });
await close();
