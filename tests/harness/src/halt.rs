//! Chromium's background program, halted at one of the places where it waits for the browser.
//!
//! What it calls of the browser's interfaces is counted, and there are three places to each call: before it, when it was made, and when its
//! answer has come. At the wanted one the program's debugger holds it: nothing of it goes on, until it is stopped.

use anyhow::Result;
use serde_json::{Value, json};

use crate::session::Session;

/// Counts from now on, and halts at the place of that number; the first is 1. The program that is stopped forgets it.
pub async fn at(session: &Session, place: u32) -> Result<()> {
    // The message also wakes the program, whatever it answers.
    let listen = r"
        const [done] = arguments;
        window.halts?.close();
        window.halted = null;
        window.halts = new BroadcastChannel('halts');
        window.halts.onmessage = (event) => { window.halted = event.data; };
        chrome.runtime.sendMessage({}).then(() => done(null), () => done(null));
    ";
    session.in_extension(listen, Vec::new()).await?;
    let program = crate::until("one background program", crate::LONG, async || {
        let targets = session.cdp("Target.getTargets", json!({})).await?;
        let is_program = |target: &&Value| {
            let url = target["url"].as_str().unwrap_or_default();
            target["type"] == "service_worker" && url.starts_with(&session.extension_url(""))
        };
        let targets = targets["targetInfos"].as_array();
        let programs: Vec<&Value> = targets.into_iter().flatten().filter(is_program).collect();
        // One that was stopped in its debugger may be there for a moment longer.
        Ok(match programs[..] {
            [program] => Ok(program["targetId"].clone()),
            _ => Err(format!("{} programs", programs.len())),
        })
    })
    .await?;
    let attach = json!({ "targetId": program });
    let attached = session.cdp("Target.attachToTarget", attach).await?;
    let count = format!("({COUNT})({place})");
    for (id, method, parameters) in [
        (1, "Debugger.enable", json!({})),
        (2, "Runtime.evaluate", json!({ "expression": count })),
    ] {
        let message = json!({ "id": id, "method": method, "params": parameters }).to_string();
        let send = json!({ "sessionId": attached["sessionId"], "message": message });
        session.cdp("Target.sendMessageToTarget", send).await?;
    }
    // What was sent has arrived once the program says that it counts.
    crate::until("the program counts", crate::LONG, async || {
        let said = here(session).await?;
        Ok(match said {
            Value::Null => Err("nothing was said".to_owned()),
            _ => Ok(()),
        })
    })
    .await
}

/// Where the program has been halted: `before storage.local.set`. `None`: it has not come that far yet.
pub async fn reached(session: &Session) -> Result<Option<String>> {
    let said = here(session).await?;
    let place = said.as_str().filter(|said| *said != "counting");
    Ok(place.map(str::to_owned))
}

async fn here(session: &Session) -> Result<Value> {
    let said = "arguments[0](window.halted)";
    session.in_extension(said, Vec::new()).await
}

const COUNT: &str = r"(last) => {
    const say = new BroadcastChannel('halts');
    let places = 0;
    const pass = (place) => {
        places += 1;
        if (places !== last) return;
        say.postMessage(place);
        debugger;
    };
    for (const path of ['storage.local', 'storage.session', 'storage.sync', 'alarms', 'notifications', 'tabs', 'action']) {
        const object = path.split('.').reduce((object, name) => object?.[name], chrome) ?? {};
        for (const name in object) {
            const call = object[name];
            if (typeof call !== 'function') continue;
            object[name] = (...given) => {
                pass(`before ${path}.${name}`);
                const answer = call.apply(object, given);
                pass(`within ${path}.${name}`);
                return answer instanceof Promise ? answer.finally(() => pass(`after ${path}.${name}`)) : answer;
            };
        }
    }
    say.postMessage('counting');
}";
