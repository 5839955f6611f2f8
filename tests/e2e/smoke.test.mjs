// The page comes up, light enough, and can be used by everyone.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { axe, eventually, pageTest } from "./harness.mjs";
import { DIST } from "./site.mjs";
import { hurry, newLeader, region } from "./user.mjs";

// More than the 400 kB that it should be: no more may be added before that is so again.
const TRANSFER_MAX_BYTES = 413_000;

pageTest("a cluster of five nodes is on the stage", async (page) => {
  const nodes = region(page, "Cluster").getByRole("button", {
    name: /^S\d, (follower|candidate|leader), term \d+$/,
  });
  await eventually(async () => assert.equal(await nodes.count(), 5));
});

pageTest("what the page transfers, compressed, is within its budget", async (page) => {
  const first = await page.context().browser().newContext();
  const visit = await first.newPage();
  const asked = new Set();
  visit.on("response", (response) => asked.add(path.basename(new URL(response.url()).pathname)));
  await visit.goto(new URL("index.html", page.url()).href, { waitUntil: "networkidle" });
  await first.close();
  const files = await compressed();
  const [now, all] = [byKind(files.filter(({ name }) => asked.has(name))), byKind(files)];
  for (const kind of Object.keys(all)) {
    const [at, of] = [now, all].map((bytes) => ((bytes[kind] ?? 0) / 1000).toFixed(1).padStart(7));
    console.log(`${kind.padStart(6)}: ${at} kB at first, ${of} kB in all`);
  }
  assert.equal(files.filter(({ name }) => asked.has(name)).length, asked.size);
  assert(now.total < TRANSFER_MAX_BYTES, `${now.total} bytes`);
});

/** Every file that the page may ask for, with its length as hosts that compress well send it. */
async function compressed() {
  const names = (await readdir(DIST, { recursive: true })).filter((name) => /\.(?!txt)\w+$/.test(name));
  const bodies = await Promise.all(names.map((name) => readFile(path.join(DIST, name))));
  return names.map((name, place) => ({
    name: path.basename(name),
    kind: path.extname(name).slice(1),
    bytes: brotliCompressSync(bodies[place]).length,
  }));
}

/** How many bytes of each kind, and in all. */
function byKind(files) {
  const sums = {};
  for (const { kind, bytes } of files) sums[kind] = (sums[kind] ?? 0) + bytes;
  const total = Object.values(sums).reduce((sum, bytes) => sum + bytes, 0);
  return { ...sums, total };
}

for (const colorScheme of ["light", "dark"]) {
  pageTest(
    `axe-core finds nothing inaccessible in the ${colorScheme} theme`,
    async (page) => {
      await axe(page);
      await hurry(page);
      await newLeader(page);
      await axe(page);
    },
    { colorScheme },
  );
}

pageTest(
  "nothing is cut off at the side of a narrow screen",
  async (page) => {
    const { scroll, client } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      client: document.documentElement.clientWidth,
    }));
    assert(scroll <= client, `${scroll} px in ${client} px`);
  },
  { viewport: { width: 360, height: 740 } },
);
