// Loads modules into the shop's page, for the scripts beside it. A classic script, because content scripts cannot be modules.
// Each module exists twice, from the same Rust: as WebAssembly, and as JavaScript for pages whose content security policy
// forbids WebAssembly to content scripts too (Chromium). Such a page refuses at once and always, so wasm is tried once.
(() => {
  if (window.recourseLoad !== undefined || chrome.extension.inIncognitoContext) return;
  // Read by the Rust side: when this script began, and which engine it runs on. The page sees nothing of this, as every
  // content script has a `window` of its own making; `globalThis` would be out of the Rust side's sight in Firefox.
  window.recourseStarted = performance.now();
  // In Firefox a page that is being left for another origin no longer lets its own be asked for: what waits would fail half-way.
  globalThis.queueMicrotask = (run) => void Promise.resolve().then(run);
  globalThis.console = window.console;

  const compile = (module) => WebAssembly.compileStreaming(fetch(chrome.runtime.getURL(`${module}/${module}_bg.wasm`)));

  const load = async (module) => {
    const [glue, compiled] = await Promise.all([
      import(chrome.runtime.getURL(`${module}/${module}_bg.js`)),
      window.recourseEngine === 'javascript' ? null : compile(module).catch(() => null),
    ]);
    let exports;
    if (compiled) {
      window.recourseEngine ??= 'wasm';
      exports = (await WebAssembly.instantiate(compiled, { glue })).exports;
    } else {
      window.recourseEngine ??= 'javascript';
      exports = await import(chrome.runtime.getURL(`${module}/${module}_js.js`));
    }
    glue.__wbg_set_wasm(exports);
    // What fails from here on is the program's own: the other engine would only fail the same way, on a page half drawn.
    exports.__wbindgen_start();
    return glue;
  };

  // The functions that a module exports, started in one of its two engines.
  const loading = {};
  window.recourseLoad = (module) =>
    (loading[module] ??= load(module).catch((error) => {
      delete loading[module];
      throw error;
    }));
})();
