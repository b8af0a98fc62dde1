// Hands the browser's events to the background module. The browser wakes a service worker for an event and drops the
// event if its listener is not there when the script ends; WebAssembly starts later than that. So the listeners are
// registered here, at once, and each event waits until the module is ready.
import start, { on_event } from '../background/background.js';

const events = [
  ['runtime', 'onMessage'],
  ['runtime', 'onInstalled'],
  ['runtime', 'onStartup'],
  ['alarms', 'onAlarm'],
  ['notifications', 'onClicked'],
  ['storage', 'onChanged'],
  ['permissions', 'onAdded'],
  ['permissions', 'onRemoved'],
];

const ready = start();

for (const [namespace, event] of events) {
  const name = `${namespace}.${event}`;
  // Where the browser withholds a permission, its events are not there; all others still are.
  chrome[namespace]?.[event]?.addListener((...args) => {
    const answers = name === 'runtime.onMessage';
    // The last argument of a message is the function that answers it; the other events have none.
    const reply = answers ? args.pop() : () => {};
    ready
      .then(() => on_event(name, args, reply))
      .catch((error) => {
        console.error(`Recourse: ${name} was not handled`, error);
        reply();
      });
    // True keeps the channel to the sender open until the answer is there.
    return answers;
  });
}
