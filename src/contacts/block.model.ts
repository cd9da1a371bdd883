import { index, modelOptions, prop } from '@typegoose/typegoose';
import { Types } from 'mongoose';

/** Somebody does not want to hear from a person; it works in both directions. */
@modelOptions({ schemaOptions: { collection: 'blocks', versionKey: false } })
@index({ ownerId: 1, userId: 1 }, { unique: true })
@index({ ownerId: 1, createdAt: -1, _id: -1 })
@index({ userId: 1 })
export class Block {
  id!: string;

  @prop({ type: Types.ObjectId, required: true })
  ownerId!: string;

  @prop({ type: Types.ObjectId, required: true })
  userId!: string;

  @prop({ type: Date, required: true })
  createdAt!: Date;
}
