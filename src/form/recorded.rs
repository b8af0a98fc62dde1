//! What of a filling is kept, as far as that is known: a write that failed, or was never answered, may be there all the same.

use super::filling::{Filling, Sent};
use super::view::{State, View};

/// What the form holds, beside what was asked to be kept of it.
#[derive(Clone, Debug, Default)]
pub struct Recorded {
    /// What may be kept: the last that was tried.
    tried: Option<Filling>,
    /// Whether that is what is kept.
    certain: bool,
}

/// What is to be done so that what is kept is what the form holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    Keep(Filling),
    /// What was put back was not said to the shop.
    Forget(Filling),
}

impl Recorded {
    /// What is due. It counts as tried from now on: until it [is done](Self::done), it is due again.
    pub fn due(&mut self, view: &View, sent: &Sent) -> Option<Due> {
        match view.state {
            State::Done => {
                let filling = Filling::of(view, sent);
                let is_kept = self.certain && self.tried.as_ref() == Some(&filling);
                if filling.fields.is_empty() || is_kept {
                    return None;
                }
                self.tried = Some(filling.clone());
                self.certain = false;
                Some(Due::Keep(filling))
            }
            State::Undone => {
                self.certain = false;
                self.tried.clone().map(Due::Forget)
            }
            State::Offered | State::Filling => None,
        }
    }

    /// It is on the disk.
    pub fn done(&mut self, due: &Due) {
        match due {
            Due::Keep(filling) => self.certain = self.tried.as_ref() == Some(filling),
            Due::Forget(_) => self.tried = None,
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
        let back = view(State::Undone, Status::Found);
        let due = recorded.due(&back, &sent).unwrap();
        assert_eq!(due, Due::Forget(tried));
        assert_eq!(
            recorded.due(&back, &sent),
            Some(due.clone()),
            "it may be there"
        );
        recorded.done(&due);
        assert_eq!(recorded.due(&back, &sent), None);
    }

    #[test]
    fn an_old_text_that_is_filled_in_again_is_kept_again() {
        let (sent, mut recorded) = (sent(), Recorded::default());
        let view = filled("It is broken.");
        let due = recorded.due(&view, &sent).unwrap();
        recorded.done(&due);
        let _ = recorded.due(&self::view(State::Undone, Status::Found), &sent);
        assert!(recorded.due(&view, &sent).is_some(), "it may be gone");
    }

    #[test]
    fn a_form_that_holds_nothing_of_the_claim_is_not_recorded() {
        let (sent, mut recorded) = (sent(), Recorded::default());
        let view = view(State::Done, Status::Found);
        assert_eq!(recorded.due(&view, &sent), None);
        assert_eq!(
            recorded.due(&self::view(State::Undone, Status::Found), &sent),
            None
        );
    }
}
