// The listing of a product: nothing is loaded unless the user came from an order's evidence, to keep what the page says.
if (location.hash.startsWith('#recourse-evidence=')) window.recourseLoad?.('order').then((order) => order.attend_listing());
