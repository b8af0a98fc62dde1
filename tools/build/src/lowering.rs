//! Making modules small, and bringing one from the instructions that it has to those of the first version of WebAssembly, which
//! are all that `wasm2js` can translate.
//!
//! `wasm-opt` does it for sign extension and for copying memory. Its pass for conversions of floating-point numbers
//! would change results: it takes the conversions for C's, where a number out of range becomes anything. In Rust
//! `f64::INFINITY as i64` is `i64::MAX` and `f64::NAN as i64` is 0, and so they stay.

use crate::names::Pair;
use crate::project::Project;
use crate::run::quiet;
use anyhow::{Context, Result};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Drops the section that names the instructions in use: as long as it is there, wasm-bindgen builds on reference types.
pub fn without_feature_names(project: &Project, input: &Path, output: &Path) -> Result<()> {
    let mut tool = Command::new(project.npm("wasm-opt")?);
    tool.arg(input)
        .args(FEATURES)
        .arg("--strip-target-features");
    quiet(tool.arg("-o").arg(output)).map(drop)
}

/// Makes a module as small as it gets, in place, with its glue if the two are called by nobody else.
pub fn shrink(project: &Project, module: &Path, glue: Option<&Path>) -> Result<()> {
    let mut input = module.to_owned();
    if let Some(glue_path) = glue {
        let glue = std::fs::read_to_string(glue_path).context("reading the glue")?;
        let module = text_of(project, module)?;
        let pair = Pair { module, glue }.shortened()?;
        std::fs::write(glue_path, pair.glue).context("writing the glue")?;
        input.set_extension("wat");
        std::fs::write(&input, pair.module).context("writing the module as text")?;
    }
    let mut shrink = Command::new(project.npm("wasm-opt")?);
    shrink.arg(&input).args(FEATURES);
    // Taken apart and put together again, a module gets smaller than by shrinking alone. Rust keeps its stack at the beginning
    // of the memory and grows it towards there: the first 1,024 bytes are no object's.
    shrink.args(["-Oz", "--flatten", "--rereloop", "-Oz", "--converge", "-Oz"]);
    shrink.arg("--low-memory-unused");
    shrink.args([
        "--strip-debug",
        "--strip-producers",
        "--strip-target-features",
    ]);
    quiet(shrink.arg("-o").arg(module)).map(drop)
}

/// Writes what does the same as a module in instructions of the first version, and says where.
pub fn lower(project: &Project, module: &Path) -> Result<PathBuf> {
    let text_path = module.with_extension("lowered.wat");
    let text = with_saturating_functions(&text_of(project, module)?)?;
    std::fs::write(&text_path, text).context("writing the module as text")?;
    let lowered = module.with_extension("lowered.wasm");
    let mut tool = Command::new(project.npm("wasm-opt")?);
    tool.arg(&text_path).args(FEATURES);
    tool.args(["--signext-lowering", "--llvm-memory-copy-fill-lowering"]);
    quiet(tool.arg("-o").arg(&lowered))?;
    Ok(lowered)
}

fn text_of(project: &Project, module: &Path) -> Result<String> {
    let path = module.with_extension("wat");
    let mut print = Command::new(project.npm("wasm-opt")?);
    print.arg(module).args(FEATURES).arg("--emit-text");
    quiet(print.arg("-o").arg(&path))?;
    std::fs::read_to_string(&path).context("reading the module as text")
}

/// What the modules come with.
const FEATURES: [&str; 5] = [
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
];

/// A saturating conversion: the integer type, whether it is signed, and the floating-point type.
struct Conversion {
    integer: &'static str,
    signed: bool,
    float: &'static str,
}

impl Conversion {
    fn all() -> impl Iterator<Item = Self> {
        ["i32", "i64"].into_iter().flat_map(|integer| {
            ["f32", "f64"].into_iter().flat_map(move |float| {
                [true, false].map(|signed| Self {
                    integer,
                    signed,
                    float,
                })
            })
        })
    }

    const fn sign(&self) -> char {
        if self.signed { 's' } else { 'u' }
    }

    fn instruction(&self) -> String {
        format!("({}.trunc_sat_{}_{}", self.integer, self.float, self.sign())
    }

    fn function(&self) -> String {
        format!(
            "$saturating_{}_{}_{}",
            self.integer,
            self.float,
            self.sign()
        )
    }

    /// The function that does what the instruction does.
    fn definition(&self) -> String {
        let (limit, greatest, least) = match (self.integer, self.signed) {
            ("i32", true) => ("2147483648", "2147483647", "-2147483648"),
            ("i32", false) => ("4294967296", "-1", "0"),
            (_, true) => (
                "9223372036854775808",
                "9223372036854775807",
                "-9223372036854775808",
            ),
            (_, false) => ("18446744073709551616", "-1", "0"),
        };
        let (integer, float, sign, name) = (self.integer, self.float, self.sign(), self.function());
        let above = if self.signed {
            format!("-{limit}")
        } else {
            "-1".to_owned()
        };
        format!(
            "(func {name} (param $x {float}) (result {integer})
              (if (result {integer})
                (i32.and
                  ({float}.gt (local.get $x) ({float}.const {above}))
                  ({float}.lt (local.get $x) ({float}.const {limit})))
                (then ({integer}.trunc_{float}_{sign} (local.get $x)))
                (else (if (result {integer}) ({float}.ne (local.get $x) (local.get $x))
                  (then ({integer}.const 0))
                  (else (if (result {integer}) ({float}.gt (local.get $x) ({float}.const 0))
                    (then ({integer}.const {greatest}))
                    (else ({integer}.const {least}))))))))\n"
        )
    }
}

