// The order list: its program starts by itself, and loads the one about one order when the user turns to a badge.
window.recourseLoad?.('content');
