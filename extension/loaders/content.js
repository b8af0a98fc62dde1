// Starts the content module in one of its two engines. A classic script, because content scripts cannot be modules.
// The module exists twice, from the same Rust: as WebAssembly, and as JavaScript for pages whose content security policy
// forbids WebAssembly to content scripts too (Chromium). Such a page refuses at once and always, so wasm is tried once.
(async () => {
  const { runtime, extension } = chrome;
  if (window.recourseStarted !== undefined || extension.inIncognitoContext) return;
  // Read by the Rust side: when this script began, and which engine it runs on. The page sees neither, as every content
  // script has a `window` of its own making; `globalThis` would be out of the Rust side's sight in Firefox.
  window.recourseStarted = performance.now();

  const glueAddress = runtime.getURL('content/content_bg.js');
  const compileWasm = async () => {
    const response = await fetch(runtime.getURL('content/content_bg.wasm'));
    return WebAssembly.compile(await response.arrayBuffer());
  };
  const [glue, compiled] = await Promise.all([import(glueAddress), compileWasm().catch(() => null)]);

  let exports;
  if (compiled) {
    window.recourseEngine = 'wasm';
    exports = (await WebAssembly.instantiate(compiled, { './content_bg.js': glue })).exports;
  } else {
    window.recourseEngine = 'javascript';
    exports = await import(runtime.getURL('content/content_js.js'));
  }
  glue.__wbg_set_wasm(exports);
  // What fails from here on is the program's own: the other engine would only fail the same way, on a page half drawn.
  exports.__wbindgen_start();
})();
