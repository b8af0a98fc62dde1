// Loads modules into the shop's page, for the scripts beside it. A classic script, because content scripts cannot be modules.
// Each module exists twice, from the same Rust: as WebAssembly, and as JavaScript for pages whose content security policy
// forbids WebAssembly to content scripts too (Chromium). Such a page refuses at once and always, so wasm is tried once.
(() => {
  if (window.recourseLoad !== undefined || chrome.extension.inIncognitoContext) return;
  // Read by the Rust side: when this script began, and which engine it runs on. The page sees nothing of this, as every
  // content script has a `window` of its own making; `globalThis` would be out of the Rust side's sight in Firefox.
  window.recourseStarted = performance.now();

  // A page that has been left: Firefox still runs what waits in it, and refuses whatever that asks for. So it waits on, as the buyer
  // may come back to the page.
  const page = document;
  const isLeft = () => page.defaultView === null;
  const waiting = [];
  globalThis.queueMicrotask = (run) => void Promise.resolve().then(() => (isLeft() ? void waiting.push(run) : run()));
  globalThis.console = window.console;
  window.addEventListener('pageshow', () => waiting.splice(0).forEach((run) => run()));

  // What the module exports; the functions whose names do not begin with `$` are the ways into its program. Firefox also stops what is
  // running when a page is left, in the middle and without a word. A program that was stopped is in no state that it knows, so nothing
  // of it may run on. It has been if it was never left, and is not on the stack. Other browsers let it come to its end.
  const isFirefox = chrome.runtime.getURL('').startsWith('moz-extension:');
  const watched = (exports) => {
    if (!isFirefox) return exports;
    let depth = 0;
    let stopped = false;
    const watch = (run) => (...args) => {
      stopped ||= depth > 0 && !/_(bg\.wasm|js\.js)/.test(new Error().stack);
      if (stopped) return undefined;
      depth += 1;
      try {
        return run(...args);
      } finally {
        depth -= 1;
      }
    };
    const isWayIn = (name, item) => typeof item === 'function' && !name.startsWith('$');
    return Object.fromEntries(
      Object.entries(exports).map(([name, item]) => [name, isWayIn(name, item) ? watch(item) : item]),
    );
  };

  const compile = async (module) => WebAssembly.compileStreaming(fetch(chrome.runtime.getURL(`${module}/${module}_bg.wasm`)));
  // By the page's policy, or as the browser's user has switched it off: then its very name is unknown.
  const isRefused = (error) => typeof WebAssembly === 'undefined' || error instanceof WebAssembly.CompileError;
  // Nothing can be fetched for a page that is just being left: then this takes as long as the page.
  const unlessLeft = () => new Promise((done) => isLeft() || setTimeout(done, 500));

  const load = async (module) => {
    const [glue, compiled] = await Promise.all([
      import(chrome.runtime.getURL(`${module}/${module}_bg.js`)),
      window.recourseEngine === 'javascript'
        ? null
        : compile(module).catch((error) => (isRefused(error) ? null : unlessLeft())),
    ]);
    let exports;
    if (compiled) {
      window.recourseEngine ??= 'wasm';
      exports = (await WebAssembly.instantiate(compiled, { glue })).exports;
    } else {
      window.recourseEngine ??= 'javascript';
      exports = await import(chrome.runtime.getURL(`${module}/${module}_js.js`));
    }
    exports = watched(exports);
    glue.__wbg_set_wasm(exports);
    // What fails from here on is the program's own: the other engine would only fail the same way, on a page half drawn.
    exports.__wbindgen_start();
    return glue;
  };

  // The functions that a module exports, started in one of its two engines.
  const loading = {};
  window.recourseLoad = (module) =>
    (loading[module] ??= load(module).catch(async (error) => {
      await unlessLeft();
      delete loading[module];
      throw error;
    }));
})();
