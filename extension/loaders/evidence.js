// Starts the module of the page of evidence.
import start from '../evidence/evidence.js';

start();
