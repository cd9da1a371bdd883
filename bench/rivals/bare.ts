import type { AddressInfo } from 'node:net';
import { type RawData, WebSocketServer } from 'ws';

/* What the machine gives: every message goes to every socket as it came, with nothing in between. */
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () => {
  process.stdout.write(`API http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql\n`);
});
server.on('connection', (socket) => {
  socket.on('message', (message: RawData) => {
    for (const client of server.clients) client.send(message, { binary: false });
  });
});
process.on('SIGINT', () => process.exit(0));
