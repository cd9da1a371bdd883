import { faultsOf, isFaultless, type LoggedLine } from '../../src/demo/verdict.js';

const line = (cue: string, seq: number): LoggedLine => ({ cue, seq, speaker: 'ana', text: `line ${cue}` });
const a = line('a', 2);
const b = line('b', 3);
const c = line('c', 4);
const said = [a, b, c];
const none = { missing: 0, doubled: 0, disordered: 0, altered: 0 };

describe('the check of a performance', () => {
  it('passes when every line came once, in order and as it was said', () => {
    expect(isFaultless(faultsOf(said, [a, b, c]))).toBe(true);
  });

  it.each<[string, LoggedLine[], object]>([
    ['a line is missing', [a, c], { missing: 1 }],
    ['nothing came', [], { missing: 3 }],
    ['a line came twice in a row', [a, a, b, c], { doubled: 1 }],
    ['a line came again at the end', [a, b, c, a], { doubled: 1 }],
    ['two lines changed places', [b, a, c], { disordered: 1 }],
    ['the first line came last', [b, c, a], { disordered: 1 }],
    ['one is missing and another is doubled', [a, b, b], { missing: 1, doubled: 1 }],
    ['a text was cut', [a, { ...b, text: 'line' }, c], { altered: 1 }],
    ['somebody else is named as the speaker', [a, { ...b, speaker: 'eva' }, c], { altered: 1 }],
    ['a seq differs from the one that was acknowledged', [a, { ...b, seq: 9 }, c], { altered: 1 }],
    ['a line came that nobody said', [a, b, line('x', 9), c], { altered: 1 }],
  ])('fails when %s', (_what, heard, faults) => {
    const found = faultsOf(said, heard);
    expect(found).toEqual({ ...none, ...faults });
    expect(isFaultless(found)).toBe(false);
  });
});
