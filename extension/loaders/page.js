// Starts the module of the extension's own pages; which page it is, the module reads from the document.
import start from '../dashboard/dashboard.js';

start();
