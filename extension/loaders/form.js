// A dispute form of the shop.
window.recourseLoad?.('form').then((form) => form.begin());
