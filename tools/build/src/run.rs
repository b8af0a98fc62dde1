//! Running commands, and one line per step with how long it took.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Runs one step and says how long it took; a failure names the step.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    let result = work();
    let seconds = start.elapsed().as_secs_f64();
    let sign = if result.is_ok() { "✓" } else { "✗" };
    println!("{sign} {name} ({seconds:.1} s)");
    result.with_context(|| name.to_owned())
}

/// Runs a command that speaks for itself; its output goes to the terminal.
pub fn loud(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("{} does not start", shown(command)))?;
    if !status.success() {
        bail!(
            "{} ended with {status}; its own words are above",
            shown(command)
        );
    }
    Ok(())
}

/// Runs a command whose output matters only when it fails. Returns what it wrote to its standard output.
pub fn quiet(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{} does not start", shown(command)))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!(
            "{} ended with {}:\n{said}{complaint}",
            shown(command),
            output.status
        );
    }
    Ok(said)
}

/// Runs a command, passes its standard output on line by line, and shows each line to `see`.
/// Returns whether the command succeeded.
pub fn watched(command: &mut Command, mut see: impl FnMut(&str)) -> Result<bool> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} does not start", shown(command)))?;
    let output = child.stdout.take().context("the output was asked for")?;
    let mut terminal = std::io::stdout();
    for line in BufReader::new(output).split(b'\n') {
        let line = line.context("reading a command's output")?;
        terminal
            .write_all(&line)
            .and_then(|()| terminal.write_all(b"\n"))?;
        see(&String::from_utf8_lossy(&line));
    }
    Ok(child.wait().context("waiting for a command")?.success())
}

/// The command as one would type it, for messages.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    format!("`{}`", words.join(" "))
}
