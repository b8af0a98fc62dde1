//! The shop's order list, and what the extension has put on it.

use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::{Result, ensure};
use chrono::{DateTime, Utc};
use local_site::Switches;
use serde::Deserialize;
use serde_json::json;

use crate::driver::Browser;
use crate::session::Session;
use crate::texts;
use crate::wait::{LONG, until};

/// One badge as the page can see it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Badge {
    pub order: String,
    pub kind: String,
    pub clock: Option<String>,
    #[serde(rename = "until")]
    pub until_text: Option<String>,
    /// Takes up room on the page.
    pub shown: bool,
}

impl Badge {
    /// `data-until`, which must be a moment with its zone.
    pub fn until(&self) -> Result<Option<DateTime<Utc>>> {
        let read = |text: &String| {
            DateTime::parse_from_rfc3339(text)
                .map(|moment| moment.to_utc())
                .map_err(|problem| {
                    anyhow::anyhow!("data-until=\"{text}\" of order {}: {problem}", self.order)
                })
        };
        self.until_text.as_ref().map(read).transpose()
    }
}

/// One visible card, by the order that the page made it for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Card {
    /// `None` where the card holds no id.
    pub order: Option<String>,
    pub badges: Vec<Badge>,
}

/// The list at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Sight {
    pub cards: Vec<Card>,
    /// Badges outside every card, or in a hidden one.
    pub stray: Vec<Badge>,
    /// Those that say that something is wrong with the page or the extension.
    pub notices: usize,
    /// Whether a notice says that the computer's clock is doubted.
    pub doubted: bool,
    /// How many strips stand above the list.
    pub strips: usize,
    /// Whether the page has drawn its list.
    pub drawn: bool,
}

/// Cards carry the page's own order object; those of the old generation a link. Ids are read from there, not through the extension.
const LOOK: &str = r#"
    const shown = (node) => node.getClientRects().length > 0;
    const old = [...document.querySelectorAll('#buyer-ordertable > tbody')];
    const list = [...document.querySelectorAll('.comet-checkbox-group, #root [data-spm="order_list_main"] > *')].flatMap((group) => [...group.children]);
    const current = list.filter((node) => node.querySelector('[class]') && (node.order || node.previousElementSibling?.order?.shownTwice));
    const idOf = (card) => {
      const order = card.order ?? card.previousElementSibling?.order;
      if (order) return order.noId ? null : order.id;
      return card.querySelector('a[href*="orderId="]')?.href.match(/orderId=(\d+)/)?.[1] ?? null;
    };
    const badge = (host) => ({
      order: host.dataset.order ?? '', kind: host.dataset.kind ?? '', clock: host.dataset.clock ?? null,
      until: host.dataset.until ?? null, shown: shown(host),
    });
    const cards = [...current, ...old].filter(shown);
    const hosts = [...document.querySelectorAll('recourse-badge:not([data-line])')];
    const inCard = new Map(cards.map((card) => [card, []]));
    const stray = [];
    for (const host of hosts) {
      let card = host;
      while (card && !inCard.has(card)) card = card.parentElement;
      (card ? inCard.get(card) : stray).push(badge(host));
    }
    return {
      cards: cards.map((card) => ({ order: idOf(card), badges: inCard.get(card) })),
      stray,
      notices: [...document.querySelectorAll('recourse-notice:not([data-about])')].filter(shown).length,
      doubted: [...document.querySelectorAll('recourse-notice[data-about="clock"]')].some(shown),
      strips: document.querySelectorAll('recourse-strip').length,
      drawn: cards.length > 0,
    };
"#;

