import { ownEntry } from '../../../src/lib/own-entry.ts';
import type { CallSyntax } from '../../../src/model/file-syntax.ts';
import type { SymbolId } from '../../../src/model/ids.ts';
import type { ProgramQueries, Referent } from '../../../src/model/program.ts';
import type { SignatureCheck } from './signature-check.ts';
import { SIGNATURE_LIBRARIES } from './signature-libraries.ts';

const NAMES = /^(?:constructEvent|verify|validate|unmarshal|process|webhook|middleware)/;

/** Functions in whose own code the library of a provider checks a signature. */
export function* librarySignatures(program: ProgramQueries): Iterable<readonly [SymbolId, SignatureCheck]> {
  for (const module of program.program.modules) {
    if (module.role !== 'source') continue;
    for (const call of module.syntax.calls) {
      if (call.owner === 0 || !NAMES.test(lastName(call))) continue;
      const found = checkOf(program.resolveExpression(module.id, call.owner, call.callee));
      if (found !== undefined)
        yield [program.symbolAt(module.id, call.owner), { ...found, at: program.location(module.id, call.span.start) }];
    }
  }
}

const lastName = ({ callee }: CallSyntax): string =>
  callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';

function checkOf(callee: Referent): Omit<SignatureCheck, 'at'> | undefined {
  return callee.kind === 'external' || callee.kind === 'external-instance' ? signatureCheck(callee.package, callee.path) : undefined;
}

/** What the export of a package checks. */
export function signatureCheck(origin: string, path: readonly string[]): Omit<SignatureCheck, 'at'> | undefined {
  const library = ownEntry(SIGNATURE_LIBRARIES, origin);
  const way = path.filter((part) => part !== 'default' && part !== '()').join('.');
  return library?.checks.test(way) === true ? { by: `${origin}.${way}`, provider: library.provider } : undefined;
}
