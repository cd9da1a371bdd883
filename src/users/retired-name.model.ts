import { modelOptions, prop } from '@typegoose/typegoose';

/** A username whose person has gone. Only its hash is kept, so that nobody can take the name and pass for that person. */
@modelOptions({ schemaOptions: { collection: 'retiredNames', versionKey: false } })
export class RetiredName {
  id!: string;

  /** SHA-256 of the username, base64url. */
  @prop({ type: String, required: true })
  _id!: string;
}
