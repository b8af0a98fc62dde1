//! The content module as JavaScript, for pages that forbid WebAssembly to content scripts too, and all generated
//! JavaScript without what only people need.

use crate::lowering;
use crate::names::GLUE;
use crate::project::Project;
use crate::run::quiet;
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;

/// The growth of the memory as wasm2js writes it.
///
/// It is wrong in two ways. The old buffer stays alive, so that wasm-bindgen, which looks whether its cached views are
/// detached, goes on reading and writing a memory that nobody uses. And when the memory can't grow, it answers as if it
/// had, where WebAssembly answers -1 and Rust reports that memory ran out.
const GROWTH_WRITTEN: &str = "\
 function __wasm_memory_grow(pagesToAdd) {
  pagesToAdd = pagesToAdd | 0;
  var oldPages = __wasm_memory_size() | 0;
  var newPages = oldPages + pagesToAdd | 0;
  if ((oldPages < newPages) && (newPages < 65536)) {
   var newBuffer = new ArrayBuffer(newPages << 16);
   var newHEAP8 = new Int8Array(newBuffer);
   newHEAP8.set(HEAP8);
";

const GROWTH_NEEDED: &str = "\
 function __wasm_memory_grow(pagesToAdd) {
  pagesToAdd = pagesToAdd | 0;
  var oldPages = __wasm_memory_size() | 0;
  var newPages = oldPages + pagesToAdd | 0;
  if (pagesToAdd && (newPages <= oldPages || newPages > 32767)) return -1;
  if (pagesToAdd) {
   var newBuffer;
   try { newBuffer = new ArrayBuffer(newPages << 16); } catch { return -1; }
   var newHEAP8 = new Int8Array(newBuffer);
   newHEAP8.set(HEAP8);
   buffer.transfer(0);
";

/// Translates a module that wasm-bindgen has bound and wasm-opt has shrunk. Its glue, if it has one, lies beside it.
pub fn translate(
    project: &Project,
    module: &Path,
    glue: Option<&str>,
    script: &Path,
) -> Result<()> {
    let lowered = lowering::lower(project, module)?;
    let mut tool = Command::new(project.npm("wasm2js")?);
    quiet(tool.arg(lowered).arg("-Oz").arg("-o").arg(script))?;
    let written = std::fs::read_to_string(script).context("reading what wasm2js wrote")?;
    let mut working = with_working_growth(&written)?;
    if let Some(glue) = glue {
        working = with_imports_from(&working, glue)?;
    }
    std::fs::write(script, working).context("writing the translated module")?;
    minify(project, script)
}

/// Half of what the generators write is long names, comments and spaces. What a module exports keeps its name.
pub fn minify(project: &Project, script: &Path) -> Result<()> {
    let mut tool = Command::new(project.npm("esbuild")?);
    tool.arg(script).args(["--minify", "--log-level=warning"]);
    // Never newer than what the oldest supported browser reads.
    tool.args(["--format=esm", "--target=es2022", "--allow-overwrite"]);
    quiet(tool.arg(format!("--outfile={}", script.display()))).map(drop)
}

fn with_working_growth(script: &str) -> Result<String> {
    if script.matches(GROWTH_WRITTEN).count() != 1 {
        bail!(
            "wasm2js writes the growth of the memory differently now: look for __wasm_memory_grow in its output, and \
             bring tools/build/src/javascript.rs in line with it (the old buffer must be detached before the swap)"
        );
    }
    Ok(script.replacen(GROWTH_WRITTEN, GROWTH_NEEDED, 1))
}

/// The script with the glue's file where it names the glue.
fn with_imports_from(script: &str, glue: &str) -> Result<String> {
    let named = format!("from '{GLUE}';");
    if script.matches(&named).count() != 1 {
        bail!(
            "wasm2js writes its import of the glue differently now: bring tools/build/src/javascript.rs in line with it"
        );
    }
    Ok(script.replacen(&named, &format!("from './{glue}';"), 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A memory of one page that can grow, with a byte to read and write.
    const MODULE: &str = r#"(module
        (memory (export "memory") 1)
        (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
        (func (export "read") (param i32) (result i32) (i32.load8_u (local.get 0)))
        (func (export "write") (param i32 i32) (i32.store8 (local.get 0) (local.get 1))))"#;

    /// Node 18 and 20 have no `ArrayBuffer.prototype.transfer`; the browsers the extension runs in have.
    const TEST: &str = r#"
        import assert from 'node:assert';
        ArrayBuffer.prototype.transfer ??= function () { return structuredClone(this, { transfer: [this] }); };
        const { memory, grow, read, write } = await import('./module.mjs');
        const before = memory.buffer;
        const view = new Uint8Array(before);
        write(70, 42);
        assert.equal(view[70], 42);
        assert.equal(grow(0), 1, 'growing by nothing tells the size');
        assert.equal(memory.buffer, before, 'and changes nothing');
        assert.equal(grow(2), 1, 'growing tells the size before');
        assert.equal(before.byteLength, 0, 'the old buffer is detached');
        assert.equal(view.length, 0, 'and so are the views of it');
        assert.equal(memory.buffer.byteLength, 3 * 65536);
        assert.equal(read(70), 42, 'what was written is still there');
        write(3 * 65536 - 1, 7);
        assert.equal(new Uint8Array(memory.buffer)[3 * 65536 - 1], 7, 'the new pages can be used');
        assert.equal(grow(65535), -1, 'more than there can be is refused');
        assert.equal(grow(-1), -1);
        assert.equal(read(70), 42, 'and a refusal loses nothing');
    "#;

    #[test]
    fn memory_grows_and_stale_views_are_detached() {
        let project = Project::of_this_crate();
        let folder = std::env::temp_dir().join(format!("recourse-growth-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("module.wat"), MODULE).unwrap();
        std::fs::write(folder.join("test.mjs"), TEST).unwrap();
        translate(
            &project,
            &folder.join("module.wat"),
            None,
            &folder.join("module.mjs"),
        )
        .unwrap();
        quiet(Command::new("node").arg(folder.join("test.mjs"))).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn the_glue_is_imported_from_its_file() {
        let script = with_imports_from("import * as glue from 'glue';", "a_bg.js").unwrap();
        assert_eq!(script, "import * as glue from './a_bg.js';");
        assert!(with_imports_from("import * as glue from 'other';", "a_bg.js").is_err());
    }

    #[test]
    fn growth_that_is_not_recognised_fails_the_build() {
        let error = with_working_growth("function __wasm_memory_grow(pages) {}").unwrap_err();
        assert!(error.to_string().contains("__wasm_memory_grow"));
    }
}