impl Sight {
    /// What is wrong by the contract, or `None`: one badge in one visible card of every order that has an id, and none anywhere else.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        if !self.drawn {
            return Some("the list is not drawn".to_owned());
        }
        if self.notices > 0 {
            return Some(format!("{} notices", self.notices));
        }
        if self.strips > 1 {
            return Some(format!("{} strips", self.strips));
        }
        if let Some(stray) = self.stray.first() {
            return Some(format!("a badge outside every visible card: {stray:?}"));
        }
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for card in &self.cards {
            for badge in &card.badges {
                match &card.order {
                    None => return Some(format!("a badge in a card without an id: {badge:?}")),
                    Some(order) if badge.order != *order => {
                        return Some(format!(
                            "a badge for {} in the card of {order}",
                            badge.order
                        ));
                    }
                    Some(_) => {}
                }
                if !badge.shown {
                    return Some(format!("a badge that takes up no room: {badge:?}"));
                }
                if let Some(fault) = badge.fault() {
                    return Some(fault);
                }
            }
            if let Some(order) = &card.order {
                *count.entry(order).or_default() += card.badges.len();
            }
        }
        count
            .into_iter()
            .find(|(_, badges)| *badges != 1)
            .map(|(order, badges)| format!("{badges} badges for order {order}"))
    }

    #[must_use]
    pub fn badges(&self) -> Vec<&Badge> {
        self.cards.iter().flat_map(|card| &card.badges).collect()
    }

    /// Waits until something is kept of every order that has a badge.
    pub async fn kept(&self, session: &Session) -> Result<()> {
        session
            .until_kept("every order of the list", |kept| {
                let is_kept =
                    |badge: &&&Badge| kept.contains_key(&format!("order:{}", badge.order));
                let badges = self.badges();
                match badges.len() - badges.iter().filter(is_kept).count() {
                    0 => Ok(()),
                    missing => Err(format!("{missing} are not")),
                }
            })
            .await
    }

    #[must_use]
    pub fn badge(&self, order: &str) -> Option<&Badge> {
        self.badges().into_iter().find(|badge| badge.order == order)
    }
}

impl Badge {
    /// What is wrong with its attributes by the contract.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        let badge = self;
        let known = ["printed", "rule", "estimate", "unknown", "closed"];
        if !known.contains(&badge.kind.as_str()) {
            return Some(format!(
                "data-kind=\"{}\" is no kind: {badge:?}",
                badge.kind
            ));
        }
        let dated = !matches!(badge.kind.as_str(), "unknown" | "closed");
        if dated != badge.until_text.is_some() || dated != badge.clock.is_some() {
            return Some(format!(
                "data-until and data-clock do not go with the kind: {badge:?}"
            ));
        }
        badge.until().err().map(|problem| problem.to_string())
    }
}

pub struct OrderList<'a> {
    session: &'a Session,
}

impl<'a> OrderList<'a> {
    /// Opens the list and waits until every visible card has what the contract says.
    pub async fn open(session: &'a Session, switches: &Switches) -> Result<(Self, Sight)> {
        session.open(&switches.list_path()).await?;
        let list = Self { session };
        let sight = list.settled().await?;
        Ok((list, sight))
    }

    /// The list that is open already.
    #[must_use]
    pub fn here(session: &'a Session) -> Self {
        Self { session }
    }

    pub async fn look(&self) -> Result<Sight> {
        self.session.script(LOOK, Vec::new()).await
    }

    /// Waits until the contract holds.
    pub async fn settled(&self) -> Result<Sight> {
        // A thousand cards on a machine that does much else.
        let limit = LONG * 3;
        until("one badge in the card of every order", limit, async || {
            let start = Instant::now();
            let sight = self.look().await?;
            let fault = sight.fault();
            if fault.is_some() {
                // A look lays the page out anew: the page has as much of the time as those who look at it.
                tokio::time::sleep(start.elapsed()).await;
            }
            Ok(fault.map_or(Ok(sight), Err))
        })
        .await
    }

    /// Waits until the strip above the list speaks that language. Only Chromium lets a test look into it.
    pub async fn speaks(&self, language: &str) -> Result<()> {
        if self.session.browser != Browser::Chromium {
            return Ok(());
        }
        let check = texts::part_of(language, "check_start")?;
        until(&format!("the strip says {check:?}"), LONG, async || {
            let text = self.session.closed_text("recourse-strip").await;
            Ok(match text {
                Ok(text) if text.contains(&check) => Ok(()),
                other => Err(format!("{other:?}")),
            })
        })
        .await
    }

    /// Waits until the list itself is drawn, with or without badges.
    pub async fn drawn(&self) -> Result<Sight> {
        until("the list", LONG, async || {
            let sight = self.look().await?;
            Ok(if sight.drawn {
                Ok(sight)
            } else {
                Err("no cards".to_owned())
            })
        })
        .await
    }

