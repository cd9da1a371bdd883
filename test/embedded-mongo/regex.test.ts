import { BSONRegExp } from 'mongodb';
import type { TestDatabase } from './support/database.js';
import { refusal, startTestDatabase } from './support/database.js';

let database: TestDatabase;
beforeAll(async () => (database = await startTestDatabase()));
afterAll(async () => database.stop());

async function matches(pattern: string, options: string, text: string): Promise<boolean> {
  const texts = database.fresh();
  await texts.insertOne({ text });
  return (await texts.findOne({ text: new BSONRegExp(pattern, options) })) !== null;
}

test.each<[pattern: string, options: string, matching: string[], other: string[]]>([
  ['\\\\Abc', '', ['\\Abc'], ['Abc', 'bc']],
  ['\\Abc\\z', 'm', ['bc'], ['x\nbc', 'bc\nx', 'bc\n']],
  ['bc\\Z', 'm', ['bc', 'bc\n'], ['bc\nx']],
  ['^b$', 'm', ['a\nb\nc', 'b'], ['a\rb\rc']],
  ['^b$', '', ['b', 'b\n'], ['a\nb', 'b\n\n']],
  ['^$', 'm', ['', '\n', 'a\n\nb'], ['a', 'a\n']],
  ['a.c', '', ['abc', 'a\rc', 'a\u2028c'], ['a\nc']],
  ['a.c', 's', ['a\nc'], ['ac']],
  ['[[:alpha:]]+[[:digit:]_-]$', '', ['ab1', 'ab-', 'a_'], ['1', 'é1', 'a:']],
  ['^[^[:space:][:^ascii:]]+$', '', ['ab'], ['a b', 'é']],
  ['^\\Qa.b(\\E+$', '', ['a.b(', 'a.b(('], ['axb(']],
  ['^[\\Q^]\\E-]+$', '', ['^]-'], ['a']],
  ['^[]a]+$', '', [']a'], ['b']],
  ['^[\\w-]+$', '', ['a-b_9'], ['é', 'a b']],
  ['^\\w\\-\\ \\@$', '', ['a- @'], ['a-@']],
  ['a b # what is meant\n [ #]', 'x', ['ab ', 'ab#'], ['a b']],
  ['(a)(?P<n>b)\\1(?P=n)\\g{-1}', '', ['ababb'], ['abab']],
  ["(?'n'a)\\k{n}", '', ['aa'], ['ab']],
  ['\\x{e9}\\xe8\\t\\p{Lu}\\p{Greek}\\pL', '', ['éè\tAαb'], ['éè\tAab']],
  ['a\\h\\N\\R', '', ['a\u00a0b\r\n'], ['a\nb\n']],
  ['a{,3}', '', ['a{,3}'], ['aaa']],
  ['a{2,3}}', '', ['aa}'], ['aa']],
  ['(?i)É(?#not seen)x', '', ['éX'], ['e']],
  ['a(?=b)(?!bc)(?:b)(?<=b)', '', ['ab'], ['abc']],
])('%s with the options "%s" means what it means in Perl', async (...[pattern, options, matching, other]) => {
  for (const text of matching) expect([text, await matches(pattern, options, text)]).toEqual([text, true]);
  for (const text of other) expect([text, await matches(pattern, options, text)]).toEqual([text, false]);
});

test.each([
  ['(?>a)', 'atomic groups'],
  ['a++', 'possessive quantifiers'],
  ['(?1)', 'calls'],
  ['(?(1)a|b)', 'conditions'],
  ['(*ACCEPT)', 'verbs'],
  ['a(?i)b', 'options in the middle'],
  ['(?|a)', 'branch resets'],
  ['a\\Kb', 'a moved start'],
  ['\\y', 'an unknown escape'],
  ['[a', 'a class without an end'],
  ['a)', 'a group without a start'],
  ['[[:letter:]]', 'an unknown class'],
])('%s is refused: %s', async (pattern) => {
  expect(await refusal(database.fresh().findOne({ text: { $regex: pattern } }))).toMatchObject({ code: 51091 });
});
