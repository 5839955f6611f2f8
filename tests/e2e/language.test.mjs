// The page in each of its languages, whose texts come when they are wanted.

import assert from "node:assert/strict";
import { axe, eventually, pageTest } from "./harness.mjs";
import { button, region } from "./user.mjs";

const PARTS = /\/([a-z]+)-[0-9a-f]+\.wasm$/;

/** The parts that a page asks for from now on, by name, as often as it does. */
function asked(page) {
  const names = [];
  page.on("request", (request) => {
    const part = PARTS.exec(new URL(request.url()).pathname);
    if (part) names.push(part[1]);
  });
  return names;
}

/** Until it is called off, what comes for the texts of a language is something else. */
async function without(page, texts) {
  const part = new RegExp(`/${texts}-[0-9a-f]+\\.wasm$`);
  const answer = (route) => route.fulfill({ status: 200, body: "<h1>Welcome</h1>" });
  await page.route(part, answer);
  return () => page.unroute(part, answer);
}

const lang = (page) => page.evaluate(() => document.documentElement.lang);

/** The same page in another browser, which asks for it in a language; and what it asks for. */
async function openedIn(locale, page, before = async () => {}) {
  const context = await page.context().browser().newContext({ locale });
  const other = await context.newPage();
  const names = asked(other);
  const problems = [];
  other.on("console", (message) => problems.push(message.text()));
  // Whether it was ever in English.
  await other.addInitScript(() => {
    new MutationObserver(() => {
      window.wasEnglish ||= document.body?.textContent.includes("Skip to the cluster") ?? false;
    }).observe(document, { childList: true, subtree: true });
  });
  await before(other);
  await other.goto(page.url().split("#")[0]);
  return { other, names, problems, close: () => context.close() };
}

pageTest("a page is in the browser's language at once, and asks for no other texts", async (page) => {
  const { other, names, problems, close } = await openedIn("es-ES", page);
  await region(other, "Clúster").waitFor();
  await button(other, "Avanzar hasta…").waitFor();
  assert.equal(await lang(other), "es");
  assert.deepEqual(names, ["spanish"]);
  assert.equal(await other.evaluate(() => window.wasEnglish), false);
  await axe(other);

  const languages = other.getByRole("combobox", { name: "Idioma" });
  assert.equal(await languages.inputValue(), "es");
  await languages.selectOption("Português");
  await button(other, "Avançar até…").waitFor();
  await region(other, "Operações").waitFor();
  assert.equal(await lang(other), "pt");
  assert.equal(await languages.inputValue(), "pt");
  assert.deepEqual(names, ["spanish", "portuguese"]);

  // What was chosen is remembered, and what opens is in it too.
  names.length = 0;
  await other.reload();
  await button(other, "Avançar até…").waitFor();
  assert.equal(await other.evaluate(() => window.wasEnglish), false);
  assert.deepEqual(names, ["portuguese"]);
  await button(other, "Enlaces").click();
  await other.getByRole("menuitem", { name: "Enlace S1 – S2" }).click();
  await other.getByRole("menuitem", { name: "Cortar nos dois sentidos" }).click();
  assert.deepEqual(problems, []);
  await close();
});

pageTest("a language whose texts do not come leaves the page as it was, and is told", async (page) => {
  const names = asked(page);
  const again = await without(page, "spanish");
  const languages = page.getByRole("combobox", { name: "Language" });
  await languages.selectOption("Español");
  const told = page.getByRole("alert").filter({ hasText: "This could not be loaded." });
  await told.getByText("Español").waitFor();
  assert.equal(await lang(page), "en");
  assert.equal(await languages.inputValue(), "en");
  await axe(page);
  await told.getByRole("button", { name: "Dismiss" }).click();
  await told.waitFor({ state: "detached" });

  await languages.selectOption("Español");
  await told.waitFor();
  await again();
  await told.getByRole("button", { name: "Try again" }).click();
  await region(page, "Clúster").waitFor();
  assert.equal(await page.getByRole("combobox", { name: "Idioma" }).inputValue(), "es");
  assert.equal(names.filter((name) => name === "spanish").length, 3);
});

pageTest("the language that was chosen last is the one that the page is in", async (page) => {
  let come;
  const held = new Promise((resolve) => (come = resolve));
  await page.route(/\/spanish-[0-9a-f]+\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  const languages = page.getByRole("combobox", { name: "Language" });
  await languages.selectOption("Español");
  await languages.selectOption("English");
  const came = page.waitForResponse(/\/spanish-/);
  come();
  await came;
  await page.waitForTimeout(500);
  assert.equal(await lang(page), "en");
  await eventually(async () => assert.equal(await languages.inputValue(), "en"));
});

pageTest("a page whose texts do not come at first is in English", async (page) => {
  const { other, close } = await openedIn("es-ES", page, (other) => without(other, "spanish"));
  await region(other, "Cluster").waitFor();
  assert.equal(await lang(other), "en");
  await close();
});
