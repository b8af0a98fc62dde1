// Starts the content module in one of its two engines. A classic script, because content scripts cannot be modules.
// The module exists twice, from the same Rust: as WebAssembly, and as JavaScript for pages whose content security policy
// forbids WebAssembly to content scripts too (Chromium). Such a page refuses at once and always, so wasm is tried once.
(async () => {
  if (window.recourseStarted !== undefined || chrome.extension.inIncognitoContext) return;
  // Read by the Rust side: when this script began, and which engine it runs on. The page sees neither, as every content
  // script has a `window` of its own making; `globalThis` would be out of the Rust side's sight in Firefox.
  window.recourseStarted = performance.now();

  const compileWasm = async () => {
    const response = await fetch(chrome.runtime.getURL('content/content_bg.wasm'));
    return WebAssembly.compile(await response.arrayBuffer());
  };
  const [glue, compiled] = await Promise.all([
    import(chrome.runtime.getURL('content/content_bg.js')),
    compileWasm().catch(() => null),
  ]);

  let exports;
  if (compiled) {
    window.recourseEngine = 'wasm';
    exports = (await WebAssembly.instantiate(compiled, { './content_bg.js': glue })).exports;
  } else {
    window.recourseEngine = 'javascript';
    exports = await import(chrome.runtime.getURL('content/content_js.js'));
  }
  glue.__wbg_set_wasm(exports);
  // What fails from here on is the program's own: the other engine would only fail the same way, on a page half drawn.
  exports.__wbindgen_start();
})();
