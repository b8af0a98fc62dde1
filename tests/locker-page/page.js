// Hands the program's functions to the fault rig, which calls them through the driver.
import * as locker from './locker_page.js';

await locker.default();
window.locker = locker;
