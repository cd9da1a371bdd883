import type { IncomingMessage } from 'node:http';
import { ChatError } from '../errors.js';

/** The largest body of a request, in bytes. */
export const maxBodyBytes = 100_000;
/** What is read and thrown away of a body that is too large, so that its sender gets to read the answer. */
const maxDiscardedBytes = 4_000_000;

/**
 * Reads a body of JSON.
 * @returns undefined when there is no body or it is not declared as JSON
 * @throws ChatError PAYLOAD_TOO_LARGE over 100,000 bytes, BAD_USER_INPUT when it is not JSON or compressed
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (request.headers['content-encoding'] !== undefined) {
    throw new ChatError('BAD_USER_INPUT', 'Compressed bodies are not accepted. Send the body as it is.');
  }
  const body = await readBody(request);
  if (body.length === 0 || !isJson(request)) return undefined;
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    throw new ChatError('BAD_USER_INPUT', 'The body is not valid JSON.');
  }
}

function isJson(request: IncomingMessage): boolean {
  const type = request.headers['content-type'] ?? '';
  return /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type);
}

function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
      else if (size > maxDiscardedBytes) reject(tooLarge());
    });
    request.on('end', () => {
      if (size > maxBodyBytes) reject(tooLarge());
      else resolve(Buffer.concat(chunks));
    });
    request.on('error', reject);
    request.on('close', () => {
      if (!request.complete) reject(new ChatError('BAD_USER_INPUT', 'The body ended too early.'));
    });
  });
}

function tooLarge(): ChatError {
  return new ChatError('PAYLOAD_TOO_LARGE', `The body is too large: at most ${maxBodyBytes} bytes. Send less at once.`);
}
