//! From the Rust binaries to WebAssembly and the glue that wasm-bindgen writes for it.
//!
//! There is one artefact per binary, and the JavaScript engine of the modules on the shop's pages is made from it: what is tested
//! on one engine is what runs on the other.

use crate::project::Project;
use crate::run::{quiet, step};
use crate::{javascript, lowering};
use anyhow::{Context, Result};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The entry points, and how wasm-bindgen writes the glue of each.
pub struct Module {
    pub name: &'static str,
    /// `bundler`: the loader instantiates, and chooses the engine. `web`: the glue does it.
    glue: &'static str,
    /// Whether it exists as JavaScript too.
    javascript: bool,
}

pub const MODULES: [Module; 6] = [
    Module {
        name: "content",
        glue: "bundler",
        javascript: true,
    },
    Module {
        name: "order",
        glue: "bundler",
        javascript: true,
    },
    Module {
        name: "form",
        glue: "bundler",
        javascript: true,
    },
    Module {
        name: "background",
        glue: "web",
        javascript: false,
    },
    Module {
        name: "dashboard",
        glue: "web",
        javascript: false,
    },
    Module {
        name: "evidence",
        glue: "web",
        javascript: false,
    },
];

impl Module {
    /// The files the module consists of, as they lie in the package, in the folder of its name.
    pub fn files(&self) -> Vec<String> {
        let name = self.name;
        let mut files = vec![format!("{name}_bg.wasm"), self.glue_file()];
        if self.javascript {
            files.push(format!("{name}_js.js"));
        }
        files
    }

    fn glue_file(&self) -> String {
        if self.glue == "web" {
            format!("{}.js", self.name)
        } else {
            format!("{}_bg.js", self.name)
        }
    }

    /// Where the finished files lie between the build and `dist`.
    pub fn folder(&self, project: &Project) -> PathBuf {
        project.target.join("extension").join(self.name)
    }
}

/// Compiles the binaries and makes each module's files.
pub fn build(project: &Project) -> Result<()> {
    step("Rust to WebAssembly", || compile(project))?;
    std::thread::scope(|scope| {
        let running: Vec<_> = MODULES
            .iter()
            .map(|module| {
                scope.spawn(move || {
                    step(&format!("module {}", module.name), || {
                        finish(project, module)
                    })
                })
            })
            .collect();
        running.into_iter().try_for_each(|thread| {
            thread
                .join()
                .unwrap_or_else(|_| Err(anyhow::anyhow!("a module's thread panicked")))
        })
    })
}

fn compile(project: &Project) -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--release", "--package", "recourse", "--bins"]);
    cargo.args(["--target", "wasm32-unknown-unknown"]);
    // The standard library is compiled along, for size and without the texts of panics: an eighth of the content module,
    // which every order page loads. Building it is not stable yet; this variable allows it on the stable compiler.
    cargo.env("RUSTC_BOOTSTRAP", "1");
    cargo.arg("-Zbuild-std=std,panic_abort");
    cargo.arg("-Zbuild-std-features=optimize_for_size");
    // These take the place of RUSTFLAGS, so that nobody's own flags reach the package.
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags(project)?.join("\u{1f}"));
    crate::run::loud(&mut cargo)
}

/// The instructions that can be lowered to the first version of WebAssembly, which the JavaScript engine is made from, and no folder
/// name of this machine in the module: paths of the checkout, of the dependencies and of the standard library are the same
/// everywhere.
fn flags(project: &Project) -> Result<Vec<String>> {
    let cargo_home = match std::env::var_os("CARGO_HOME") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(std::env::var_os("HOME").context("HOME is not set")?).join(".cargo"),
    };
    let sysroot = quiet(Command::new("rustc").args(["--print", "sysroot"]))?;
    let library = Path::new(sysroot.trim()).join("lib/rustlib/src/rust");
    let version = quiet(Command::new("rustc").arg("-vV"))?;
    let commit = version
        .lines()
        .find_map(|line| line.strip_prefix("commit-hash: "))
        .context("rustc does not name its commit")?;
    let remap = |from: &Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
    // Of several that fit, rustc takes the last.
    Ok(vec![
        "-Ctarget-cpu=mvp".to_owned(),
        // To copy memory by an instruction is smaller than by a loop, and faster.
        "-Ctarget-feature=+bulk-memory,+mutable-globals,+nontrapping-fptoint,+sign-ext".to_owned(),
        "-Zunstable-options".to_owned(),
        "-Cpanic=immediate-abort".to_owned(),
        "-Zlocation-detail=none".to_owned(),
        "-Zfmt-debug=none".to_owned(),
        remap(&project.root, "/recourse"),
        remap(&project.target, "/target"),
        remap(&cargo_home, "/cargo"),
        remap(&library, &format!("/rustc/{commit}")),
    ])
}

/// Binds and shrinks one module, and translates it where it exists as JavaScript too, unless the same was done before.
fn finish(project: &Project, module: &Module) -> Result<()> {
    let input = project
        .target
        .join("wasm32-unknown-unknown/release")
        .join(format!("{}.wasm", module.name));
    let folder = module.folder(project);
    let stamp = folder.join("made-from");
    let made_from = fingerprint(project, &input)?;
    if std::fs::read_to_string(&stamp).is_ok_and(|old| old == made_from) {
        return Ok(());
    }
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;

    let plain = folder.join("plain.wasm");
    lowering::without_feature_names(project, &input, &plain)?;
    bind(project, module, &plain, &folder)?;
    let bound = folder.join(format!("{}_bg.wasm", module.name));
    let glue = folder.join(module.glue_file());
    // Where the glue instantiates, it also names the imports as texts, in a form of its own.
    let by_loader = module.glue == "bundler";
    lowering::shrink(project, &bound, by_loader.then_some(&glue))?;
    javascript::minify(project, &glue)?;
    if module.javascript {
        let script = folder.join(format!("{}_js.js", module.name));
        javascript::translate(project, &bound, Some(&module.glue_file()), &script)?;
    }
    std::fs::write(&stamp, made_from).context("noting what was made")
}

/// What the result depends on: the compiled module, this program, and the tools.
fn fingerprint(project: &Project, input: &Path) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    let parts = [
        input.to_owned(),
        std::env::current_exe()?,
        project.path("package-lock.json"),
        project.path("Cargo.lock"),
    ];
    for part in parts {
        let bytes = std::fs::read(&part).with_context(|| format!("reading {}", part.display()))?;
        bytes.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn bind(project: &Project, module: &Module, input: &Path, folder: &Path) -> Result<()> {
    let mut tool = Command::new(project.tool("wasm-bindgen")?);
    tool.arg(input).args(["--target", module.glue]);
    tool.args(["--out-name", module.name, "--no-typescript"]);
    tool.args(["--remove-name-section", "--remove-producers-section"]);
    quiet(tool.arg("--out-dir").arg(folder)).map(drop)
}