    /// Waits until the contract holds and the badge of one order is as wanted.
    pub async fn badge_where(
        &self,
        order: &str,
        what: &str,
        wanted: impl Fn(&Badge) -> bool,
    ) -> Result<Badge> {
        until(what, LONG, async || {
            let sight = self.look().await?;
            if let Some(fault) = sight.fault() {
                return Ok(Err(fault));
            }
            Ok(match sight.badge(order) {
                Some(badge) if wanted(badge) => Ok(badge.clone()),
                other => Err(format!("{other:?}")),
            })
        })
        .await
    }

    /// Presses "View orders" until no more come, and returns how many cards there are.
    pub async fn show_all(&self) -> Result<usize> {
        self.session.script("let shown = 0; for (;;) { const now = demo.more(); if (now === shown) return now; shown = now; }", vec![]).await
    }

    /// Opens a tab of the list by the name that the page gives it.
    pub async fn tab(&self, name: &str) -> Result<()> {
        let script = "const [name, done] = arguments; demo.tab(name).then(done)";
        self.session.async_script(script, vec![json!(name)]).await?;
        Ok(())
    }

    /// Records, from now on, for each card in the viewport whether its badge was there when its first frame was painted, and what it said.
    ///
    /// A `ResizeObserver` that begins in an animation frame is called in that same frame, after all other callbacks and before the paint.
    pub async fn watch_first_frames(&self) -> Result<()> {
        let script = r#"
            const seen = new WeakSet();
            const said = [];
            const now = (card) => {
              const badge = card.querySelector('recourse-badge');
              return badge && `${badge.dataset.kind} ${badge.dataset.until ?? ''}`;
            };
            window.firstFrames = { cards: 0, late: [], changed: () => said
              .filter(({ card, order }) => card.isConnected && card.order.id === order)
              .map(({ card, order, first }) => ({ order, first, now: now(card) }))
              .filter(({ first, now }) => now && first !== now)
              .map(({ order, first, now }) => `${order}: ${first}, then ${now}`) };
            const inView = (rect) => rect.height > 0 && rect.bottom > 0 && rect.top < innerHeight;
            const check = (card) => {
              if (!card.isConnected || !inView(card.getBoundingClientRect())) return;
              window.firstFrames.cards += 1;
              const first = now(card);
              if (first) said.push({ card, order: card.order.id, first });
              else window.firstFrames.late.push(card.order.id);
            };
            new MutationObserver((changes) => {
              const added = changes.flatMap((change) => [...change.addedNodes]);
              const nodes = new Set(added.flatMap((node) => [node, ...(node.querySelectorAll?.('*') ?? [])]));
              const cards = [...nodes].filter((node) => node.order?.id && !node.order.noId && !seen.has(node));
              if (!cards.length) return;
              cards.forEach((card) => seen.add(card));
              requestAnimationFrame(() => cards.forEach((card) => {
                const once = new ResizeObserver(() => { once.disconnect(); check(card); });
                once.observe(card);
              }));
            }).observe(document.documentElement, { childList: true, subtree: true });
            return null;
        "#;
        self.session
            .script::<Option<()>>(script, Vec::new())
            .await?;
        Ok(())
    }

    /// How many cards were recorded. None of their badges may have been late, and none may have changed its mind since.
    pub async fn first_frames(&self) -> Result<usize> {
        #[derive(Deserialize)]
        struct Recorded {
            cards: usize,
            late: Vec<String>,
            changed: Vec<String>,
        }
        let look = "const { cards, late, changed } = window.firstFrames; return { cards, late, changed: changed() }";
        let recorded: Recorded = self.session.script(look, Vec::new()).await?;
        ensure!(
            recorded.late.is_empty(),
            "{} of {} cards were first painted without their badge: {:?}",
            recorded.late.len(),
            recorded.cards,
            recorded.late
        );
        ensure!(
            recorded.changed.is_empty(),
            "badges that say something else than at first: {:?}",
            recorded.changed
        );
        Ok(recorded.cards)
    }
}
