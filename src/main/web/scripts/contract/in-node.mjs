/** The official client under Node. Arguments: URL, room, two tokens, transport. Prints what was seen, as JSON. */
import { createRequire } from 'node:module';
import { conversation } from './conversation.mjs';

const [url, room, first, second, transport] = process.argv.slice(2);
const EventBus = createRequire(import.meta.url)('@vertx/eventbus-bridge-client.js');
const seen = await conversation(EventBus, { url, room, tokens: [first, second], transport });
process.stdout.write(`${JSON.stringify(seen)}\n`);
process.exit(0);
