import { ownEntry } from '../../../src/lib/own-entry.ts';
import type { BootValue, LibraryObject } from '../../../src/model/boot-trace.ts';
import type { ChainLink } from '../../../src/model/fact.ts';
import { nameOf, type SymbolId } from '../../../src/model/ids.ts';
import type { SourceLocation } from '../../../src/model/location.ts';
import { PACKAGE_ROLES } from './package-roles.ts';

export interface Link extends ChainLink {
  /** The function of the program, and what it stands for when routes share it. */
  readonly delegate?: SymbolId;
  readonly isKnown: boolean;
  /** What was registered. */
  readonly value?: BootValue;
}

/** The link as facts tell it. */
export function toChainLink({ delegate: _delegate, isKnown: _isKnown, value: _value, ...link }: Link): ChainLink {
  return link;
}

interface LinkInput {
  readonly scope: ChainLink['scope'];
  readonly at: SourceLocation;
  readonly object: (id: string) => LibraryObject | undefined;
  /** Number of parameters by which a function says that it handles errors. */
  readonly errorParameters?: number;
}

/** The links that an argument of `use` or of a route stands for, nested lists in order; routers are left to the caller. */
export function toLinks(value: BootValue, input: LinkInput): readonly Link[] {
  const { scope, at } = input;
  switch (value.kind) {
    case 'array': {
      const links = value.elements.flatMap((element) => toLinks(element, input));
      return value.complete ? links : [...links, unknownLink('…', input)];
    }
    case 'union':
      return value.options.filter((option) => option.kind !== 'constant').flatMap((option) => toLinks(option, input));
    case 'constant':
      return [];
    case 'function':
      return [
        {
          role: value.parameters === input.errorParameters ? 'error-handler' : 'middleware',
          symbol: value.symbol,
          ...(value.closure === undefined ? {} : { closure: value.closure }),
          ...(value.wrappers === undefined ? {} : { wrappers: value.wrappers }),
          ...(value.delegate === undefined ? {} : { delegate: value.delegate }),
          name: nameOf(value.symbol),
          scope,
          at,
          isKnown: true,
          value,
        },
      ];
    case 'external':
      return [{ role: externalRole(value), package: value.package, name: externalName(value), scope, at, isKnown: true, value }];
    case 'library':
      return [libraryLink(input.object(value.object), input)];
    default:
      return [unknownLink(value.kind === 'unknown' ? (value.text ?? 'unknown') : value.kind, input)];
  }
}

const unknownLink = (name: string, { scope, at }: LinkInput): Link => ({ role: 'middleware', name, scope, at, isKnown: false });

function libraryLink(object: LibraryObject | undefined, { scope, at }: LinkInput): Link {
  const library = object?.kind.split('.')[0] ?? 'unknown';
  const role = ownEntry(PACKAGE_ROLES, library) ?? 'middleware';
  return { role, package: library, name: `${library}()`, scope, at, isKnown: object !== undefined };
}

type External = Extract<BootValue, { kind: 'external' }>;

/** `express.json()`, `cors()`, `passport.authenticate("local")`. */
function externalName(value: External): string {
  const names = [value.package, ...value.path.filter((part) => part !== 'default' && part !== '()')];
  const given =
    value.arguments?.map((argument) =>
      argument.kind === 'constant' && typeof argument.value === 'string' ? JSON.stringify(argument.value) : undefined,
    ) ?? [];
  const shown = given.every((text) => text !== undefined) ? given.join(', ') : '';
  return value.called ? `${names.join('.')}(${shown})` : names.join('.');
}

const EXPRESS_ROLES: Readonly<Record<string, ChainLink['role']>> = {
  json: 'body-parser',
  urlencoded: 'body-parser',
  raw: 'body-parser',
  text: 'body-parser',
  static: 'static',
};

/** A label by the package's name alone; nothing else is known of its code. */
function externalRole(value: External): ChainLink['role'] {
  const last = value.path.at(-1) ?? '';
  if (value.package === 'express') return ownEntry(EXPRESS_ROLES, last) ?? 'middleware';
  if (/error-?handler$/i.test(last) || (value.package === 'celebrate' && last === 'errors')) return 'error-handler';
  return ownEntry(PACKAGE_ROLES, value.package) ?? 'middleware';
}
