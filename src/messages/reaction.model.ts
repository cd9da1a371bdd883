import { Field, Int, ObjectType } from 'type-graphql';

/** Everybody who gave a message the same emoji. */
@ObjectType({ simpleResolvers: true })
export class Reaction {
  @Field(() => String)
  emoji!: string;

  @Field(() => Int)
  count!: number;

  /** In the order in which they reacted. */
  userIds!: readonly string[];
}
