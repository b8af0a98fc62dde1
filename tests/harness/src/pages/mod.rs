//! What can be seen and done on each page.

pub mod evidence;
pub mod extension;
pub mod form;
pub mod order_detail;
pub mod order_list;
