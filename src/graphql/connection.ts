import 'reflect-metadata';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { ArgsType, Field, Int, ObjectType } from 'type-graphql';

/** Rows of a page when the caller names no number. */
export const defaultPageSize = 50;
/** Asking for more is an error, never a silent cut. */
export const maxPageSize = 200;

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

/** The first rows, or those after a cursor. */
@ArgsType()
export class ForwardPageArgs {
  @Field(() => Int, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(maxPageSize)
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