/// Replaces each saturating conversion in a module's text by the call of a function that does the same.
fn with_saturating_functions(text: &str) -> Result<String> {
    let module = text
        .trim_end()
        .strip_suffix(')')
        .context("the module's text has no end")?;
    let mut lowered = module.to_owned();
    for conversion in Conversion::all() {
        let instruction = conversion.instruction();
        if lowered.contains(&instruction) {
            lowered = lowered.replace(&instruction, &format!("(call {}", conversion.function()));
            lowered.write_str(&conversion.definition())?;
        }
    }
    lowered.push(')');
    Ok(lowered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::javascript;

    /// What Rust's `as` says of each number, as JavaScript tells it of an exported function: integers are signed there.
    const NUMBERS: &str = "[Infinity, -Infinity, NaN, 1e300, -1e300, 0.9, -0.9, -1, 255.9, -255.9, 2147483647.5, 2147483648,
        -2147483648, -2147483648.9, -2147483649, 4294967295.9, 4294967296, 5e9, 9223372036854774784, 9223372036854775808,
        -9223372036854775808, -9223372036854777856, 18446744073709549568, 18446744073709551616]";

    /// What is left in the memory when a few bytes were written, copied onto themselves a little further in both directions, and
    /// others filled; and the sign of a byte and of two.
    const MEMORY: &str = "
        (func (export \"memory_copied_and_filled\") (param f64) (result i32)
          (i64.store (i32.const 2048) (i64.const 0x0123456789abcdef))
          (memory.copy (i32.const 2050) (i32.const 2048) (i32.const 5))
          (memory.copy (i32.const 2047) (i32.const 2049) (i32.const 6))
          (memory.fill (i32.const 2052) (i32.trunc_sat_f64_s (local.get 0)) (i32.const 3))
          (i32.xor (i32.load align=1 (i32.const 2047)) (i32.load align=1 (i32.const 2051))))
        (func (export \"sign_extended\") (param f64) (result i32)
          (i32.add (i32.extend8_s (i32.trunc_sat_f64_u (local.get 0))) (i32.extend16_s (i32.trunc_sat_f64_u (local.get 0)))))";

    /// The translation must convert, copy and extend as the instructions themselves do. 64-bit integers are split in halves:
    /// the JavaScript engine has no other way to hand them out.
    #[test]
    fn what_is_lowered_does_what_the_instructions_do() {
        let project = Project::of_this_crate();
        let folder = std::env::temp_dir().join(format!("recourse-lowering-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();

        let mut module = String::from("(module (memory (export \"memory\") 1)");
        for conversion in Conversion::all() {
            let Conversion { integer, float, .. } = conversion;
            let name = conversion.function().replace('$', "");
            let narrow = if float == "f32" {
                "(f32.demote_f64 (local.get 0))"
            } else {
                "(local.get 0)"
            };
            let value = format!("{} {narrow})", conversion.instruction());
            let halves = if integer == "i32" {
                vec![("low", value)]
            } else {
                vec![
                    ("low", format!("(i32.wrap_i64 {value})")),
                    (
                        "high",
                        format!("(i32.wrap_i64 (i64.shr_u {value} (i64.const 32)))"),
                    ),
                ]
            };
            for (half, value) in halves {
                write!(
                    module,
                    "(func (export \"{name}_{half}\") (param f64) (result i32) {value})"
                )
                .unwrap();
            }
        }
        module.push_str(MEMORY);
        module.push(')');
        std::fs::write(folder.join("module.wat"), module).unwrap();

        let native = folder.join("native.wasm");
        let mut tool = Command::new(project.npm("wasm-opt").unwrap());
        tool.arg(folder.join("module.wat")).args(FEATURES);
        quiet(tool.arg("-o").arg(&native)).unwrap();
        let translated = folder.join("translated.mjs");
        javascript::translate(&project, &native, None, &translated).unwrap();
        std::fs::copy(&native, folder.join("shrunk.wasm")).unwrap();
        shrink(&project, &folder.join("shrunk.wasm"), None).unwrap();

        let script = format!(
            "import assert from 'node:assert';
            import {{ readFileSync }} from 'node:fs';
            const wasm = async (name) =>
                (await WebAssembly.instantiate(readFileSync(new URL(name, import.meta.url)))).instance.exports;
            const native = await wasm('native.wasm');
            const engines = {{ shrunk: await wasm('shrunk.wasm'), javascript: await import('./translated.mjs') }};
            assert.equal(native.saturating_i64_f64_s_high(Infinity), 0x7fffffff);
            for (const name of Object.keys(native).filter((name) => name !== 'memory'))
                for (const number of {NUMBERS})
                    for (const engine in engines)
                        assert.equal(engines[engine][name](number), native[name](number), `${{engine}} ${{name}}(${{number}})`);"
        );
        std::fs::write(folder.join("test.mjs"), script).unwrap();
        quiet(Command::new("node").arg(folder.join("test.mjs"))).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
