import { catchClause, ifStatement, returnStatement, switchStatement, tryStatement } from './branching.ts'
import { classNode, methodDefinition, propertyDefinition, staticBlock } from './classes.ts'
import {
  assignmentExpression,
  assignmentPattern,
  callExpression,
  conditionalExpression,
  jsxAttribute,
  logicalExpression,
  objectExpression,
  objectProperty,
  parenthesizedExpression,
  taggedTemplate,
  variableDeclarator,
} from './expressions.ts'
import { arrowFunction, functionNode } from './functions.ts'
import {
  continueStatement,
  doWhileStatement,
  forEachStatement,
  forStatement,
  labeledStatement,
  whileStatement,
} from './loops.ts'
import { exportDefault, moduleBlock, moduleDeclaration } from './modules.ts'
import { walkBlock, walkBody } from './statements.ts'
import { awaitExpression, yieldExpression } from './suspension.ts'
import type { Step, Walk } from './walk.ts'

/** Types and what only types can be in: nothing of it runs, or running it cannot be counted. */
const leaveOut: Step = () => {}

/** Names and values hold nothing that counts; only parameters have decorators. */
const identifier: Step = (node, walk) => {
  if (node.decorators?.length > 0) walk.children(node)
}

/*
 * Nothing counts in these themselves. They are most of the nodes of any program, and going to their children by name is
 * a good deal faster than looking up what children a type has.
 */
const plain: Readonly<Record<string, Step>> = {
  ExpressionStatement: (node, walk) => walk.visit(node.expression),
  VariableDeclaration: (node, walk) => walk.visitAll(node.declarations),
  MemberExpression: (node, walk) => {
    walk.visit(node.object)
    if (node.computed) walk.visit(node.property)
  },
  BinaryExpression: (node, walk) => {
    if (node.left.type !== 'BinaryExpression') {
      walk.visitOperand(node.left, node.operator)
      walk.visitOperand(node.right, node.operator)
      return
    }
    // Sums of thousands of terms are there, each the left side of the next: no level of the stack for each.
    const right = [node]
    let first = node.left
    for (; first.type === 'BinaryExpression'; first = first.left) {
      walk.applyHints(first)
      right.push(first)
    }
    walk.visitOperand(first, right.at(-1).operator)
    for (let at = right.length - 1; at >= 0; at--) walk.visitOperand(right[at].right, right[at].operator)
  },
  UnaryExpression: (node, walk) => walk.visit(node.argument),
  UpdateExpression: (node, walk) => walk.visit(node.argument),
  SpreadElement: (node, walk) => walk.visit(node.argument),
  ThrowStatement: (node, walk) => walk.visit(node.argument),
  ChainExpression: (node, walk) => walk.visit(node.expression),
  TSNonNullExpression: (node, walk) => walk.visit(node.expression),
  ArrayExpression: (node, walk) => walk.visitAll(node.elements),
  SequenceExpression: (node, walk) => walk.visitAll(node.expressions),
  TemplateLiteral: (node, walk) => {
    for (const expression of node.expressions) walk.visitAsText(expression)
  },
}

/**
 * What counts, by syntax: node type → what is done there. Statements are counted by the list they stand in
 * (`statements.ts`); a type without a row has its children walked. `docs/reference/listing.md` says the same in
 * prose, with examples.
 */
export const steps: Readonly<Record<string, Step>> = {
  ...plain,
  BlockStatement: (node, walk: Walk) => walkBlock(walk, node),
  WithStatement: (node, walk: Walk) => {
    walk.visit(node.object)
    walkBody(walk, node.body)
  },
  LabeledStatement: labeledStatement,

  IfStatement: ifStatement,
  SwitchStatement: switchStatement,
  TryStatement: tryStatement,
  CatchClause: catchClause,
  ReturnStatement: returnStatement,

  ForStatement: forStatement,
  ForInStatement: forEachStatement,
  ForOfStatement: forEachStatement,
  WhileStatement: whileStatement,
  DoWhileStatement: doWhileStatement,
  ContinueStatement: continueStatement,

  FunctionDeclaration: functionNode,
  FunctionExpression: functionNode,
  ArrowFunctionExpression: arrowFunction,

  ClassDeclaration: classNode,
  ClassExpression: classNode,
  MethodDefinition: methodDefinition,
  PropertyDefinition: propertyDefinition,
  AccessorProperty: propertyDefinition,
  StaticBlock: staticBlock,

  ConditionalExpression: conditionalExpression,
  LogicalExpression: logicalExpression,
  AssignmentPattern: assignmentPattern,
  AwaitExpression: awaitExpression,
  YieldExpression: yieldExpression,

  VariableDeclarator: variableDeclarator,
  AssignmentExpression: assignmentExpression,
  ObjectExpression: objectExpression,
  Property: objectProperty,
  CallExpression: callExpression,
  NewExpression: callExpression,
  TaggedTemplateExpression: taggedTemplate,
  JSXAttribute: jsxAttribute,
  ParenthesizedExpression: parenthesizedExpression,

  ExportDefaultDeclaration: exportDefault,
  TSModuleDeclaration: moduleDeclaration,
  TSModuleBlock: moduleBlock,
  // Members must stay constant expressions.
  TSEnumDeclaration: leaveOut,
  ImportDeclaration: leaveOut,
  ExportAllDeclaration: leaveOut,
  TSImportEqualsDeclaration: leaveOut,
  TSAbstractMethodDefinition: leaveOut,
  TSAbstractPropertyDefinition: leaveOut,
  TSAbstractAccessorProperty: leaveOut,
  Identifier: identifier,
  Literal: leaveOut,
  TemplateElement: leaveOut,
  ThisExpression: leaveOut,
  JSXText: leaveOut,
  TSTypeAnnotation: leaveOut,
  TSTypeParameterDeclaration: leaveOut,
  TSTypeParameterInstantiation: leaveOut,
  TSTypeAliasDeclaration: leaveOut,
  TSInterfaceDeclaration: leaveOut,
  TSDeclareFunction: leaveOut,
  TSClassImplements: leaveOut,
  TSAsExpression: (node, walk: Walk) => walk.visit(node.expression),
  TSSatisfiesExpression: (node, walk: Walk) => walk.visit(node.expression),
  TSTypeAssertion: (node, walk: Walk) => walk.visit(node.expression),
  TSInstantiationExpression: (node, walk: Walk) => walk.visit(node.expression),
}
