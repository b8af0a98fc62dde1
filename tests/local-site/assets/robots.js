// The dialogue by which the shop finds out whether a person is there.

import { el } from './shared.js';

document.getElementById('root').append(
  el('div.baxia-dialog', { role: 'dialog', 'aria-label': 'Check' }, el('div.nc-container', { id: 'nc_1_wrapper' }, 'Please slide to verify')),
);
