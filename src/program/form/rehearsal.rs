//! A rehearsal, before the page is looked at: a small form of our own, which is never shown, is surveyed and recognised. The engine
//! compiles what runs for the first time, and that would be waited for while the page is looked at.

use std::rc::Rc;

use super::Form;
use crate::browser::dom::DomNode;
use crate::browser::idle;
use crate::form::recognise::{Expected, recognise};
use crate::form::survey::survey;

/// One control of each kind that forms have.
const SAMPLE: &str = "<form><h2>Open dispute</h2>\
<fieldset><legend>Have you received the package?</legend>\
<label><input type=radio name=a>Yes</label><label><input type=radio name=a>No</label></fieldset>\
<label for=b>Reason</label><select id=b><option>Damaged<option>Not received</select>\
<div role=radiogroup aria-label=Solution><div role=radio aria-checked=false>Refund only</div>\
<div role=radio aria-checked=false>Return and refund</div></div>\
<div><span>Amount</span><input type=number name=amount></div>\
<label>Details<textarea maxlength=500></textarea></label><span>0/500</span>\
<input type=file accept=image/* multiple><p>Photos, 5 MB</p>\
<div class=upload-drop>Videos</div><button type=button>Send</button></form>";

impl Form {
    /// Rehearses once the page has nothing to do, if it has not been looked at by then.
    pub(super) fn rehearse_when_idle(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        idle::then(move || {
            let form = weak.upgrade();
            if let Some(form) = form.filter(|form| form.settling.borrow().is_some()) {
                form.measure.ahead(|| form.rehearse());
            }
        });
    }

    fn rehearse(&self) {
        let Some(sample) = DomNode::parsed(SAMPLE) else {
            return;
        };
        let mut survey = survey(&sample);
        for control in &mut survey.controls {
            // What is not shown cannot be filled, and is not looked at any further.
            control.barrier = None;
        }
        let _ = recognise(&survey, &self.words, Expected::Address, &[]);
    }
}
