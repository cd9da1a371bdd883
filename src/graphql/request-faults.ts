/** What is said of a request without anything to run, on every transport. */
export const emptyDocument = 'There is no operation in the request. Send a GraphQL document as "query".';

const asJson = 'Send a JSON object with the document as "query" and the header "content-type: application/json"';

/** How Apollo Server begins what it says of a request that is none, and what callers are told. `$1` is a name of the protocol. */
const sentences: readonly (readonly [apollo: RegExp, told: string])[] = [
  [/^GraphQL operations must contain a non-empty/, emptyDocument],
  [/^POST body missing/, `The request has no body that can be read. ${asJson}.`],
  [
    /^Operation batching disabled/,
    'A request holds one operation, and this is a list. Send each in a request of its own.',
  ],
  [/^GraphQL queries must be strings/, 'The "query" must be a text. Send the document as it is written in GraphQL.'],
  [
    /^`(variables|extensions)` in a POST body/,
    'The "$1" must be an object. Send it as JSON within the body, not as a text.',
  ],
  [
    /^`operationName` in a POST body/,
    'The "operationName" must be a text. Send the name of one operation, or leave it out.',
  ],
  [
    /^The '?(\w+)'? search parameter may only/,
    'The parameter "$1" stands more than once in the address. Send it once.',
  ],
  [
    /^The (\w+) search parameter/,
    'The parameter "$1" of the address must be a JSON object. Encode it as JSON and for an address.',
  ],
  [
    /^GET requests may not have a content-type/,
    'A GET request has no body, so its type can only be JSON. Leave out the header "content-type".',
  ],
  [/^GET requests only support query/, 'GET runs queries only. Send mutations with POST.'],
  [/^Apollo Server supports only GET\/POST/, 'GraphQL takes GET and POST only. Send the operation with POST.'],
  [
    /^An 'accept' header was provided/,
    'The answer would be of no type that the header "accept" allows. Allow application/json.',
  ],
  [
    /^This operation has been blocked as a potential/,
    `A page of another site could have sent this request. ${asJson}, or any value of "apollo-require-preflight".`,
  ],
];

/** What callers are told of a request that Apollo Server refuses: cause and remedy, nothing of the request. */
export function requestFault(apollo: string): string {
  for (const [pattern, told] of sentences) {
    const match = pattern.exec(apollo);
    if (match) return told.replace('$1', match[1] ?? '');
  }
  return `This is no request of GraphQL. ${asJson}.`;
}
