import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { maxPageSize, type PageRequest } from '../database/page.js';

@ObjectType({ simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor?: string | null;

  @Field(() => String, { nullable: true })
  endCursor?: string | null;
}

/** One page of a list in Relay's shape; a cursor is opaque. */
export interface Page<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: PageInfo;
}

/** Declares an argument that is a whole number within bounds, or absent. */
export function OptionalInt(
  { min, max = Number.MAX_SAFE_INTEGER }: { readonly min: number; readonly max?: number },
  options: { readonly description?: string } = {},
): PropertyDecorator {
  const decorators = [Field(() => Int, { nullable: true, ...options }), IsOptional(), IsInt(), Min(min), Max(max)];
  return (target, key) => decorators.forEach((decorate) => decorate(target, key));
}

/** How many rows a page may have. */
export const pageSizes = { min: 0, max: maxPageSize } as const;

/** The first rows, or those after a cursor. */
@ArgsType()
export class ForwardPageArgs implements PageRequest {
  @OptionalInt(pageSizes)
  first?: number | null;

  @Field(() => String, { nullable: true })
  after?: string | null;
}

type Class<T> = new () => T;

/** Declares `XEdge` and `XConnection` for a node class. */
export function connectionOf<T extends object>(name: string, Node: Class<T>): Class<Page<T>> {
  @ObjectType(`${name}Edge`, { simpleResolvers: true })
  class Edge {
    @Field(() => String)
    cursor!: string;

    @Field(() => Node)
    node!: T;
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true })
  class Connection implements Page<T> {
    @Field(() => [Edge])
    edges!: Edge[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;
  }
  return Connection;
}
