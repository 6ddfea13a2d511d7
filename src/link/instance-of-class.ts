import { declarationAt } from './linked-file.ts';
import { globalInstance, UNKNOWN, unionOf, type Value } from './value.ts';

/** The instance `new` gives of a class value. */
export function instanceOfClass(value: Value, typeArguments: readonly Value[] = []): Value {
  switch (value.kind) {
    case 'declaration': {
      const { kind } = declarationAt(value.file, value.index);
      return kind === 'class' || kind === 'interface'
        ? { kind: 'instance', file: value.file, index: value.index, arguments: typeArguments }
        : UNKNOWN;
    }
    case 'external':
      return { ...value, kind: 'external-instance' };
    case 'external-instance':
      return { ...value, path: [...value.path, '()'] };
    case 'global':
      return globalInstance(value.name, ...typeArguments);
    case 'union':
      return unionOf(value.options.map((option) => instanceOfClass(option, typeArguments)));
    default:
      return UNKNOWN;
  }
}
