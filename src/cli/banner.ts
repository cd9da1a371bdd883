import type { Config } from '../config.js';

/** What a person reads once the server is ready. */
export function banner(url: string, { mongodbUri, dataDir }: Config): string {
  const data = mongodbUri === '' ? `${dataDir} (embedded database)` : 'MongoDB (MONGODB_URI)';
  return `
  Chatset is ready.

    Page        ${url}/
    Playground  ${url}/playground
    Events      ${url}/docs
    API         ${url}/graphql (GraphQL over HTTP and WebSocket)
    Data        ${data}

  Demo people and a scene to read: run "npm run demo" in another terminal.
  Ctrl-C stops the server.

`;
}
