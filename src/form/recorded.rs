//! What of a filling is kept, as far as that is known: a write that failed, or was never answered, may be there all the same.

use super::filling::{Filling, Sent};
use super::view::{State, View};
use crate::store::locker::Kept;

/// What the form holds, beside what was asked to be kept of it.
#[derive(Clone, Debug, Default)]
pub struct Recorded {
    /// What may be kept: the last that was tried.
    tried: Option<Filling>,
    /// Whether that is what is kept.
    certain: bool,
    /// What may be kept and was put back since.
    put_back: Vec<Filling>,
}

/// What is to be done so that what is kept is what the form holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    Keep(Filling),
    /// What was put back was not said to the shop.
    Forget(Filling),
}

impl Recorded {
    /// Takes note of what the form is now. It is told of each view, also while something is being kept: what is put back meanwhile, and filled
    /// once more, is a filling of its own.
    pub fn seen(&mut self, view: &View) {
        if view.state == State::Undone {
            self.put_back.extend(self.tried.take());
        }
    }

    /// What is due next. It counts as tried from now on: until it [is done](Self::done), it is due again.
    pub fn due(&mut self, view: &View, sent: &Sent) -> Option<Due> {
        let holds = (view.state == State::Done).then(|| Filling::of(view, sent));
        let holds = holds.filter(|filling| !filling.fields.is_empty());
        if let Some(filling) = &holds {
            // It is kept in the place of what goes by the same name.
            self.put_back.retain(|other| other.id() != filling.id());
        }
        let is_kept = self.certain && self.tried == holds;
        let keep = holds.filter(|_| !is_kept);
        if let Some(filling) = keep {
            self.tried = Some(filling.clone());
            self.certain = false;
            return Some(Due::Keep(filling));
        }
        self.put_back.first().cloned().map(Due::Forget)
    }

    /// Whether nothing of the form is kept but what is to be forgotten.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.tried.is_none()
    }

    /// It is on the disk.
    pub fn done(&mut self, due: &Due) {
        match due {
            Due::Keep(filling) => self.certain = self.tried.as_ref() == Some(filling),
            Due::Forget(filling) => self.put_back.retain(|other| other != filling),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::claim::{Claim, Happened, Solution};
    use crate::domain::order::OrderId;
    use crate::domain::time::Moment;
    use crate::form::view::{FieldView, Status};
    use crate::form::vocabulary::Concept;

    fn sent() -> Sent {
        let claim = Claim {
            order: OrderId::new("8212313961591322").unwrap(),
            happened: Happened::Damaged,
            solution: Solution::RefundOnly,
            amount: None,
            description: "It is broken.".into(),
            files: Vec::new(),
        };
        Sent {
            claim,
            line: 1,
            at: Moment(1_000),
        }
    }

    fn view(state: State, status: Status) -> View {
        let field = FieldView {
            concept: Concept::Description,
            status,
            limit: None,
            taught: false,
        };
        View {
            state,
            fields: vec![field],
            ..View::default()
        }
    }

    fn filled(text: &str) -> View {
        view(State::Done, Status::Filled(text.into()))
    }

    fn back() -> View {
        view(State::Undone, Status::Found)
    }

    #[test]
    fn what_was_not_kept_is_tried_again_and_what_is_kept_is_not() {
        let (sent, mut recorded) = (sent(), Recorded::default());
        let view = filled("It is broken.");
        let first = recorded.due(&view, &sent).unwrap();
        assert_eq!(first, Due::Keep(Filling::of(&view, &sent)));
        let again = recorded.due(&view, &sent).unwrap();
        assert_eq!(again, first, "nobody has said that it is kept");
        recorded.done(&again);
        assert_eq!(recorded.due(&view, &sent), None);
        assert!(recorded.due(&filled("It is torn."), &sent).is_some());
    }

    #[test]
    fn what_was_put_back_is_forgotten_though_nobody_has_said_that_it_is_kept() {
        let (sent, mut recorded) = (sent(), Recorded::default());
        let tried = Filling::of(&filled("It is broken."), &sent);
        assert!(recorded.due(&filled("It is broken."), &sent).is_some());
        recorded.seen(&back());
        let due = recorded.due(&back(), &sent).unwrap();
        assert_eq!(due, Due::Forget(tried));
        assert_eq!(
            recorded.due(&back(), &sent),
            Some(due.clone()),
            "it may be there"
        );
        recorded.done(&due);
        assert_eq!(recorded.due(&back(), &sent), None);
    }

    #[test]
    fn what_was_put_back_while_it_was_being_kept_is_forgotten_though_the_form_is_filled_once_more()
    {
        let (first, mut recorded) = (sent(), Recorded::default());
        let view = filled("It is broken.");
        let keep = recorded.due(&view, &first).unwrap();
        recorded.seen(&back());
        assert!(recorded.is_empty());
        let second = Sent {
            at: Moment(2_000),
            ..first.clone()
        };
        recorded.seen(&View {
            state: State::Filling,
            ..back()
        });
        recorded.seen(&view);
        // Only now the first is on the disk.
        recorded.done(&keep);
        // What the form holds goes before what it held.
        for due in [
            Due::Keep(Filling::of(&view, &second)),
            Due::Forget(Filling::of(&view, &first)),
        ] {
            assert_eq!(recorded.due(&view, &second), Some(due.clone()));
            recorded.done(&due);
        }
        assert_eq!(recorded.due(&view, &second), None);
        assert!(!recorded.is_empty());
    }

    #[test]
    fn an_old_text_that_is_filled_in_again_is_kept_again() {
        let (sent, mut recorded) = (sent(), Recorded::default());
        let view = filled("It is broken.");
        let keep = recorded.due(&view, &sent).unwrap();
        recorded.done(&keep);
        recorded.seen(&back());
        // It goes by the same name, and is not forgotten after it was kept.
        assert_eq!(
            recorded.due(&view, &sent),
            Some(keep.clone()),
            "it may be gone"
        );
        recorded.done(&keep);
        assert_eq!(recorded.due(&view, &sent), None);
    }

    #[test]
    fn a_form_that_holds_nothing_of_the_claim_is_not_recorded() {
        let (sent, mut recorded) = (sent(), Recorded::default());
        assert_eq!(recorded.due(&view(State::Done, Status::Found), &sent), None);
        recorded.seen(&back());
        assert_eq!(recorded.due(&back(), &sent), None);
    }
}
