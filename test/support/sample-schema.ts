import { IsString, Length } from 'class-validator';
import { GraphQLDateTime } from 'graphql-scalars';
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Extensions,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { ChatError, notFound } from '../../src/errors.js';
import { connectionOf, ForwardPageArgs, PageInfo, type Page } from '../../src/graphql/connection.js';
import type { Context } from '../../src/graphql/context.js';
import { live } from '../../src/graphql/live.js';
import { ViewerDependent } from '../../src/graphql/viewer-dependent.js';
import type { HandStreams } from './hand-streams.js';

/** A small schema with one of everything that the transports must carry. */
@ObjectType({ simpleResolvers: true })
export class Note {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  text!: string;

  @Field(() => GraphQLDateTime)
  at!: Date;
}

const NoteConnection = connectionOf('Note', Note);

@InputType()
class NoteInput {
  @Field(() => String)
  @IsString()
  @Length(1, 10, { message: 'must have 1 to 10 characters' })
  text!: string;
}

@ArgsType()
class NoteArgs {
  @Field(() => ID)
  id!: string;
}

/** What tests drive by hand. */
export interface SampleHands {
  readonly streams: HandStreams;
  /** What the field `slow` answers. */
  readonly slow: () => Promise<string>;
  /** Told of every execution of the field `late`. */
  readonly executed: (id: string) => void;
}

export function note(id: string, text = `note ${id}`): Note {
  return Object.assign(new Note(), { id, text, at: new Date('2024-05-06T07:08:09.010Z') });
}

@Resolver(() => Note)
export class NoteResolver {
  constructor(private readonly hands: SampleHands) {}

  @Extensions({ public: true })
  @Query(() => String)
  hello(): string {
    return 'hello';
  }

  @Query(() => String)
  whoami(@Ctx() context: Context): string {
    return context.viewer.userId;
  }

  @Query(() => String)
  slow(): Promise<string> {
    return this.hands.slow();
  }

  @Query(() => Note)
  note(@Args(() => NoteArgs) { id }: NoteArgs): Note {
    if (id === 'none') throw notFound('note');
    return note(id);
  }

  @Query(() => NoteConnection)
  notes(@Args(() => ForwardPageArgs) { first }: ForwardPageArgs): Page<Note> {
    const edges = Array.from({ length: first ?? 50 }, (_, at) => ({ cursor: String(at), node: note(String(at)) }));
    return { edges, pageInfo: Object.assign(new PageInfo(), { hasNextPage: false, hasPreviousPage: false }) };
  }

  @Query(() => String)
  fail(@Arg('how', () => String) how: string): string {
    if (how === 'chat') throw new ChatError('CONFLICT', 'It is taken.');
    if (how === 'database') throw Object.assign(new Error('connect ECONNREFUSED'), { name: 'MongoNetworkError' });
    throw new Error('secret detail of the program');
  }

  @Extensions({ rate: 'send' })
  @Mutation(() => Note)
  noteAdd(@Arg('input', () => NoteInput) { text }: NoteInput): Note {
    const added = note(text);
    this.hands.streams.publish(added);
    return added;
  }

  @Extensions({ public: true })
  @Mutation(() => String)
  enter(@Arg('token', () => String) token: string, @Ctx() context: Context): string {
    context.caller.setSessionToken?.(token === '' ? undefined : token);
    return token;
  }

  @Subscription(() => Note, {
    subscribe: live((context, { topic }: { topic: string }) => {
      if (topic === 'forbidden') throw new ChatError('FORBIDDEN', 'You may not listen here.');
      return (context.streams as unknown as HandStreams).open();
    }),
  })
  noted(
    @Arg('topic', () => String) _topic: string,
    @Arg('after', () => Int, { nullable: true }) _after: number,
    @Root() root: Note,
  ): Note {
    return root;
  }

  @ViewerDependent()
  @FieldResolver(() => String)
  mine(@Root() { id }: Note, @Ctx() context: Context): string {
    return `${id} for ${context.viewer.userId}`;
  }

  /** Reads the viewer without being marked. */
  @FieldResolver(() => String)
  leaky(@Ctx() context: Context): string {
    return context.viewer.userId;
  }

  /** Takes as many turns of the event loop as the note's id says; fails for the id `bad`. */
  @FieldResolver(() => String)
  async late(@Root() { id, text }: Note): Promise<string> {
    this.hands.executed(id);
    if (id === 'bad') throw new Error('secret detail of the program');
    for (let turn = 0; turn < Number(id); turn += 1) await new Promise((resolve) => setImmediate(resolve));
    return text;
  }
}
