{
  const files = FILES;
  const sheets = SHEETS;
  let main;
  // Trunk tells when the main module runs, and gives its exports.
  const running = new Promise((here) =>
    addEventListener("TrunkApplicationStarted", (event) => here((main = event.detail.wasm)), { once: true }),
  );
  const parts = {};
  const styled = (name) =>
    new Promise((done, fail) => {
      if (!sheets[name]) return done();
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = sheets[name];
      link.onload = () => done(delete sheets[name]);
      link.onerror = () => {
        link.remove();
        fail(new Error(link.href));
      };
      document.head.append(link);
    });
  const fetched = async (name) => {
    const answer = await fetch(files[name]);
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    const code = await WebAssembly.compile(await answer.arrayBuffer());
    await running;
    await WebAssembly.instantiate(code, { main });
  };
  globalThis.flotillaPart = (name) =>
    (parts[name] ??= Promise.all([fetched(name), styled(name)]).catch((why) => {
      delete parts[name];
      throw why;
    }));
  // For those who cannot wait. Only text can be asked for so: a byte is a letter of it.
  globalThis.flotillaPartNow = (name) => {
    const request = new XMLHttpRequest();
    request.open("GET", files[name], false);
    request.overrideMimeType("text/plain; charset=x-user-defined");
    request.send();
    if (request.status >= 400) throw new Error(`${files[name]}: ${request.status}`);
    const bytes = Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0) & 255);
    new WebAssembly.Instance(new WebAssembly.Module(bytes), { main });
    parts[name] = Promise.resolve();
  };
  const kept = (key) => {
    try {
      return localStorage.getItem(key) ?? sessionStorage.getItem(key);
    } catch {
      // A browser may refuse even to be asked.
    }
  };
  // The texts in the language of the page, as it finds that itself, are asked for together with the rest.
  const spoken = { en: undefined, es: "spanish", pt: "portuguese" };
  const languages = [kept("flotilla-language"), ...navigator.languages];
  const language = languages.map((code) => code?.split("-")[0].toLowerCase()).find((code) => code in spoken);
  if (spoken[language]) flotillaPart(spoken[language]).catch(() => {});
  // What a link needs, or what was left here, is asked for together with the rest.
  if (location.hash.length > 1 || kept("flotilla-run")) for (const name of ["reading", "run"]) flotillaPart(name).catch(() => {});
}
