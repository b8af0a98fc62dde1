//! What tests of several modules begin with.

use super::ledger::Record;
use super::order::OrderId;
use super::sighting::{Fact, Page, Reading};
use super::time::Moment;

/// The record of an order of which one look at one page has told this.
pub fn record(page: Page, facts: &[Fact]) -> Record {
    let order = OrderId::new("8212313961591322").unwrap();
    let mut reading = Reading::new(order.clone(), page, Moment(1));
    facts.iter().for_each(|fact| reading.saw(fact.clone(), ""));
    let mut record = Record::new(order);
    record.absorb(&reading);
    record
}
