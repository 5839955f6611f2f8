// The inspector, the caption of the figure, and selecting what they are about.

import assert from "node:assert/strict";
import { axe, eventually, pageTest, state } from "./harness.mjs";
import { button, node, region } from "./user.mjs";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const SCREENS = {
  "a desk": [1440, 900],
  "a low window": [1280, 750],
  "a laptop": [1024, 768],
  "a tablet": [768, 1024],
  "a phone": [360, 740],
};
const DARK = { colorScheme: "dark" };

/** A cluster that stands, just before the votes of the first election arrive, or at another time. */
async function stands(page, at = 178_000) {
  await page.evaluate((at) => {
    window.flotilla.pause();
    window.flotilla.load('title = "T"\nseed = 1');
    window.flotilla.run_until(at);
  }, at);
}

const caption = (page) => page.getByRole("group", { name: "Why", exact: true });
const inspector = (page) => region(page, "Inspector");
const entry = (page, index, place = 0) =>
  page.getByRole("button", { name: new RegExp(`^index ${index}, term`) }).nth(place);

/** The event that the page is just after. */
const events = async (page) => (await state(page)).events;

pageTest("a message says in the caption what it is for, and leads to the event that sent it", async (page) => {
  await stands(page);
  assert.equal(await caption(page).count(), 0, "nothing is selected");
  await page.getByRole("tab", { name: "Network" }).click();
  await button(page, "RequestVoteReply").first().click();
  await caption(page).getByText(/gives S\d its vote of term 1; at 0\.\d+ s it reaches .* \(Figure 2, RequestVote RPC\)\./).waitFor();
  await button(page, "Inspect").click();
  assert.equal(await page.getByRole("tab", { name: "Inspector" }).getAttribute("aria-selected"), "true");
  await inspector(page).getByRole("heading", { name: /^RequestVoteReply, S\d to S\d$/ }).waitFor();
  await inspector(page).getByText("voteGranted").waitFor();
  const before = await events(page);
  await button(page, "Go there").click();
  await eventually(async () => assert((await events(page)) < before));
  await inspector(page).getByText("What it carries").waitFor();
  await axe(page);
});

pageTest("a message is not taken for the one of the same number in another branch", async (page) => {
  await stands(page);
  await page.getByRole("tab", { name: "Network" }).click();
  await button(page, "RequestVoteReply").first().click();
  await caption(page).waitFor();
  await page.evaluate(() => window.flotilla.seek(100_000));
  // A click on a node would select that.
  await button(page, "Write").click();
  await page.getByText("the old future is kept").waitFor();
  await eventually(async () => assert.equal(await caption(page).count(), 0));
});

pageTest("Escape in the caption takes it away, and not the focus with it", async (page) => {
  await stands(page);
  await page.getByRole("tab", { name: "Network" }).click();
  await button(page, "RequestVoteReply").first().click();
  await button(page, "Inspect").focus();
  await page.keyboard.press("Escape");
  await eventually(async () => assert.equal(await caption(page).count(), 0));
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY");
});

pageTest("a candidate tells of each vote, and what the last event changed", async (page) => {
  await stands(page);
  const { nodes } = await state(page);
  const { id } = nodes.find((node) => node.role === "candidate");
  await page.getByRole("tab", { name: "Network" }).click();
  await button(page, "RequestVoteReply").first().click();
  await button(page, "Inspect").click();
  await inspector(page).getByRole("button", { name: id, exact: true }).click();
  await inspector(page).getByRole("heading", { name: `Node ${id}` }).waitFor();
  await inspector(page).getByText(new RegExp(`^S\\d S\\d voted for ${id} in term 1`)).first().waitFor();
  // One event on, a vote has come.
  await page.keyboard.press(".");
  await inspector(page).getByRole("heading", { name: "What event 6 changed" }).waitFor();
  const row = inspector(page).getByRole("row", { name: /^votes / });
  assert.match(await row.textContent(), new RegExp(`^votes${id}`));
  await axe(page);
});

