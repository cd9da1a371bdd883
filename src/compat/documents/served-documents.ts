import express, { type Router } from 'express';
import type { GraphQLSchema } from 'graphql';
import { asyncapi } from './asyncapi.js';
import { openapi } from './openapi.js';

/** Serves the documents of both protocols; each is made when it is first asked for. */
export function servedDocuments(schema: GraphQLSchema, version: string): Router {
  const router = express.Router();
  for (const [path, make] of Object.entries({ '/openapi.json': openapi, '/asyncapi.json': asyncapi })) {
    let document: object | undefined;
    router.get(path, (_request, response) => {
      document ??= make(schema, version);
      response.json(document);
    });
  }
  return router;
}
