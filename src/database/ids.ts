import { randomBytes } from 'node:crypto';
import { Types } from 'mongoose';

const hexId = /^[0-9a-f]{24}$/;

/** A new id, as the 24 hexadecimal digits that every part of the program uses. */
export function newId(): string {
  return new Types.ObjectId().toHexString();
}

/** A new id that tells nothing of others: who does not know it cannot count its way to it. */
export function newSecretId(): string {
  return randomBytes(12).toString('hex');
}

/** Whether a text can be an id at all; what cannot is answered like what does not exist. */
export function isId(text: string): boolean {
  return hexId.test(text);
}

/** The stored form of an id. The text must be an id. */
export function objectId(id: string): Types.ObjectId {
  return Types.ObjectId.createFromHexString(id);
}
