// An order's own pages.
window.recourseLoad?.('order').then((order) => order.read_page());