pageTest(
  "an entry tells its way to every node, and what it says can be copied",
  async (page) => {
    await stands(page, 405_000);
    await page.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", {
        value: { writeText: async (text) => void (window.copied = text) },
      });
    });
    await entry(page, 1).click();
    await caption(page).getByText(/^Entry 1 of S1 Committed: of term 1, .* \(§5\.3, §5\.4\.2\)\.$/).waitFor();
    await button(page, "Inspect").click();
    await inspector(page).getByText(/^Proposed by S3 at 0\.\d+ s\.$/).waitFor();
    await inspector(page).getByText(/^Committed at 0\.\d+ s, which S3 knew first\.$/).waitFor();
    const table = inspector(page).getByRole("table", { name: "Its way to every node" });
    await eventually(async () => {
      const times = await table.getByRole("cell").allTextContents();
      assert.equal(times.filter((text) => /^\d+\.\d+ s$/.test(text)).length, 20, times.join());
    });
    await button(page, "Copy as JSON").click();
    await inspector(page).getByText("Copied").waitFor();
    const { node, index, entry: found } = JSON.parse(await page.evaluate(() => window.copied));
    assert.deepEqual({ node, index, kind: found.kind }, { node: "S1", index: 1, kind: "no-op" });
    await axe(page);
  },
  DARK,
);

pageTest("with the keyboard alone one selects an entry and an operation, and ends it", async (page) => {
  await stands(page, 405_000);
  await button(page, "Write").focus();
  await page.keyboard.press("Enter");
  await page.evaluate(() => window.flotilla.run_until(470_000));
  await eventually(async () => assert.equal(await entry(page, 2).count(), 1));
  assert.equal(await page.locator(".logs [tabindex='0']").count(), 1);
  await page.locator(".logs [tabindex='0']").focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await caption(page).getByText("Entry 1 of S2").waitFor();
  assert.equal(await entry(page, 1, 1).getAttribute("aria-pressed"), "true");
  await page.keyboard.press("Escape");
  await eventually(async () => assert.equal(await caption(page).count(), 0));
  await button(page, "put x=1").focus();
  await page.keyboard.press("Enter");
  await caption(page).getByText(/^Operation 1 Done: S3 answered after .* \(§8\)\.$/).waitFor();
  await page.keyboard.press("Escape");
  await eventually(async () => assert.equal(await caption(page).count(), 0));
  await axe(page);
  await page.getByRole("tab", { name: "Overview" }).focus();
  await page.keyboard.press("ArrowRight");
  await inspector(page).getByText(/^Nothing is selected\. /).waitFor();
  await axe(page);
});

pageTest("of a message that has arrived one learns what it was, what led to it, and when it came", async (page) => {
  await stands(page);
  await page.getByRole("tab", { name: "Network" }).click();
  await button(page, "RequestVoteReply").first().click();
  await button(page, "Inspect").click();
  const heading = inspector(page).getByRole("heading", { name: /^RequestVoteReply, S\d to S\d$/ });
  await heading.waitFor();
  await page.evaluate(() => window.flotilla.run_until(405_000));
  await caption(page).getByText(/^RequestVoteReply, S\d to S\d It arrived at 0\.\d+ s\.$/).waitFor();
  await inspector(page).getByText("voteGranted").waitFor();
  await inspector(page).getByText("arrivedIn").waitFor();
  const copied = () =>
    inspector(page).locator(".fields > div").evaluateAll((rows) =>
      Object.fromEntries(rows.map((row) => [...row.children].map((cell) => cell.textContent))),
    );
  const { sent, arrived, sentBecauseOf } = await copied();
  assert(Number.parseFloat(sent) < Number.parseFloat(arrived), `${sent}, ${arrived}`);
  // What asked for it is found in the same way, however long ago it came.
  await page.evaluate(() => window.flotilla.run_until(3_000_000));
  await button(page, sentBecauseOf).click();
  await inspector(page).getByRole("heading", { name: /^RequestVote, S\d to S\d$/ }).waitFor();
  await inspector(page).getByText("election timer").waitFor();
  await caption(page).getByText(/^RequestVote, S\d to S\d It arrived at 0\.\d+ s\.$/).waitFor();
  await axe(page);
});

