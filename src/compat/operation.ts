import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { DocumentNode } from 'graphql';

/** A value that a row gives by itself; the caller has no say in it. */
export class Fixed {
  constructor(readonly value: string | number | boolean) {}
}

export const fixed = (value: string | number | boolean): Fixed => new Fixed(value);

/** Further names under which a property is taken; its own comes first. */
export type InputNames = readonly string[];

/** Where every variable of a document comes from, by the name of the variable or of the input's property. */
export type InputSpec = Readonly<Record<string, InputNames | Fixed>>;

/** The properties of one call, as they came. */
export type Given = Readonly<Record<string, unknown>>;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** How one route of a row answers in a shape of old; without it the answer is `{code, msg, data}`. */
export interface OldBody {
  /** The content type; JSON when absent. */
  readonly type?: 'html';
  /** @param data what the row replies; of a list, its nodes */
  readonly of: (data: never) => unknown;
  /** Whether it turns the order of a list round, so that its next page is that of earlier items. */
  readonly isNewestFirst?: true;
}

export interface Route {
  readonly method: Method;
  /** Under `/api/v1`; its parameters have the names of properties. */
  readonly path: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  /** What is done at this route, where it is another thing than at the row's others. */
  readonly title?: string;
  readonly old?: OldBody;
}

/** What a socket of old is sent in place of an acknowledgement. */
export interface OldEvent {
  readonly name: string;
  /** The arguments of the event. */
  readonly of: (data: never) => readonly unknown[];
}

/** An object that is taken, as JSON Schemas by the names of its properties. */
export interface Taken {
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
}

/** A property of an event alone, `true` where it is absent, by which one of the event's rows is meant. */
export interface Choice {
  readonly name: string;
  /** The value that means this row. */
  readonly is: boolean;
  readonly description: string;
}

/** One row of the table: an operation document and how each protocol asks for it and is answered. */
export interface Operation {
  /** The Socket.IO event. */
  readonly event: string;
  /** What it does, as a heading. */
  readonly title: string;
  /** The same as a sentence; where several rows share an event or a route, it begins with what means this one. */
  readonly says: string;
  /** Further names of the event. */
  readonly aliases: readonly string[];
  readonly document: DocumentNode;
  readonly input: InputSpec;
  /** What is answered, taken out of the document's data. @param given the properties of the call */
  readonly reply: (data: never, given: Given) => unknown;
  readonly routes: readonly Route[];
  /** Of a success. */
  readonly status: 200 | 201;
  /** Whether a caller without identity may ask for it. */
  readonly isPublic: boolean;
  /** The property for which a bare value stands. */
  readonly bare: string | undefined;
  /** Properties of which exactly one is given. */
  readonly either: readonly string[];
  /** Whether the row is meant, where several share an event or a route; the last of them takes the rest. */
  readonly when: ((given: Given) => boolean) | undefined;
  /** Which of two rows of an event is meant; routes say it by themselves. */
  readonly choice: Choice | undefined;
  /** Makes properties of today of a body of old. */
  readonly adapt: ((given: Given, caller: { readonly userId: string }) => Given) | undefined;
  /** Properties of old programs that have no meaning. */
  readonly ignored: readonly string[];
  /** Where `adapt` takes other properties: what they are. */
  readonly takes: Taken | undefined;
  /** How a success is told without an acknowledgement; otherwise by an event of the same name. */
  readonly oldEvent: OldEvent | 'silent' | undefined;
}

/** The names of all variables; of those that hold an input object, the names of its properties. */
type FlatKeys<Variables> = {
  [Name in keyof Variables]-?: [Extract<Variables[Name], readonly unknown[]>] extends [never]
    ? NonNullable<Variables[Name]> extends object
      ? keyof NonNullable<Variables[Name]>
      : Name
    : Name;
}[keyof Variables] &
  string;

type NodesOf<Reply> = NonNullable<Reply> extends { edges: readonly { node: infer Node }[] } ? Node[] : Flat<Reply>;

/** The lists among its properties as their items. */
type Flat<Reply> = Reply extends object
  ? {
      [Name in keyof Reply]: Reply[Name] extends { edges: readonly { node: infer Node }[] } ? Node[] : Reply[Name];
    }
  : Reply;

/** A row as it is written: typed by its document, so that a forgotten variable or a wrong field does not compile. */
interface Written<Data, Variables, Reply> {
  readonly event: string;
  readonly title: string;
  readonly says: string;
  readonly aliases?: readonly string[];
  readonly document: TypedDocumentNode<Data, Variables>;
  readonly input: Readonly<Record<FlatKeys<Variables>, InputNames | Fixed>>;
  readonly reply: (data: Data, given: Given) => Reply;
  readonly routes: readonly WrittenRoute<Reply>[];
  readonly status?: 201;
  readonly isPublic?: true;
  readonly bare?: FlatKeys<Variables>;
  readonly either?: readonly FlatKeys<Variables>[];
  readonly when?: (given: Given) => boolean;
  readonly choice?: Choice;
  readonly adapt?: (given: Given, caller: { readonly userId: string }) => Given;
  readonly ignored?: readonly string[];
  readonly takes?: Taken;
  readonly oldEvent?: { readonly name: string; readonly of: (data: NodesOf<Reply>) => readonly unknown[] } | 'silent';
}

type RouteText = `${Method} /${string}`;

interface RouteObject<Reply> {
  readonly at: RouteText;
  readonly with?: Route['with'];
  readonly title?: Route['title'];
  readonly old?: Omit<OldBody, 'of'> & { readonly of: (data: NodesOf<Reply>) => unknown };
}

type WrittenRoute<Reply> = RouteText | RouteObject<Reply>;

/** Declares a row. */
export function operation<Data, Variables, Reply>(written: Written<Data, Variables, Reply>): Operation {
  const {
    event,
    title,
    says,
    document,
    input,
    reply,
    aliases = [],
    ignored = [],
    either = [],
    status = 200,
    isPublic = false,
  } = written;
  const { bare, when, choice, adapt, oldEvent, takes } = written;
  const routes = written.routes.map((route) => routeOf(route));
  return {
    ...{ event, title, says, aliases, document, input, reply, routes, status, isPublic },
    ...{ bare, either, when, choice, adapt, ignored, takes, oldEvent },
  };
}

function routeOf<Reply>(written: WrittenRoute<Reply>): Route {
  const { at, ...rest }: RouteObject<Reply> = typeof written === 'string' ? { at: written } : written;
  const space = at.indexOf(' ');
  return { method: at.slice(0, space) as Method, path: at.slice(space + 1), ...rest };
}
