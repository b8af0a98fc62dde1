//! The measurements: the extension against a hand-written baseline that does the same reading and drawing with no extension around it.
//!
//! Both run in browsers of the same kind on the same pages, in turn, in the same minutes; times differ from machine to machine, their ratio
//! less so. Nothing here passes or fails on a time.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use local_site::{Site, Switches};
use serde::Deserialize;
use serde_json::json;

use recourse::domain::order::OrderState;
use recourse::domain::rules::{Anchor, Days, RULES, Shows};

use crate::driver::Browser;
use crate::session::{Options, Session};
use crate::wait::until;

/// How many cards at once, and how many rounds of those that were asked for.
const SIZES: [(usize, usize); 4] = [(10, 1), (100, 1), (1_000, 2), (10_000, 5)];
/// How long a page gets. Ten thousand cards are so many that each frame takes the browser long, whoever draws on them; what was drawn by then
/// is what counts.
const PATIENCE: Duration = Duration::from_secs(60);

const PROBE: &str = include_str!("../baseline/probe.js");
const BASELINE: &str = include_str!("../baseline/baseline.js");
/// The extension's own style sheets, so that both badges cost the browser the same to lay out.
const TOKENS: &str = include_str!("../../../src/overlay/look/light.css");
const STYLE: &str = concat!(
    include_str!("../../../src/overlay/look/base.css"),
    include_str!("../../../src/overlay/look/badge.css"),
    include_str!("../../../src/overlay/look/list.css")
);

/// One page, from the cards in the document to the last badge painted. Milliseconds.
#[derive(Clone, Debug)]
struct Run {
    view: f64,
    late_frames: f64,
    /// `None`: not within [`PATIENCE`].
    all: Option<f64>,
    /// In our own code, tasks together, for each badge drawn.
    work: f64,
    /// Of all work of our own: on cards, ahead of them, and on what is told to the background program.
    longest: f64,
    /// Done before there is a card: once, while the page waits for its orders.
    ahead: f64,
    /// From the content script's first mark until it may draw.
    ready: Option<f64>,
    megabytes: Option<f64>,
}

#[derive(Deserialize)]
struct Seen {
    cards: usize,
    drawn: f64,
    view: Option<f64>,
    late: Option<f64>,
    all: Option<f64>,
    done: bool,
    tasks: Vec<f64>,
    ahead: Vec<f64>,
    sends: Vec<f64>,
    /// Of our module, in pages of 64 KiB.
    memory: f64,
    ready: Option<f64>,
}

/// What is aimed at. A figure beyond it is said to miss it, and nothing fails: the machine may be slow.
mod aim {
    /// Times as much as the baseline, for each card.
    pub const RATIO: f64 = 1.5;
    /// Frames painted with cards in view and no badges.
    pub const LATE: f64 = 0.0;
    /// Milliseconds of the longest task, up to so many cards.
    pub const LONGEST: f64 = 50.0;
    pub const LONGEST_UP_TO: usize = 1_000;
    /// Milliseconds from the content script's start until it is ready, as WebAssembly.
    pub const READY: f64 = 40.0;

    pub fn said(figure: f64, most: f64) -> &'static str {
        if figure <= most { "met" } else { "missed" }
    }
}

pub async fn run(browsers: &[Browser], rounds: usize) -> Result<()> {
    let site = Site::start(0)
        .await
        .context("the local site does not start")?;
    for browser in browsers {
        let extension = Session::start(*browser, &site, Options::default()).await?;
        let baseline = Session::start(
            *browser,
            &site,
            Options {
                extension: false,
                ..Options::default()
            },
        )
        .await?;
        println!(
            "\n{}: the extension, and the baseline in brackets; medians, with the smallest and the largest of each",
            browser.name()
        );
        println!(
            "aims: ratio ≤ {}, frames late {}, longest task ≤ {} ms up to {} cards, ready ≤ {} ms",
            aim::RATIO,
            aim::LATE,
            aim::LONGEST,
            aim::LONGEST_UP_TO,
            aim::READY
        );
        println!(
            "longest task: of all work of our own, what is done ahead and what is told to the background included; memory: {}",
            match browser {
                Browser::Chromium => "JavaScript heap and our module's own",
                Browser::Firefox => "the whole process of the site",
            }
        );
        println!(
            "{:>6} {:>2}  {:<34} {:<16} {:<38} {:>11}  {:<38} {:>11}  {:<37} {:<12}",
            "cards",
            "×",
            "badges in view painted, ms",
            "frames late",
            "all badges painted, ms",
            "ratio",
            "own work per card, µs",
            "ratio",
            "longest task, ms",
            "memory, MB"
        );
        let (mut ready, mut ahead, mut baseline_ahead) = (Vec::new(), Vec::new(), Vec::new());
        let mut per_card = Vec::new();
        for (cards, fewer) in SIZES {
            let rounds = rounds.div_ceil(fewer);
            let (mut with, mut without) = (Vec::new(), Vec::new());
            for round in 0..rounds {
                // Whoever goes first finds the machine as the other left it: in turn.
                if round % 2 == 0 {
                    with.push(
                        measure(&extension, cards, round)
                            .await
                            .context("the extension")?,
                    );
                    without.push(
                        measure(&baseline, cards, round)
                            .await
                            .context("the baseline")?,
                    );
                } else {
                    without.push(
                        measure(&baseline, cards, round)
                            .await
                            .context("the baseline")?,
                    );
                    with.push(
                        measure(&extension, cards, round)
                            .await
                            .context("the extension")?,
                    );
                }
            }
            ready.extend(with.iter().filter_map(|run| run.ready));
            ahead.extend(with.iter().map(|run| run.ahead));
            baseline_ahead.extend(without.iter().map(|run| run.ahead));
            per_card.push((cards, print_row(cards, rounds, &with, &without)));
        }
        println!(
            "content script from its first mark to ready: {}",
            of_ready(&Spread::of(ready))
        );
        println!(
            "own work done ahead, while the page waits for its orders: {} ms ({})",
            Spread::of(ahead),
            Spread::of(baseline_ahead)
        );
        if let (Some((few, small)), Some((many, large))) = (per_card.get(1), per_card.last()) {
            println!(
                "own work per card grows by a factor of {:.2} from {few} to {many} cards (linear growth: 1)",
                large / small
            );
        }
        extension.close();
        baseline.close();
    }
    Ok(())
}