pageTest("an operation on its way is selected on the stage, and leads to its entry when it is done", async (page) => {
  await stands(page, 405_000);
  await button(page, "Write").click();
  const [client, proxy] = await page.locator(".stage-station").evaluateAll((all) =>
    all.map((station) => {
      const { left, top, width, height } = station.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    }),
  );
  let part = 0;
  await eventually(async () => {
    part = (part + 0.15) % 1;
    const at = (of) => client[of] + (proxy[of] - client[of]) * part;
    await page.mouse.click(at("x"), at("y"));
    assert((await caption(page).count()) > 0 && /^Operation 1/.test(await caption(page).innerText()));
  });
  await page.keyboard.press("Escape");
  await page.evaluate(() => window.flotilla.run_until(600_000));
  await button(page, "put x=1").click();
  await caption(page).getByText(/^Operation 1 Done/).waitFor();
  await button(page, "Inspect").click();
  await inspector(page).getByRole("button", { name: /^Entry 2 of S\d$/ }).click();
  await inspector(page).getByRole("heading", { name: /^Entry 2 of S\d$/ }).waitFor();
});

for (const [name, [width, height]] of Object.entries(SCREENS)) {
  pageTest(
    `what is selected has its sentence in two lines, and nothing moves: ${name}`,
    async (page) => {
      await stands(page, 405_000);
      const things = {
        node: node(page, "S1"),
        operations: page.locator(".operation-form").first(),
        faults: button(page, "Partition"),
      };
      const places = async () => {
        // Of the page, which somebody may have scrolled.
        const box = (thing) =>
          thing.evaluate((it) => {
            const { left, top, width, height } = it.getBoundingClientRect();
            // What is behind another tab is nowhere.
            return width && [left + scrollX, top + scrollY, width, height].map(Math.round);
          });
        const boxes = Object.entries(things).map(async ([name, thing]) => [name, await box(thing)]);
        return Object.fromEntries(await Promise.all(boxes));
      };
      // What has just come is still on its way to its place.
      const before = await eventually(async () => {
        const at = await places();
        await page.waitForTimeout(200);
        assert.deepEqual(await places(), at);
        return at;
      });
      await node(page, "S3").click();
      await caption(page).getByText("S3 is down; its disk has term 1").waitFor();
      assert.deepEqual(await places(), before);
      const lines = await caption(page).evaluate((said) => {
        const { height, bottom } = said.getBoundingClientRect();
        return { lines: height / parseFloat(getComputedStyle(said).lineHeight), bottom };
      });
      assert(lines.lines <= 2.01 && lines.bottom <= height, JSON.stringify(lines));
      await button(page, "End the selection").click();
      await eventually(async () => assert.equal(await caption(page).count(), 0));
      assert.deepEqual(await places(), before);
    },
    { viewport: { width, height } },
  );
}

pageTest("the sentence is in the language of the page", async (page) => {
  await stands(page, 405_000);
  await entry(page, 1).click();
  await caption(page).getByText(/^Entry 1 of S1 Committed/).waitFor();
  await page.getByRole("combobox", { name: "Language" }).selectOption("es");
  const said = page.getByRole("group", { name: "Por qué", exact: true });
  await said.getByText(/^Entrada 1 de S1 Confirmada: es del mandato 1, y el índice confirmado es 1; /).waitFor();
  await button(page, "Inspeccionar").click();
  await region(page, "Inspector").getByText(/^Propuesta por S3 a los 0\.\d+ s\.$/).waitFor();
});

pageTest(
  "on a phone a tap selects, and the inspector is a tab of the sheet",
  async (page) => {
    await stands(page, 405_000);
    await entry(page, 1).tap();
    await caption(page).getByText(/^Entry 1 of S1 Committed/).waitFor();
    const inspect = button(page, "Inspect");
    const { height } = await inspect.boundingBox();
    assert(height >= 44, `${height} pixels`);
    await inspect.tap();
    const link = inspector(page).getByRole("button", { name: "S2", exact: true });
    const box = await link.boundingBox();
    assert(box.width >= 44 && box.height >= 44, JSON.stringify(box));
    await link.tap();
    await inspector(page).getByRole("heading", { name: "Persistent state" }).waitFor();
    // What is newly selected is read from its top, where the focus is.
    await eventually(async () => {
      const focused = await page.evaluate(() => {
        const { className, scrollTop } = document.activeElement;
        return { className, scrollTop };
      });
      assert.deepEqual(focused, { className: "scroller inspector", scrollTop: 0 });
    });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    await page.getByRole("tab", { name: "Operations" }).tap();
    await button(page, "Write").tap();
    await button(page, "put x=1").waitFor();
    const row = await page.locator("tr[data-operation]").boundingBox();
    assert(row.height >= 44, JSON.stringify(row));
    await axe(page);
  },
  PHONE,
);
