// What a user does and sees, by accessible names only.

import assert from "node:assert/strict";
import { eventually, state } from "./harness.mjs";

const TABS_MAX = 80;

/** The button that a node is. */
export function node(page, id) {
  return page.getByRole("button", { name: new RegExp(`^${id}, `) });
}

/** A part of the page. */
export function region(page, name) {
  return page.getByRole("region", { name, exact: true });
}

/** A button, by its whole name. */
export function button(page, name) {
  return page.getByRole("button", { name, exact: true });
}

/** Every node that leads, as its button says. */
async function leaders(page) {
  const buttons = page.getByRole("button", { name: /^S\d+, leader, term \d+$/ });
  return buttons.evaluateAll((all) =>
    all.map((button) => (button.ariaLabel ?? button.textContent).split(",")[0]),
  );
}

/** Waits until one node leads that is none of `except`, and gives its id. */
export function newLeader(page, except = []) {
  return eventually(async () => {
    const [id, ...others] = (await leaders(page)).filter((leader) => !except.includes(leader));
    assert(id && others.length === 0, "there is not one leader");
    return id;
  });
}

/** Waits until a node is what `role` says. */
export function becomes(page, id, role) {
  return page.getByRole("button", { name: new RegExp(`^${id}, ${role}, term \\d+$`) }).waitFor();
}

/** Waits until every node has applied the value to its state machine. */
export function everywhere(page, key, value) {
  return eventually(async () => {
    const { nodes } = await state(page);
    assert(nodes.length > 0);
    for (const { id, state } of nodes) assert.equal(state[key], value, `${key} on ${id}`);
  });
}

/** Waits until all logs are equal. */
export function logsAgree(page) {
  return eventually(async () => {
    const [first, ...others] = (await state(page)).nodes;
    for (const other of others) assert.deepEqual(other.log, first.log, `log of ${other.id}`);
  });
}

/** Waits until the text of a part of the page matches. */
export function reads(part, pattern) {
  return eventually(async () => assert.match(await part.innerText(), pattern));
}

/** Lets time run as fast as the slider goes. */
export function hurry(page) {
  return page.getByRole("slider", { name: "Speed" }).press("End");
}

/** Writes through the form, with the mouse. */
export async function write(page, key, value) {
  await page.getByRole("textbox", { name: "Key" }).fill(key);
  await page.getByRole("textbox", { name: "Value" }).fill(value);
  await button(page, "Write").click();
}

/** Whether the focus is on what the locator means. */
export function focused(locator) {
  return locator.evaluateAll((all) => all.includes(document.activeElement));
}

/** Presses `key` until the focus is on what the locator means. */
async function pressUntil(page, key, locator) {
  for (let pressed = 0; pressed < TABS_MAX; pressed += 1) {
    if (await focused(locator)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${key} does not lead to ${locator}`);
}

/** Moves the focus as the Tab key does, and back as it does with Shift: beyond the last thing on the page
 * is the browser's own bar. */
export async function tabTo(page, locator) {
  const back = await locator.evaluateAll(([target]) => {
    const { activeElement, body } = document;
    if (!target || activeElement === body) return false;
    return (target.compareDocumentPosition(activeElement) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  });
  await pressUntil(page, back ? "Shift+Tab" : "Tab", locator);
}

/** Opens the menu of a node and chooses, by keyboard. */
export async function chooseByKeyboard(page, id, item) {
  await tabTo(page, node(page, id));
  await page.keyboard.press("Shift+F10");
  const entry = page.getByRole("menuitem", { name: item, exact: true });
  await entry.waitFor();
  await pressUntil(page, "ArrowDown", entry);
  await page.keyboard.press("Enter");
}

/** Opens the menu of a node and chooses, with the mouse. */
export async function choose(page, id, item) {
  await node(page, id).click({ button: "right" });
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** Chooses from the menu of the run. */
export async function fromMenu(page, item) {
  await button(page, "Run").click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** Drops a file in the middle of the page, and others with it. */
export async function dropFile(page, name, text, ...others) {
  const transfer = await page.evaluateHandle(
    (files) => {
      const transfer = new DataTransfer();
      for (const [name, text] of files) transfer.items.add(new File([text], name));
      return transfer;
    },
    [[name, text], ...others],
  );
  await page.dispatchEvent("main", "dragenter", { dataTransfer: transfer });
  await page.getByText("Drop the file to open it").waitFor();
  await page.dispatchEvent("main", "drop", { dataTransfer: transfer });
}

/** A new run with that seed. */
export async function newRun(page, seed) {
  await page.getByRole("textbox", { name: "Seed" }).fill(`${seed}`);
  await button(page, "New run").click();
}
