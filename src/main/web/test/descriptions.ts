import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

export interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  allOf?: Schema[];
  items?: Schema;
}

export interface Operation {
  channel: { $ref: string };
  reply?: { messages: { $ref: string }[] };
}

export interface Content {
  content?: { 'application/json': { schema: Schema } };
}

export interface Document {
  channels: Record<string, { address: string | null; messages: Record<string, { $ref: string }> }>;
  operations: Record<string, Operation>;
  components: { schemas: Record<string, Schema>; messages: Record<string, { payload: Schema }> };
}

export const rest = parse(
  readFileSync(new URL('../../resources/openapi.yaml', import.meta.url), 'utf8'),
) as Pick<Document, 'components'> & {
  paths: Record<
    string,
    Record<string, { requestBody?: Content; responses: Record<string, Content> }>
  >;
};
export const document = parse(
  readFileSync(new URL('../../resources/asyncapi.yaml', import.meta.url), 'utf8'),
) as Document;
const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  formats: { uuid: true, 'date-time': true },
});
ajv.addSchema(document, 'parley');

export function at(reference: string): unknown {
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], document);
}

/** Follows references, also of messages of channels, until the thing itself. */
export function pointer(reference: string): string {
  const next = (at(reference) as { $ref?: string }).$ref;
  return next === undefined ? reference : pointer(next);
}

export function judge(reference: string): ValidateFunction {
  return ajv.compile({ $ref: `parley${pointer(reference)}` });
}

/** All fields that a schema has, its parts' included. */
export function fields(schema: Schema): Record<string, Schema> {
  const there = schema.$ref === undefined ? schema : (at(schema.$ref) as Schema);
  let all: Record<string, Schema> = { ...there.properties };
  for (const part of there.allOf ?? []) all = { ...all, ...fields(part) };
  return all;
}

export const channelOf = (address: string) =>
  Object.entries(document.channels).find(([, channel]) => channel.address === address) ?? [
    '',
    undefined,
  ];
