import type { Node } from 'oxc-parser';
import type { BootType } from '../model/boot-trace.ts';
import type { ModuleId } from '../model/ids.ts';
import type { ProgramQueries, Referent } from '../model/program.ts';

/** Types that only say when a value comes. */
const LATER: ReadonlySet<string> = new Set(['Promise', 'Observable', 'PromiseLike']);
const LISTS: ReadonlySet<string> = new Set(['Array', 'ReadonlyArray', 'Set']);

/** What a type written in a module names, promises taken off. */
export function declaredType(program: ProgramQueries, module: ModuleId, written: Node | null | undefined): BootType | undefined {
  switch (written?.type) {
    case 'TSArrayType':
      return asList(declaredType(program, module, written.elementType));
    case 'TSTypeOperator':
    case 'TSParenthesizedType':
      return declaredType(program, module, written.typeAnnotation);
    case 'TSUnionType': {
      const [only, other] = written.types.filter(({ type }) => type !== 'TSNullKeyword' && type !== 'TSUndefinedKeyword');
      return other === undefined ? declaredType(program, module, only) : undefined;
    }
    case 'TSTypeReference':
      return referenced(program, module, written);
    default:
      return undefined;
  }
}

function referenced(program: ProgramQueries, module: ModuleId, written: Extract<Node, { type: 'TSTypeReference' }>): BootType | undefined {
  const { typeName, typeArguments } = written;
  const inner = typeArguments?.params[0];
  if (typeName.type === 'Identifier') {
    if (LATER.has(typeName.name)) return declaredType(program, module, inner);
    if (LISTS.has(typeName.name)) return asList(declaredType(program, module, inner));
    return toType(program.resolveName(module, 0, typeName.name));
  }
  if (typeName.type !== 'TSQualifiedName' || typeName.left.type !== 'Identifier') return undefined;
  const left = program.resolveName(module, 0, typeName.left.name);
  if (left.kind === 'module') return toType(program.resolveExport(left.module, typeName.right.name));
  return left.kind === 'external' ? { kind: 'external', package: left.package, path: [...left.path, typeName.right.name] } : undefined;
}

function toType(referent: Referent): BootType | undefined {
  if (referent.kind === 'symbol') return { kind: 'symbol', symbol: referent.symbol };
  return referent.kind === 'external' ? { kind: 'external', package: referent.package, path: referent.path } : undefined;
}

const asList = (type: BootType | undefined): BootType | undefined => (type === undefined ? undefined : { ...type, isList: true });
