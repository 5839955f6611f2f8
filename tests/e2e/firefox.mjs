// Firefox as it is, driven by WebDriver BiDi: Playwright's own protocol needs a build of its own. What
// this Playwright asks for that an installed Firefox has no word for yet is done here.

import { firefox } from "playwright-core";

/** Preferences that stand for what Chromium is told about each page. */
const DARK = { "layout.css.prefers-color-scheme.content-override": 0 };
const LIGHT = { "layout.css.prefers-color-scheme.content-override": 1 };
const STILL = { "ui.prefersReducedMotion": 1 };
const pointer = (capabilities) => ({
  "ui.primaryPointerCapabilities": capabilities,
  "ui.allPointerCapabilities": capabilities,
});
/** The clipboard may be read, as Chromium is asked to let a page. */
const CLIPBOARD = { "dom.events.testing.asyncClipboard": true };
/** Fine, and it can hover. */
const MOUSE = pointer(2 + 4);
/** Coarse; with scroll bars that take no room. */
const TOUCH = { ...pointer(1), "dom.w3c_touch_events.enabled": 1, "ui.useOverlayScrollbars": 1 };

/** The questions Firefox has no word for: what they are about are preferences of the browser, above. */
const UNKNOWN = {
  "emulation.setMediaFeaturesOverride": () => true,
  "permissions.setPermission": ({ descriptor }) => descriptor.name.startsWith("clipboard-"),
};

/** A browser that opens contexts like Chromium's: one Firefox for each kind of preferences asked for. */
export class Firefox {
  #executablePath;
  #launched = new Map();

  constructor(executablePath) {
    this.#executablePath = executablePath;
  }

  async newContext(options) {
    const { colorScheme, reducedMotion, isMobile, ...others } = options;
    const preferences = {
      ...CLIPBOARD,
      ...(colorScheme === "dark" ? DARK : LIGHT),
      ...(reducedMotion === "reduce" ? STILL : {}),
      ...(others.hasTouch ? TOUCH : MOUSE),
    };
    const browser = await this.#browser(preferences);
    const context = await browser.newContext(others);
    context.on("page", teachPage);
    return context;
  }

  async close() {
    for (const browser of this.#launched.values()) await (await browser).close();
  }

  async #browser(preferences) {
    const kind = JSON.stringify(preferences);
    const known = await this.#launched.get(kind);
    // One that has crashed is started again.
    if (!known?.isConnected()) this.#launched.set(kind, this.#launch(preferences));
    return this.#launched.get(kind);
  }

  async #launch(preferences) {
    const browser = await firefox.launch({
      channel: "moz-firefox",
      executablePath: this.#executablePath,
      firefoxUserPrefs: preferences,
    });
    teach(browser);
    return browser;
  }
}

const servers = new Set();

/** Bridges what this Playwright and an installed Firefox do not say alike. */
function teach(browser) {
  const server = browser._connection.toImpl(browser);
  servers.add(server);
  const session = Object.getPrototypeOf(server._browserSession);
  if (Object.hasOwn(session, "emit")) return;
  const { emit, send } = session;
  session.send = function (method, given) {
    return UNKNOWN[method]?.(given) ? Promise.resolve({}) : send.call(this, method, given);
  };
  session.emit = function (method, told) {
    if (method.startsWith("browsingContext.download")) nameDownload(told);
    return emit.call(this, method, told);
  };
}

/** A download has no name of its own: the address of what is saved is as good. Where it lies is told in
 * the end. */
function nameDownload(told) {
  told.download ??= told.url;
  if (!told.filepath) return;
  for (const { _downloads } of servers) {
    const download = _downloads.get(told.download);
    if (download) download.artifact._localPath = told.filepath;
  }
}

/** Two things that Playwright leaves undone on a page. */
function teachPage(page) {
  const { keyboard, touchscreen, delegate } = page._connection.toImpl(page);
  const session = delegate._session;
  touchscreen._raw.tap = (_progress, x, y) =>
    session.send("input.performActions", { context: session.sessionId, actions: [tap(x, y)] });
  const { sendText } = keyboard._raw;
  keyboard._raw.sendText = async function (progress, text) {
    if (!(await page.evaluate(fillNumber, text))) await sendText.call(this, progress, text);
  };
}

/** A finger that touches the page there. */
const tap = (x, y) => ({
  type: "pointer",
  id: "finger",
  parameters: { pointerType: "touch" },
  actions: [
    { type: "pointerMove", x: Math.round(x), y: Math.round(y) },
    { type: "pointerDown", button: 0 },
    { type: "pointerUp", button: 0 },
  ],
});

/** In the page: a field for a number does not tell what is selected in it, which Playwright takes for
 * nothing, and would add to the number. */
function fillNumber(text) {
  const field = document.activeElement;
  if (field?.type !== "number") return false;
  field.select();
  return document.execCommand("insertText", false, text);
}
