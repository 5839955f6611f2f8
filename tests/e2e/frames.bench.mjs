// What a frame costs the page's main thread, in Chromium without a GPU, by trace. No test:
// `node frames.bench.mjs [SECONDS]` tells.

import { start } from "./site.mjs";

const SECONDS = Number(process.argv[2] ?? 10);

/** What runs the page's program: of these the outermost count. */
const SCRIPT = new Set([
  "EvaluateScript",
  "EventDispatch",
  "FireAnimationFrame",
  "FireIdleCallback",
  "FunctionCall",
  "RunMicrotasks",
  "TimerFire",
  "v8.callFunction",
]);
const TASK = new Set(["RunTask", "ThreadControllerImpl::RunTask"]);

/** Nine nodes, each log of 10,000 entries, some 300 messages on their way at any moment. */
const CROWD = `
title = "A crowd"
until = "1440m"
nodes = 9
[network]
latency = "200ms"
[raft]
election_timeout = "1500ms..3000ms"
heartbeat = "500ms"
max_inflight = 64
[[step]]
load = { clients = 50, rate = 80, keys = 5, writes = 1.0, until = "1440m" }
`;
const ENTRIES = 10_000;

/** In the page: runs until the logs are that long, and goes on from there. */
async function fill([scenario, entries]) {
  const api = window.flotilla;
  api.load(scenario);
  api.pause();
  for (let end = 0; Math.max(...api.state().nodes.map(({ log }) => log.length)) < entries; ) {
    end += 5e6;
    api.run_until(end);
    await new Promise((then) => setTimeout(then));
  }
  api.play();
}

/** The events of the main thread of the page that was traced, in order. */
function mainThread(trace) {
  const { traceEvents } = JSON.parse(trace);
  const frames = new Map();
  for (const { name, pid, tid } of traceEvents) {
    if (name !== "FireAnimationFrame") continue;
    const thread = `${pid} ${tid}`;
    frames.set(thread, (frames.get(thread) ?? 0) + 1);
  }
  const [[thread]] = [...frames].sort((one, other) => other[1] - one[1]);
  return traceEvents
    .filter(({ ph, pid, tid }) => ph === "X" && `${pid} ${tid}` === thread)
    .sort((one, other) => one.ts - other.ts || other.dur - one.dur);
}

/** Of each frame how long its script took and all that the main thread did, in milliseconds of the
 * processor, which others may be using as well. A frame is from a task that fires its animation frame to the
 * next such task. */
function frames(events) {
  const found = [];
  let [task, script] = [{ end: 0 }, 0];
  for (const { name, ts, dur = 0, tdur = dur } of events) {
    if (TASK.has(name)) {
      if (ts < task.end) continue;
      task = { end: ts + dur, tdur, counted: false };
      const frame = found.at(-1);
      if (frame) frame.whole += tdur;
    }
    if (!SCRIPT.has(name)) continue;
    if (name === "FireAnimationFrame" && !task.counted) {
      // What the task had done before belongs to this frame, too.
      task.counted = true;
      const before = found.at(-1);
      if (before) before.whole -= task.tdur;
      found.push({ script: 0, whole: task.tdur });
    }
    if (ts < script) continue;
    script = ts + dur;
    const frame = found.at(-1);
    if (frame) frame.script += tdur;
  }
  // The first and the last are not whole.
  return found.slice(1, -1).map(({ script, whole }) => ({ script: script / 1000, whole: whole / 1000 }));
}

function quantiles(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  return [0.5, 0.95, 0.99].map((part) => at(part).toFixed(2).padStart(6)).join(" ");
}

async function measure(browser, page, what) {
  // What opening it did is over by then.
  await page.waitForTimeout(1000);
  await browser.startTracing(page, { categories: ["devtools.timeline", "toplevel"] });
  await page.waitForTimeout(SECONDS * 1000);
  const costs = frames(mainThread((await browser.stopTracing()).toString()));
  const [script, whole] = ["script", "whole"].map((kind) => quantiles(costs.map((cost) => cost[kind])));
  console.log(`${what.padEnd(36)} ${`${costs.length}`.padStart(6)}   ${script}   ${whole}`);
}

const site = await start();
try {
  console.log(`${"ms of the main thread a frame".padEnd(36)} frames   script: p50, p95, p99    whole: p50, p95, p99`);
  const idle = await site.open({ viewport: { width: 1440, height: 900 } });
  await idle.page.getByRole("region", { name: "Cluster" }).waitFor();
  const browser = idle.page.context().browser();
  await measure(browser, idle.page, "5 nodes, idle");
  await idle.close();

  const { page } = await site.open({ viewport: { width: 1920, height: 1200 } });
  await page.getByRole("region", { name: "Cluster" }).waitFor();
  await page.evaluate(fill, [CROWD, ENTRIES]);
  // With the caption of what is selected, too.
  await page.locator("[data-entry]").first().click();
  const tabs = await page.getByRole("tab").allInnerTexts();
  for (const tab of tabs) {
    await page.getByRole("tab", { name: tab, exact: true }).click();
    await measure(browser, page, `9 nodes, crowded, ${tab}`);
  }
  await page.getByRole("tab", { name: "Overview" }).click();
  await page.getByRole("button", { name: "Space-time", exact: true }).click();
  await measure(browser, page, "9 nodes, crowded, space-time");
} finally {
  await site.close();
}