/// Returns the extension's own work per card, in microseconds.
fn print_row(cards: usize, rounds: usize, with: &[Run], without: &[Run]) -> f64 {
    let spread =
        |runs: &[Run], value: &dyn Fn(&Run) -> f64| Spread::of(runs.iter().map(value).collect());
    let both = |value: &dyn Fn(&Run) -> f64| {
        format!("{} ({})", spread(with, value), spread(without, value))
    };
    let per_card = |run: &Run| run.work * 1000.0;
    let painted = |runs: &[Run]| {
        let times: Option<Vec<f64>> = runs.iter().map(|run| run.all).collect();
        times.map(Spread::of)
    };
    let all = |runs: &[Run]| {
        painted(runs).map_or_else(
            || format!("over {} s", PATIENCE.as_secs()),
            |times| times.to_string(),
        )
    };
    // The cards are as many on both sides: the ratio of the times is that of the times per card.
    let all_ratio = painted(with)
        .zip(painted(without))
        .map_or("–".to_owned(), |(ours, theirs)| {
            ratio(ours.median, theirs.median)
        });
    let worst = |runs: &[Run]| runs.iter().map(|run| run.late_frames).fold(0.0, f64::max);
    let megabytes =
        |runs: &[Run]| Spread::of(runs.iter().filter_map(|run| run.megabytes).collect());
    let ours = spread(with, &per_card).median;
    let mut longest = both(&|run| run.longest);
    if cards <= aim::LONGEST_UP_TO {
        longest.push(' ');
        longest.push_str(aim::said(
            spread(with, &|run| run.longest).most,
            aim::LONGEST,
        ));
    }
    let late = worst(with);
    println!(
        "{cards:>6} {rounds:>2}  {:<34} {:<16} {:<38} {all_ratio:>11}  {:<38} {:>11}  {:<37} {:.0} ({:.0})",
        both(&|run| run.view),
        format!(
            "{late:.0} ({:.0}) {}",
            worst(without),
            aim::said(late, aim::LATE)
        ),
        format!("{} ({})", all(with), all(without)),
        both(&per_card),
        ratio(ours, spread(without, &per_card).median),
        longest,
        megabytes(with).median,
        megabytes(without).median,
    );
    ours
}

/// How many times as much it is, and whether that is what is aimed at.
fn ratio(ours: f64, theirs: f64) -> String {
    let ratio = ours / theirs;
    format!("{ratio:.2} {}", aim::said(ratio, aim::RATIO))
}

fn of_ready(times: &Spread) -> String {
    let said = aim::said(times.median, aim::READY);
    format!("{times} ms (aim: {} ms, {said})", aim::READY)
}

