// The page comes up, light enough, and can be used by everyone.

import assert from "node:assert/strict";
import { brotliCompressSync } from "node:zlib";
import { axe, eventually, pageTest } from "./harness.mjs";
import { hurry, newLeader, region } from "./user.mjs";

const TRANSFER_MAX_BYTES = 400_000;

pageTest("a cluster of five nodes is on the stage", async (page) => {
  const nodes = region(page, "Cluster").getByRole("button", {
    name: /^S\d, (follower|candidate|leader), term \d+$/,
  });
  await eventually(async () => assert.equal(await nodes.count(), 5));
});

pageTest("what the page transfers, compressed, is within its budget", async (page) => {
  const first = await page.context().browser().newContext();
  const visit = await first.newPage();
  const responses = [];
  visit.on("response", (response) => responses.push(response));
  await visit.goto(page.url(), { waitUntil: "networkidle" });
  const bodies = await Promise.all(responses.map((response) => response.body()));
  const bytes = bodies.reduce((sum, body) => sum + brotliCompressSync(body).length, 0);
  await first.close();
  assert(bytes > 0 && bytes < TRANSFER_MAX_BYTES, `${bytes} bytes`);
});

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
