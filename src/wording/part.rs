//! What a window of a part of an order is called.

use super::Wording;
use crate::domain::clock::Clock;
use crate::domain::ledger::Record;
use crate::domain::sighting::Part;

impl Wording {
    /// The window's name; where the order has several such windows, with the part that it is of: "Package 2 · Delivery protection".
    #[must_use]
    pub fn window_of(&self, record: &Record, clock: &Clock, all: &[Clock]) -> String {
        let name = self.window(clock.kind);
        if all.iter().filter(|other| other.kind == clock.kind).count() < 2 {
            return name;
        }
        let sighting = &clock.because.sighting;
        let (key, part) = match (record.part_of(sighting), sighting.fact.line()) {
            (Some(Part::Line(number)), _) => ("dashboard_fact_of_line", self.number(number.into())),
            (Some(Part::Package(number)), _) => {
                ("dashboard_fact_of_package", self.number(number.into()))
            }
            (None, 0) => return name,
            (None, line) => ("dashboard_fact_of_line", line.to_string()),
        };
        self.messages.with(key, &[&part, &name])
    }
}