async fn measure(session: &Session, cards: usize, round: usize) -> Result<Run> {
    let extension = session.has_extension();
    if extension {
        session.forget().await?;
    }
    // Time enough to put the probe in place before the page draws.
    let switches = Switches {
        orders: cards,
        all: true,
        delay_ms: 1500,
        ..Switches::default()
    };
    // Another address each time, or the fragment would make it the same page.
    let mark = format!("round={round}-{cards}");
    session
        .open(&format!("{}&{mark}#recourse-measure", switches.list_path()))
        .await?;
    // Firefox may answer before it is there when the address has a fragment.
    until("the page", PATIENCE, async || {
        let there =
            "return document.readyState === 'complete' && location.search.includes(arguments[0])";
        let there = session
            .script::<Option<bool>>(there, vec![json!(mark)])
            .await;
        Ok(if matches!(there, Ok(Some(true))) {
            Ok(())
        } else {
            Err(format!("{there:?}"))
        })
    })
    .await?;
    if !extension {
        session
            .page_script(BASELINE, &[json!(TOKENS), json!(STYLE), rules()])
            .await?;
    }
    session.page_script(PROBE, &[]).await?;
    let look = async || -> Result<Seen> { session.script(LOOK, Vec::new()).await };
    let finished = until("every badge", PATIENCE, async || {
        let seen = look().await?;
        Ok(if seen.done {
            Ok(())
        } else {
            Err(format!("{} are drawn", seen.drawn))
        })
    })
    .await
    .is_ok();
    let seen = look().await?;
    let (Some(view), Some(late_frames)) = (seen.view, seen.late) else {
        bail!(
            "{} cards, {} badges, and not even those in view have theirs after {} s",
            seen.cards,
            seen.drawn,
            PATIENCE.as_secs()
        );
    };
    if seen.tasks.is_empty() {
        bail!("no task was measured: are the marks still written for #recourse-measure?");
    }
    let heap = session.megabytes().await.ok();
    if extension && finished {
        kept(session, cards).await?;
    }
    // By now the background was told of every card as well.
    let told = look().await?;
    let own = told.tasks.iter().chain(&told.ahead).chain(&told.sends);
    let megabytes = heap.map(|heap| match session.browser {
        Browser::Chromium => heap + told.memory / 16.0,
        Browser::Firefox => heap,
    });
    Ok(Run {
        view,
        late_frames,
        all: seen.all,
        work: seen.tasks.iter().sum::<f64>() / seen.drawn,
        longest: own.copied().fold(0.0, f64::max),
        ahead: seen.ahead.iter().sum(),
        ready: seen.ready,
        megabytes,
    })
}

/// Waits until the background has kept what the list told, so that it does not work on during the next run.
async fn kept(session: &Session, cards: usize) -> Result<()> {
    let count = "const [done] = arguments; chrome.storage.local.get(null).then((all) => done(Object.keys(all).filter((key) => key.startsWith('order:')).length))";
    until(&format!("{cards} orders kept"), PATIENCE, async || {
        let kept = session
            .in_extension(count, Vec::new())
            .await?
            .as_u64()
            .unwrap_or_default();
        Ok(if kept >= cards as u64 {
            Ok(())
        } else {
            Err(format!("{kept} are"))
        })
    })
    .await
}

/// The rules that can count from what a card tells, in the baseline's words; it knows no country and no service.
fn rules() -> serde_json::Value {
    let state = |state: &OrderState| match state {
        OrderState::AwaitingDelivery => "awaiting",
        other => other.name(),
    };
    let general = RULES.iter().filter(|rule| rule.when.is_general());
    let rules = general.filter_map(|rule| {
        let Days::Fixed(days) = rule.days else {
            return None;
        };
        Some(json!({
            "id": rule.id,
            "anchor": if rule.anchor == Anchor::Placed { "placed" } else { "other" },
            "days": days,
            "states": rule.states.iter().map(state).collect::<Vec<_>>(),
            "whenOver": rule.shows == Shows::WhenOver,
        }))
    });
    rules.collect()
}

const LOOK: &str = r#"
    const time = (name) => performance.getEntriesByName(name)[0]?.startTime ?? null;
    const lengths = (name) => performance.getEntriesByName(name).map((entry) => entry.duration);
    const [start, ready] = [time('recourse:start'), time('recourse:ready')];
    const memory = performance.getEntriesByType('mark').filter((entry) => entry.name.startsWith('recourse:memory-')).at(-1);
    return {
      ...window.bench,
      cards: document.querySelectorAll('.order-item').length,
      drawn: document.getElementsByTagName('recourse-badge').length,
      tasks: lengths('recourse:task'),
      ahead: lengths('recourse:ahead'),
      sends: lengths('recourse:send'),
      memory: Number(memory?.name.split('-').at(-1) ?? 0),
      ready: start === null || ready === null ? null : ready - start,
    };
"#;

/// The middle, the smallest and the largest.
pub(crate) struct Spread {
    pub median: f64,
    least: f64,
    most: f64,
}

impl Spread {
    pub fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |index: usize| values.get(index).copied().unwrap_or(f64::NAN);
        let last = values.len().saturating_sub(1);
        Self {
            median: f64::midpoint(at(last / 2), at(last.div_ceil(2))),
            least: at(0),
            most: at(last),
        }
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            out,
            "{:.1} [{:.1}–{:.1}]",
            self.median, self.least, self.most
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Spread, of_ready, ratio};

    #[test]
    fn what_misses_its_aim_is_said_to() {
        assert_eq!(ratio(3.0, 2.0), "1.50 met");
        assert_eq!(ratio(3.2, 2.0), "1.60 missed");
        assert_eq!(
            of_ready(&Spread::of(vec![41.0, 39.0, 12.0])),
            "39.0 [12.0–41.0] ms (aim: 40 ms, met)"
        );
        assert_eq!(ratio(1.0, f64::NAN), "NaN missed");
    }

    #[test]
    fn the_median_of_an_even_number_lies_between_the_middle_two() {
        assert_eq!(
            Spread::of(vec![4.0, 1.0, 2.0, 3.0]).to_string(),
            "2.5 [1.0–4.0]"
        );
        assert_eq!(Spread::of(vec![7.0]).to_string(), "7.0 [7.0–7.0]");
    }
}
