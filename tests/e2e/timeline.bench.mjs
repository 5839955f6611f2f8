// Going through the time of a long run in the built page: how long it takes to get to any moment, and
// what the run and its history take of the memory. No test: `node timeline.bench.mjs [EVENTS]` tells.

import { start } from "./site.mjs";

const EVENTS = Number(process.argv[2] ?? 1e6);
const SEEKS = 1000;
/** Five nodes, 50 writes a second. */
const SCENARIO = `title = "A long run"
until = "1440m"
[[step]]
load = { clients = 4, rate = 50, keys = 5, writes = 1.0, until = "1440m" }
`;

/** Keeps the page's WebAssembly memory where it can be asked. */
function keepMemory() {
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      const exported = Object.values((made.instance ?? made).exports);
      // The parts of the page have none: they work in that of the main module.
      window.memory ??= exported.find((one) => one instanceof WebAssembly.Memory);
      return made;
    };
  }
}

/** In the page: runs so far, then goes to moments at random. */
async function measure([scenario, events, seeks]) {
  const api = window.flotilla;
  const painted = () => new Promise((then) => requestAnimationFrame(() => setTimeout(then)));
  api.pause();
  await painted();
  const empty = window.memory.buffer.byteLength;
  api.load(scenario);
  api.pause();
  let [end, took] = [0, 0];
  while (api.state().events < events) {
    end += 10e6;
    const begin = performance.now();
    api.run_until(end);
    took += performance.now() - begin;
    await painted();
  }
  const done = api.state().events;
  const bytes = window.memory.buffer.byteLength;
  // The same moments each time: Marsaglia's xorshift.
  let random = 1;
  const next = () => {
    random ^= random << 13;
    random ^= random >>> 17;
    random ^= random << 5;
    return (random >>> 0) / 2 ** 32;
  };
  const times = [];
  for (let count = 0; count < seeks; count += 1) {
    const at = Math.floor(next() * end);
    const begin = performance.now();
    api.seek(at);
    times.push(performance.now() - begin);
    if (api.state().simulated_us !== at) throw new Error(`not at ${at}`);
    if (count % 20 === 0) await painted();
  }
  times.sort((one, other) => one - other);
  const after = window.memory.buffer.byteLength;
  return { events: done, seconds: end / 1e6, took, empty, bytes, after, times };
}

const site = await start();
try {
  const { page } = await site.open({}, keepMemory);
  await page.waitForFunction(() => window.flotilla && window.memory);
  const told = await page.evaluate(measure, [SCENARIO, EVENTS, SEEKS]);
  const { events, times } = told;
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(1);
  const mebi = (bytes) => (bytes / 2 ** 20).toFixed(1);
  console.log(`${events} events, ${told.seconds} s: ${Math.round((events / told.took) * 1000)} events a second`);
  console.log(`wasm memory: ${mebi(told.empty)} MiB before, ${mebi(told.bytes)} MiB after, ${mebi(told.after)} MiB after all seeks;`);
  console.log(`${((told.after - told.empty) / events).toFixed(1)} bytes an event in all`);
  console.log(`${times.length} seeks to random moments: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`);
} finally {
  await site.close();
}
