// The picture of the stage, saved as a file and read by somebody else.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { pageTest } from "./harness.mjs";
import { button, newLeader, write } from "./user.mjs";

/** Saves the picture; gives the file's name and content. */
async function save(page, format) {
  const download = page.waitForEvent("download");
  await button(page, "Run").click();
  await page.getByRole("menuitem", { name: `Save picture as ${format}` }).click();
  const file = await download;
  return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
}

/** What is in a picture, as a program that knows nothing of the page reads it. */
function read(page, svg) {
  return page.evaluate((text) => {
    const { documentElement: picture } = new DOMParser().parseFromString(text, "image/svg+xml");
    const texts = (part) => [...part.querySelectorAll("text")].map((it) => it.textContent);
    const number = (name) => Number(picture.getAttribute(name));
    return {
      kind: picture.nodeName,
      title: picture.querySelector("title").textContent,
      width: number("width"),
      height: number("height"),
      nodes: [...picture.querySelectorAll(".node")].map((node) => texts(node)[0]),
      messages: picture.querySelectorAll(".message").length,
      chips: [...picture.querySelectorAll(".message")].flatMap(texts),
    };
  }, svg);
}

for (const colorScheme of ["light", "dark"]) {
  pageTest(
    `a picture of a ${colorScheme} page has every node and every message on its way`,
    async (page) => {
      await newLeader(page);
      await button(page, "Pause").click();
      await button(page, "Messages").click();
      await page.getByRole("menuitem").first().waitFor();
      const underWay = await page.getByRole("menuitem").count();
      await page.keyboard.press("Escape");

      // What is written is text wherever it is drawn.
      await write(page, '<i>&"', "1");

      const svg = await save(page, "SVG");
      assert.match(svg.name, /^flotilla-seed1-0\.\d{3}s\.svg$/);
      const text = svg.content.toString("utf8");
      const picture = await read(page, text);
      assert.equal(picture.kind, "svg");
      assert.match(picture.title, /^Flotilla · seed 1 · 0\.\d{6} s$/);
      assert.deepEqual(picture.nodes, ["S1", "S2", "S3", "S4", "S5"]);
      assert(underWay > 0);
      assert.equal(picture.messages, underWay + 1);
      assert(picture.chips.includes('put <i>&"=1'), picture.chips.join());
      // It needs nothing of the page, nor of anyone else.
      assert.doesNotMatch(text, /var\(|color\(|color-mix|<style|class="stage|href|url\(["']?[^#]/);
      const paper = colorScheme === "light" ? "#fbfaf7" : "#12161b";
      assert.match(text, new RegExp(`<rect [^>]*fill="${paper}"`));

      const png = await save(page, "PNG");
      assert.equal(png.name, svg.name.replace("svg", "png"));
      assert.equal(png.content.toString("latin1", 1, 4), "PNG");
      const size = [png.content.readUInt32BE(16), png.content.readUInt32BE(20)];
      assert.deepEqual(size, [2 * picture.width, 2 * picture.height]);
    },
    { colorScheme },
  );
}

pageTest("a bitmap that the browser does not draw is told of", async (page) => {
  const save = async () => {
    await button(page, "Run").click();
    await page.getByRole("menuitem", { name: "Save picture as PNG" }).click();
  };
  const told = page.getByRole("alert").getByText("could not draw the picture");
  await page.evaluate(() => {
    HTMLCanvasElement.prototype.toBlob = (done) => done(null);
  });
  await save();
  await told.waitFor();
  await button(page, "Dismiss").click();
  await told.waitFor({ state: "detached" });
  await page.evaluate(() => {
    const { set } = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src");
    Object.defineProperty(HTMLImageElement.prototype, "src", {
      set() { set.call(this, "data:image/svg+xml,nothing"); },
    });
  });
  await save();
  await told.waitFor();
});
