import { Types } from 'mongoose';

/** A stored document as the driver gives it. */
export type Stored = Record<string, unknown>;

/**
 * Turns a lean document into a plain entity: `_id` becomes `id`, every ObjectId its 24 hexadecimal digits.
 * Hydrated Mongoose documents never leave this room, because GraphQL would see their accessors as undefined.
 */
export function revive<T extends object>(Entity: new () => T, stored: Stored): T {
  const entity = new Entity() as Record<string, unknown>;
  for (const key in stored) {
    if (key === '_id') entity.id = plain(stored._id);
    else if (key !== '__v') entity[key] = plain(stored[key]);
  }
  return entity as T;
}

function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (value instanceof Types.ObjectId) return value.toHexString();
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
