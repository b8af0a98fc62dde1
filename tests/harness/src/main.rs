//! `harness demo` shows the extension on the local shop; `harness bench` measures it; `harness faults` tries to make it lose something.

use std::process::ExitCode;

use harness::faults::Fault;
use harness::{Browser, bench, bench_evidence, bench_form, bench_ledger, demo, faults};

const USAGE: &str = "usage: harness demo [--browser chromium|firefox] [--headless]
       harness bench [--browser chromium|firefox] [--rounds N] [--part list|ledger|evidence|form]
       harness faults [--browser chromium|firefox] [--rounds N] [--fault 'disk full'|…]";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted = match Wanted::read(&arguments) {
        Ok(wanted) => wanted,
        Err(problem) => {
            eprintln!("{problem}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let result = match wanted {
        Wanted::Demo { browser, headless } => demo::run(browser, headless).await,
        Wanted::Bench {
            browsers,
            rounds,
            part,
        } => part.run(&browsers, rounds).await,
        Wanted::Faults {
            browsers,
            rounds,
            only,
        } => faults::run(&browsers, rounds, only).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("✗ {problem:#}");
            ExitCode::FAILURE
        }
    }
}

enum Wanted {
    Demo {
        browser: Browser,
        headless: bool,
    },
    Bench {
        browsers: Vec<Browser>,
        rounds: usize,
        part: Part,
    },
    Faults {
        browsers: Vec<Browser>,
        rounds: usize,
        only: Option<Fault>,
    },
}

/// What is measured.
#[derive(Clone, Copy)]
enum Part {
    List,
    Ledger,
    Evidence,
    Form,
    All,
}

impl Part {
    async fn run(self, browsers: &[Browser], rounds: usize) -> anyhow::Result<()> {
        if matches!(self, Self::List | Self::All) {
            bench::run(browsers, rounds).await?;
        }
        if matches!(self, Self::Ledger | Self::All) {
            bench_ledger::run(browsers, rounds).await?;
        }
        if matches!(self, Self::Evidence | Self::All) {
            bench_evidence::run(browsers, rounds).await?;
        }
        if matches!(self, Self::Form | Self::All) {
            bench_form::run(browsers, rounds).await?;
        }
        Ok(())
    }
}

impl Wanted {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let Some((verb, rest)) = arguments.split_first() else {
            return Err("what is to be done?".to_owned());
        };
        let (mut browser, mut headless, mut rounds, mut part) = (None, false, None, Part::All);
        let mut only = None;
        let mut rest = rest.iter();
        while let Some(argument) = rest.next() {
            let mut value = || {
                rest.next()
                    .ok_or_else(|| format!("{argument} needs a value"))
            };
            match (verb.as_str(), argument.as_str()) {
                (_, "--browser") => {
                    let name = value()?;
                    browser = Some(
                        Browser::from_name(name)
                            .ok_or_else(|| format!("{name} is neither chromium nor firefox"))?,
                    );
                }
                ("demo", "--headless") => headless = true,
                ("bench" | "faults", "--rounds") => {
                    let number = value()?.parse().ok().filter(|rounds| *rounds > 0);
                    rounds = Some(number.ok_or("--rounds takes a number above 0")?);
                }
                ("bench", "--part") => {
                    part = match value()?.as_str() {
                        "list" => Part::List,
                        "ledger" => Part::Ledger,
                        "evidence" => Part::Evidence,
                        "form" => Part::Form,
                        other => return Err(format!("{other} is no part of the bench")),
                    };
                }
                ("faults", "--fault") => {
                    let name = value()?;
                    let fault = Fault::ALL.into_iter().find(|fault| fault.name() == name);
                    only = Some(fault.ok_or_else(|| format!("{name} is no fault"))?);
                }
                _ => return Err(format!("what is {argument}?")),
            }
        }
        let browsers = browser.map_or_else(|| Browser::BOTH.to_vec(), |one| vec![one]);
        match verb.as_str() {
            "demo" => Ok(Self::Demo {
                browser: browser.unwrap_or(Browser::Chromium),
                headless,
            }),
            "bench" => Ok(Self::Bench {
                browsers,
                rounds: rounds.unwrap_or(5),
                part,
            }),
            "faults" => Ok(Self::Faults {
                browsers,
                rounds: rounds.unwrap_or(20),
                only,
            }),
            other => Err(format!("what is {other}?")),
        }
    }
}
