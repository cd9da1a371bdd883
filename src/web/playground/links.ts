/** A description of the API that the server publishes. */
export interface ApiLink {
  readonly name: string;
  readonly path: string;
}

/** What stands beside the title, in this order. */
export const apiLinks: readonly ApiLink[] = [
  { name: 'Events', path: '/docs' },
  { name: 'REST', path: '/docs/rest' },
  { name: 'Schema', path: '/schema.graphql' },
  { name: 'OpenAPI', path: '/openapi.json' },
  { name: 'AsyncAPI', path: '/asyncapi.json' },
];
