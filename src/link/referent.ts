import type { Expression } from '../model/file-syntax.ts';
import type { Referent } from '../model/program.ts';
import { enclosingClass } from './evaluate-expression.ts';
import { findMember } from './evaluate-member.ts';
import type { Binding, Evaluator } from './evaluator.ts';
import { declarationAt, type LinkedFile } from './linked-file.ts';
import { symbolOf } from './symbol-of.ts';
import type { Value } from './value.ts';

const UNKNOWN_REFERENT: Referent = { kind: 'unknown' };

/** What a binding names. */
export function referentOfBinding(e: Evaluator, binding: Binding): Referent {
  switch (binding.kind) {
    case 'declaration':
      return followAlias(e, binding.file, binding.index);
    case 'module':
      return { kind: 'module', module: binding.file.id };
    case 'external':
    case 'global':
    case 'unknown':
      return binding;
    case 'value':
      return referentOfExpression(e, binding.file, 0, binding.expression);
    case 'member':
      return referentOfMember(e, e.bindingValue(binding.of), binding.name);
  }
}

/** A constant that is another name for a module (`const db = require('./db')`) is followed; any other declaration is itself. */
function followAlias(e: Evaluator, file: LinkedFile, index: number): Referent {
  const declaration = declarationAt(file, index);
  if (declaration.kind === 'variable' && declaration.initializer !== undefined && comesFromRequire(file, declaration.initializer)) {
    const value = e.declaration(file, index);
    if (value.kind !== 'unknown') return referentOfValue(value);
  }
  return { kind: 'symbol', symbol: symbolOf(file, index) };
}

function comesFromRequire(file: LinkedFile, expression: Expression): boolean {
  switch (expression.kind) {
    case 'call':
      return file.importAt.has(expression.span.start) && file.syntax.calls[expression.call]?.callee.kind === 'name';
    case 'member':
      return comesFromRequire(file, expression.object);
    case 'await':
      return comesFromRequire(file, expression.value);
    default:
      return false;
  }
}

/** What an expression stands for: the declaration it names where it names one, else what it evaluates to. */
export function referentOfExpression(e: Evaluator, file: LinkedFile, owner: number, expression: Expression): Referent {
  switch (expression.kind) {
    case 'name': {
      const named = referentOfBinding(e, e.lookup(file, owner, expression.name, 'value', expression.span.start));
      return named.kind === 'symbol' ? throughAlias(e, file, owner, expression, named) : named;
    }
    case 'member':
      return referentOfMember(e, e.expression(file, owner, expression.object), expression.property);
    case 'this': {
      const around = enclosingClass(file, owner);
      return around === undefined ? UNKNOWN_REFERENT : { kind: 'symbol', symbol: symbolOf(file, around.index) };
    }
    default:
      return referentOfValue(e.expression(file, owner, expression));
  }
}

/** `const find = service.find` is another name of the function. */
function throughAlias(e: Evaluator, file: LinkedFile, owner: number, expression: Expression, named: Referent): Referent {
  const value = e.expression(file, owner, expression);
  if (value.kind === 'declaration' || value.kind === 'external') return referentOfValue(value);
  return named;
}

function referentOfMember(e: Evaluator, object: Value, name: string): Referent {
  const found = memberOfClass(e, object, name);
  if (found !== undefined && !('external' in found)) return memberSymbol(e.member(object, name), found.file, found.index);
  if (object.kind === 'module') return referentOfBinding(e, e.exported(object.file, name, 'value'));
  if (object.kind === 'object') {
    const index = object.file.members.get(object.owner)?.get(name)?.[0];
    if (index !== undefined) return memberSymbol(e.member(object, name), object.file, index);
  }
  return referentOfValue(e.member(object, name));
}

/** A member of an instance, or a static one of the class itself. */
function memberOfClass(e: Evaluator, object: Value, name: string): ReturnType<typeof findMember> {
  if (object.kind === 'instance') return findMember(e, object, name, 'instance');
  if (object.kind !== 'declaration' || declarationAt(object.file, object.index).kind !== 'class') return undefined;
  return findMember(e, { kind: 'instance', file: object.file, index: object.index, arguments: [] }, name, 'static');
}

/** A field that holds something of a package stands for that; any other member for itself. */
function memberSymbol(value: Value, file: LinkedFile, index: number): Referent {
  if (value.kind === 'declaration' || value.kind === 'external' || value.kind === 'external-instance') return referentOfValue(value);
  return { kind: 'symbol', symbol: symbolOf(file, index) };
}

/** A value as the rest of the program sees it. */
export function referentOfValue(value: Value): Referent {
  switch (value.kind) {
    case 'declaration':
    case 'instance':
      return { kind: 'symbol', symbol: symbolOf(value.file, value.index) };
    case 'module':
      return { kind: 'module', module: value.file.id };
    case 'external':
    case 'external-instance':
      return { kind: value.kind, package: value.package, path: value.path };
    case 'global':
    case 'global-instance':
      return { kind: 'global', name: value.name };
    case 'global-method':
      return { kind: 'global', name: `${value.receiver.name}.${value.name}` };
    case 'binder':
      return referentOfValue(value.of);
    case 'union':
      return value.options.map(referentOfValue).find(({ kind }) => kind !== 'unknown' && kind !== 'global') ?? UNKNOWN_REFERENT;
    case 'object':
    case 'structure':
    case 'unknown':
      return UNKNOWN_REFERENT;
  }
}
