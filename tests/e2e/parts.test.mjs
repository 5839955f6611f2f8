// What is not loaded with the page, but when it is wanted.

import assert from "node:assert/strict";
import { eventually, pageTest, state } from "./harness.mjs";
import { button } from "./user.mjs";

const PARTS = /\/(files|help|menus|reading|sheets|views)-[0-9a-f]+\.wasm$/;

/** The parts that a page asks for from now on, by name, as often as it does. */
function asked(page) {
  const names = [];
  page.on("request", (request) => {
    const part = PARTS.exec(request.url());
    if (part) names.push(part[1]);
  });
  return names;
}

/** Until it is called off, what comes for a part but menus is something else, as from a network that wants
 * a password first. */
async function withoutParts(page) {
  const parts = /\/(files|help|reading|sheets|views)-[0-9a-f]+\.wasm$/;
  const answer = (route) => route.fulfill({ status: 200, body: "<h1>Welcome</h1>" });
  await page.route(parts, answer);
  return () => page.unroute(parts, answer);
}

/** Gives the page a link of its own run, as somebody would by pasting it. */
async function paste(page, link) {
  await page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
}

pageTest("a part is asked for once, when it is wanted", async (page) => {
  const names = asked(page);
  for (let time = 0; time < 2; time += 1) {
    await button(page, "Help").click();
    await page.getByRole("dialog", { name: "Help" }).waitFor();
    await page.keyboard.press("Escape");
    assert.deepEqual(names, ["help"]);
  }
});

pageTest("what does not come can be asked for again", async (page) => {
  const again = await withoutParts(page);
  await button(page, "Help").click();
  await page.getByText("This could not be loaded.").waitFor();
  // Given up, it is asked for anew when it is wanted again.
  await button(page, "Dismiss").click();
  await page.getByText("This could not be loaded.").waitFor({ state: "detached" });
  await button(page, "Help").click();
  const retry = button(page, "Try again");
  await retry.focus();
  await page.keyboard.press("Enter");
  await eventually(async () => assert.notEqual(await retry.getAttribute("aria-disabled"), "true"));
  assert(await retry.evaluate((retry) => retry === document.activeElement));
  await again();
  await retry.click();
  await page.getByRole("dialog", { name: "Help" }).waitFor();
});

pageTest("an export whose part does not come says so, and the run goes on", async (page) => {
  const again = await withoutParts(page);
  const choose = async () => {
    await button(page, "Run").click();
    await page.getByRole("menuitem", { name: "Export events (JSON lines)" }).click();
  };
  await choose();
  await page.getByRole("alert").getByText("This could not be loaded.").waitFor();
  await again();
  const download = page.waitForEvent("download");
  await choose();
  await download;
});

pageTest("a scenario that is loaded by the page around it is there at once", async (page) => {
  const names = asked(page);
  const at = await page.evaluate(() => {
    window.flotilla.load('title = "A test"\nseed = 4');
    window.flotilla.run_until(2_000_000);
    return window.flotilla.state().seed;
  });
  assert.equal(at, 4);
  assert.deepEqual(names, ["reading"]);
});

pageTest("what a broken rule does wrong is asked for when somebody wants to read it", async (page) => {
  const names = asked(page);
  await page.evaluate(() => {
    window.flotilla.load('title = "A test"\n[raft]\nmutant = "forget-vote"');
  });
  const broken = page.getByText("Broken on purpose: forget-vote");
  await broken.waitFor();
  assert(!names.includes("sheets"));
  await broken.click();
  await page.getByText("does not remember whom it voted for").waitFor();
  assert(names.includes("sheets"));
});

pageTest("a link that cannot be read yet is opened when the page is loaded again", async (page) => {
  await button(page, "Pause").click();
  await page.evaluate(() => window.flotilla.seek(1_500_000));
  const { digest } = await state(page);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await button(page, "Run").click();
  await page.getByRole("menuitem", { name: "Copy link", exact: true }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const context = await page.context().browser().newContext();
  const other = await context.newPage();
  const again = await withoutParts(other);
  await other.goto(link);
  await other.getByText("Reload the page to try again.").waitFor();
  await again();
  await other.reload();
  await other.getByRole("region", { name: "Cluster" }).waitFor();
  assert.equal((await state(other)).digest, digest);
  await context.close();
});

pageTest("a link into a page that cannot read it yet is opened when the page is loaded again", async (page) => {
  await page.evaluate(() => {
    window.flotilla.load('title = "A test"\nseed = 4');
    window.flotilla.pause();
  });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await button(page, "Run").click();
  await page.getByRole("menuitem", { name: "Copy link", exact: true }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const context = await page.context().browser().newContext();
  const other = await context.newPage();
  await other.goto(new URL(link).href.split("#")[0]);
  await other.getByRole("region", { name: "Cluster" }).waitFor();
  const again = await withoutParts(other);
  await paste(other, link);
  await other.getByText("This could not be loaded.").waitFor();
  // The run that is there goes on, and is remembered.
  await other.waitForFunction(() => sessionStorage.getItem("flotilla-run"));
  await other.waitForTimeout(2_500);
  await again();
  await other.reload();
  await other.getByRole("region", { name: "Cluster" }).waitFor();
  assert.equal((await state(other)).seed, 4);
  await context.close();
});
