// A mistake in the program must not leave a dead page: a notice says what happened and offers a way on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "./site.mjs";

test("a panic shows a notice that says what happened and offers a new run", async () => {
  const site = await start();
  try {
    const { page, close } = await site.open();
    await page.getByRole("region", { name: "Cluster" }).waitFor();
    // The panic also ends the call itself, which is of no interest here.
    await page.evaluate(() => window.flotilla.panic()).catch(() => {});
    const notice = page.getByRole("alert").filter({ hasText: "fire drill" });
    await notice.waitFor();
    await Promise.all([
      page.waitForEvent("load"),
      notice.getByRole("button", { name: "new run" }).click(),
    ]);
    await page.getByRole("button", { name: /^S1, (follower|candidate|leader), term \d+$/ }).waitFor();
    assert.equal(await page.getByRole("alert").filter({ hasText: "fire drill" }).count(), 0);
    await close();
  } finally {
    await site.close();
  }
});
