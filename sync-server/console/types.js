// Types of the API, made of its description (openapi.json, which the build has the program anketa-openapi write). The
// description names everything once; here every component becomes an interface, and every operation a line of the tables
// that `session` looks its paths up in.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const description = JSON.parse(readFileSync(file('openapi.json'), 'utf8'));
const nameOf = (reference) => reference.slice(reference.lastIndexOf('/') + 1);
const key = (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`);

function objectType({ properties = {}, required = [], additionalProperties }) {
  const members = Object.entries(properties).map(([name, schema]) => `${key(name)}${required.includes(name) ? '' : '?'}: ${type(schema)};`);
  if (additionalProperties === true) members.push('[name: string]: unknown;');
  if (typeof additionalProperties === 'object') {
    if (members.length === 0) return `Record<string, ${type(additionalProperties)}>`;
    // The named ones are optional, and so is what an index signature promises of them.
    members.push(`[name: string]: ${type(additionalProperties)} | undefined;`);
  }
  return members.length > 0 ? `{ ${members.join(' ')} }` : 'Record<string, never>';
}

function type(schema) {
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.anyOf) return schema.anyOf.map(type).join(' | ');
  if (schema.enum) return schema.enum.map((value) => `'${value}'`).join(' | ');
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `(${type(schema.items)})[]`;
    case 'object':
      return objectType(schema);
    default:
      return 'unknown';
  }
}

const jsonOf = (content) => content?.['application/json']?.schema;
const answerOf = ({ responses }) => jsonOf(Object.entries(responses).find(([status]) => status !== 'default')?.[1].content);

/** { '/v1/clients': ...; } of the operations with this method, as far as `about` has something to say of them. */
function table(name, method, about) {
  const lines = Object.entries(description.paths)
    .map(([path, operations]) => [path, operations[method] && about(operations[method])])
    .filter(([, told]) => told)
    .map(([path, told]) => `  '${path}': ${told};`);
  return `export interface ${name} {\n${lines.join('\n')}\n}\n`;
}

const interfaces = Object.entries(description.components.schemas).map(([name, schema]) => `export interface ${name} ${type(schema)}\n`);
const text = [
  '// Made by types.js from the description of the API; changes here are lost.\n',
  ...interfaces,
  table('Answers', 'get', (operation) => answerOf(operation) && type(answerOf(operation))),
  table('Bodies', 'post', (operation) => (jsonOf(operation.requestBody?.content) ? type(jsonOf(operation.requestBody.content)) : 'Record<string, never>')),
  table('Outcomes', 'post', (operation) => (answerOf(operation) ? type(answerOf(operation)) : 'null')),
].join('\n');
writeFileSync(file('src/lib/api.d.ts'), text);
