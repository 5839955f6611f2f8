// The space-time diagram of a long run in the built page: how long the page's script takes in a frame
// while one zooms and moves in it. No test: `node spacetime.bench.mjs [EVENTS]` tells.

import { start } from "./site.mjs";

const EVENTS = Number(process.argv[2] ?? 1e6);
/** Five nodes, 50 writes a second. */
const SCENARIO = `title = "A long run"
until = "1440m"
[[step]]
load = { clients = 4, rate = 50, keys = 5, writes = 1.0, until = "1440m" }
`;
/** What is script, of what a trace tells. */
const SCRIPT = new Set([
  "EventDispatch",
  "FireAnimationFrame",
  "FunctionCall",
  "RunMicrotasks",
  "TimerFire",
]);

/** In the page: runs so far. */
async function run([scenario, events]) {
  const api = window.flotilla;
  const painted = () => new Promise((then) => requestAnimationFrame(() => setTimeout(then)));
  api.load(scenario);
  api.pause();
  let end = 0;
  while (api.state().events < events) {
    end += 10e6;
    api.run_until(end);
    await painted();
  }
  return end;
}

/** Milliseconds of script in each frame of a trace. */
function frames(trace) {
  const { traceEvents } = JSON.parse(trace);
  const begins = traceEvents.filter(({ name }) => name === "BeginMainThreadFrame");
  const { pid, tid } = begins[0];
  const mine = traceEvents.filter((one) => one.pid === pid && one.tid === tid);
  const script = mine.filter(({ name, ph }) => ph === "X" && SCRIPT.has(name));
  script.sort((one, other) => one.ts - other.ts);
  const times = begins.map(({ ts }) => ts).sort((one, other) => one - other);
  const taken = new Array(times.length).fill(0);
  let [frame, over] = [0, 0];
  for (const { ts, dur } of script) {
    // What is within another has been counted.
    if (ts < over) continue;
    over = ts + dur;
    while (frame + 1 < times.length && times[frame + 1] <= ts) frame += 1;
    taken[frame] += dur / 1000;
  }
  return taken;
}

const site = await start();
try {
  const { page } = await site.open();
  await page.waitForFunction(() => window.flotilla);
  const end = await page.evaluate(run, [SCENARIO, EVENTS]);
  await page.getByRole("button", { name: "Space-time" }).click();
  const area = page.getByRole("application", { name: "Space-time diagram" });
  await area.waitFor();
  await page.waitForTimeout(1000);
  const { x, y, width, height } = await area.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  const browser = page.context().browser();
  const turn = async (name, count, act) => {
    await browser.startTracing(page, {
      categories: ["devtools.timeline", "disabled-by-default-devtools.timeline.frame", "devtools.timeline.frame"],
    });
    for (let step = 0; step < count; step += 1) {
      await act(step);
      await page.waitForTimeout(16);
    }
    const taken = frames((await browser.stopTracing()).toString()).sort((one, other) => one - other);
    const at = (part) => taken[Math.min(taken.length - 1, Math.floor(taken.length * part))].toFixed(1);
    console.log(`${name}: ${taken.length} frames, script p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`);
  };
  console.log(`${EVENTS} events, ${end / 1e6} s`);
  await turn("moving", 150, () => page.mouse.wheel(-60, 0));
  await turn("pointing", 150, (step) => page.mouse.move(x + 60 + ((step * 7) % (width - 60)), y + 40 + ((step * 5) % (height - 60))));
  await turn("zooming out to the whole run", 120, () => page.mouse.wheel(0, 100));
  await turn("zooming in again, elsewhere", 120, () => page.mouse.wheel(0, -100));
  await turn("moving there", 150, () => page.mouse.wheel(60, 0));
  await page.evaluate(() => window.flotilla.play());
  await turn("playing", 150, () => {});
} finally {
  await site.close();
}
